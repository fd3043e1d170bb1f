import { LIMITS } from "#channels/telegram/limits.ts";
import type { TelegramParts } from "#channels/telegram/parts.ts";
import { shorten } from "#text/split.ts";
import type { Command } from "#core/command-names.ts";
import type { Language } from "#text/language.ts";

/** Command names as each language lists them; the aliases stay unlisted. */
const NAMES: Readonly<Record<Language, Readonly<Partial<Record<Command, string>>>>> = {
  tr: {
    topics: "konular",
    events: "etkinlikler",
    announcements: "duyurular",
    "pass-on": "birlige_ilet",
    language: "dil",
    privacy: "gizlilik",
    "my-data": "verilerim",
    "delete-my-data": "verilerimi_sil",
    cancel: "vazgec",
    help: "yardim",
  },
  en: {
    topics: "topics",
    events: "events",
    announcements: "news",
    "pass-on": "pass_on",
    language: "language",
    privacy: "privacy",
    "my-data": "mydata",
    "delete-my-data": "delete_my_data",
    cancel: "cancel",
    help: "help",
  },
};
/** What a whole group may use; the rest is between the bot and one person. */
const IN_GROUPS: ReadonlySet<string> = new Set<Command>(["topics", "events", "help"]);
const SCOPES = ["default", "all_private_chats", "all_group_chats"] as const;

/** Tells Telegram what the bot is called to do, for every language and kind of chat. What fails is told and not insisted on. */
export async function register(parts: TelegramParts): Promise<void> {
  const { client, log, words, defaultLanguage } = parts;
  const told: { language: Language; language_code?: "tr" | "en" }[] = [
    // For phones in any other language.
    { language: defaultLanguage },
    { language: "tr", language_code: "tr" },
    { language: "en", language_code: "en" },
  ];
  const note = (method: string, called: { ok: boolean; code?: string }) => {
    if (!called.ok) log.callFailed(method, called.code ?? "");
  };
  for (const { language, ...code } of told) {
    for (const type of SCOPES) {
      const commands = commandsFor(parts, language, type === "all_group_chats");
      note("setMyCommands", await client.call("setMyCommands", { commands, scope: { type }, ...code }));
    }
    const description = shorten(words({ key: "profile.description" }, language), LIMITS.description);
    note("setMyDescription", await client.call("setMyDescription", { description, ...code }));
    const short_description = shorten(words({ key: "profile.short" }, language), LIMITS.shortDescription);
    note("setMyShortDescription", await client.call("setMyShortDescription", { short_description, ...code }));
  }
}

function commandsFor({ words }: TelegramParts, language: Language, inGroup: boolean): { command: string; description: string }[] {
  return Object.entries(NAMES[language])
    .filter(([command]) => !inGroup || IN_GROUPS.has(command))
    .map(([command, name]) => ({ command: name, description: words({ key: `command.${command as ListedCommand}` }, language) }));
}

type ListedCommand = Exclude<Command, "start">;

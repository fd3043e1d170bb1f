import { readFile } from "node:fs/promises";
import { createInstance } from "i18next";
import { z } from "zod";
import { BotError } from "#core/errors.ts";
import type { Text, TextValues } from "#core/message.ts";
import type { TextKey } from "#core/texts.ts";
import type { Language } from "#text/language.ts";
import { LANGUAGES } from "#text/language.ts";

/** Turns a text of the core into words of a language. */
export type Words = (text: Text, language: Language) => string;

/** The files of a locale: what the conversation says, what belongs to chat platforms, the talk with staff, and what staff see. */
const FILES = ["bot.json", "channels.json", "desk.json", "staff.json"] as const;

const localeSchema = z.record(z.string().regex(/^[a-z][A-Za-z-]*\.[A-Za-z-]+$/), z.string().min(1));

/**
 * Reads the locales and makes the function that words a text. `always` are values every text may use, such as the service's name.
 * @throws BotError `locale.invalid` that names the file, the key and what to do.
 */
export async function createWords(folder: URL, always: Readonly<Record<string, string>>): Promise<Words> {
  const locales = await Promise.all(LANGUAGES.map(async (language) => [language, await readLocale(folder, language)] as const));
  const problems = compareLocales(Object.fromEntries(locales));
  if (problems.length > 0)
    throw new BotError("locale.invalid", `The texts in locales/ do not agree:\n  ${problems.join("\n  ")}`);

  const i18n = createInstance();
  await i18n.init({
    lng: "tr",
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    resources: Object.fromEntries(locales.map(([language, translation]) => [language, { translation }])),
    // Every channel escapes for its own platform.
    interpolation: { escapeValue: false, defaultVariables: { ...always } },
  });
  const translators = { tr: i18n.getFixedT("tr"), en: i18n.getFixedT("en") };
  const translate = (key: TextKey, values: TextValues, language: Language): string => {
    const worded = Object.entries(values).map(([name, value]) => {
      return [name, typeof value === "object" ? translate(value.key, {}, language) : value] as const;
    });
    return translators[language](key, Object.fromEntries(worded));
  };
  return (text, language) => ("words" in text ? text.words : translate(text.key, text.values ?? {}, language));
}

/** What differs between locales: keys one of them lacks, and placeholders that are not the same. */
export function compareLocales(locales: Readonly<Record<string, Readonly<Record<string, string>>>>): string[] {
  const [[source, texts] = ["", {}], ...others] = Object.entries(locales);
  const problems: string[] = [];
  for (const [language, translated] of others) {
    const place = (key: string) => `locales/${language}: ${key}`;
    for (const key of Object.keys(texts)) {
      const translation = translated[key];
      if (translation === undefined) problems.push(`${place(key)} is missing: add it`);
      else if (placeholders(translation) !== placeholders(texts[key] ?? ""))
        problems.push(`${place(key)} must use the same {{placeholders}} as in locales/${source}`);
    }
    for (const key of Object.keys(translated))
      if (!(key in texts)) problems.push(`${place(key)} is in no other locale: remove it, or check its spelling`);
  }
  return problems;
}

function placeholders(text: string): string {
  return (text.match(/\{\{\w+\}\}/g) ?? []).toSorted().join();
}

async function readLocale(folder: URL, language: Language): Promise<Record<string, string>> {
  const files = await Promise.all(FILES.map((file) => readTexts(folder, `${language}/${file}`)));
  return Object.assign({}, ...files) as Record<string, string>;
}

async function readTexts(folder: URL, file: string): Promise<Record<string, string>> {
  const place = `locales/${file}`;
  const content = await readFile(new URL(file, folder), "utf8").catch((cause: unknown) => {
    throw new BotError("locale.invalid", `${place} cannot be read: restore it.`, { cause });
  });
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (cause) {
    throw new BotError("locale.invalid", `${place} is not valid JSON (often a comma or a quote): correct it.`, { cause });
  }
  const parsed = localeSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new BotError(
      "locale.invalid",
      `${place}: ${issue?.path.join(".") ?? ""}: every key holds one text that is not empty; keys look like "area.name".`,
    );
  }
  return parsed.data;
}

import { mrkdwn, plain, type Block, type Button } from "#channels/slack/blocks.ts";
import { LIMITS } from "#channels/slack/limits.ts";
import { COMMAND } from "#channels/slack/methods.ts";
import { withNames } from "#channels/slack/mrkdwn.ts";
import { toMessages, toSections } from "#channels/slack/paragraphs.ts";
import { parseCommand } from "#core/command-names.ts";
import type { Option, Reply, Text } from "#core/message.ts";
import { withList, withTitle, withTitles, type Paragraph } from "#core/paragraphs.ts";
import type { Words } from "#i18n/words.ts";
import type { Press, PressUnder } from "#presses/buttons.ts";
import type { Language } from "#text/language.ts";
import { presentable } from "#text/presentable.ts";
import { fit } from "#text/split.ts";

/** A message as it is handed to Slack, whoever it goes to. */
export type Rendered =
  | { readonly kind: "message"; readonly text: string; readonly blocks: readonly Block[] }
  | { readonly kind: "document"; readonly name: string; readonly content: string; readonly comment: string };

/** How a reply is shown: what its buttons carry, and to whom it is shown. */
export interface Manner {
  readonly sign: (press: Press | PressUnder) => string;
  /** What *Herkese göster* carries for an entry; absent where everyone sees the answer already. */
  readonly share?: ((entry: string) => string) | undefined;
  /** Who showed it to everyone: it then has no buttons, which would be theirs alone. */
  readonly sharedBy?: string | undefined;
}

export const SHARE_ACTION = "share";
export const CHOICE_ACTION = "choice";
export const UNDER_ACTION = "announcement";

type Choices = Extract<Reply, { kind: "choices" }>;

/** What a reply looks like in Slack: one message, or more where one does not hold it; buttons stand under the last. */
export function renderSlack(reply: Reply, words: Words, manner: Manner): Rendered[] {
  const { language } = reply;
  const show = (text: Text) => shown(text, words, language);
  switch (reply.kind) {
    case "say":
      return messages(reply.paragraphs.map(show), []);
    case "form":
      return messages([show(reply.question)], []);
    case "document":
      return [{ kind: "document", name: reply.name, content: reply.content, comment: show(reply.caption).words }];
    case "announcement": {
      const { announcement } = reply;
      const elements = reply.buttons.map((button): Button => {
        const text = plain(words({ key: `button.${button}` }, language));
        return { type: "button", action_id: `${UNDER_ACTION}-${button}`, text, value: manner.sign({ announcement, button }) };
      });
      return messages(withTitle(reply.paragraphs.map(show), reply), elements.length === 0 ? [] : [{ type: "actions", elements }]);
    }
    case "digest": {
      const { announcements } = reply;
      const titles = announcements.map(({ title }) => show({ words: title }).words);
      const opening = announcements.map(({ id }, at): Button => {
        const text = plain(fit(`${at + 1}. ${titles[at]}`, LIMITS.label));
        const value = manner.sign({ announcement: id, button: "open" });
        return { type: "button", action_id: `${UNDER_ACTION}-open-${at + 1}`, text, value };
      });
      const leaving = announcements.slice(0, 1).map(({ id }): Button => {
        const text = plain(words({ key: "button.leave" }, language));
        const value = manner.sign({ announcement: id, button: "leave-all" });
        return { type: "button", action_id: `${UNDER_ACTION}-leave-all`, text, value };
      });
      return messages(withTitles(reply.paragraphs.map(show), titles), [...inRows(opening), ...inRows(leaving)]);
    }
    case "withdraw":
      return [];
    case "edit":
    case "amend":
      return renderSlack(reply.reply, words, manner);
    case "choices": {
      const labels = reply.options.map(({ label }) => show(label).words);
      const titled = withTitle(reply.paragraphs.map(show), reply);
      if (manner.sharedBy !== undefined) {
        const note = mrkdwn(words({ key: "share.by", values: { person: `<@${manner.sharedBy}>` } }, language));
        return messages(titled, [{ type: "context", elements: [note] }]);
      }
      const buttons = reply.options.map((option, at) =>
        buttonFor(option, labels[at] ?? "", at, manner.sign({ turn: reply.turn, option: at + 1 })),
      );
      return messages(withList(titled, reply, labels), [...rows(reply, buttons), ...shareRow(reply, words, manner)]);
    }
  }
}

/** A text as this platform shows it. A command is typed after the one name that Slack knows: it takes every other for a slip. */
export function shown(text: Text, words: Words, language: Language): Paragraph {
  const said = presentable(words(withNames(text), language)).trim();
  const known = (written: string) => (parseCommand(written) === undefined ? written : `${COMMAND} ${written.slice(1)}`);
  const ours = "key" in text || text.namesCommands === true;
  const commands = ours ? said.replace(/(?<![\p{L}\p{N}/:.])\/[\p{L}_]+/gu, known) : said;
  return { words: commands, url: text.url, toCopy: text.toCopy, apart: "words" in text };
}

function messages(paragraphs: readonly Paragraph[], under: readonly Block[]): Rendered[] {
  const seen = paragraphs.filter(({ words }) => words !== "");
  const parts = toMessages(toSections(seen, LIMITS.section), LIMITS.message);
  const all = parts.map((part, at) => (at === parts.length - 1 ? [...part, ...under] : part));
  return all.map((blocks) => ({ kind: "message", text: fallback(blocks), blocks }));
}

/** For notifications and screen readers: the same words without their links. */
function fallback(blocks: readonly Block[]): string {
  const words = blocks.flatMap((block) => (block.type === "section" ? (block.text?.text ?? []) : [])).join("\n");
  const unlinked = fit(words.replace(/<[^|>]*\|([^>]*)>/g, "$1"), LIMITS.fallback);
  // An entity that the cut went through.
  return unlinked.replace(/&\w*…$/, "…") || "…";
}

function buttonFor(option: Option, label: string, at: number, value: string): Button {
  const text = plain(fit(option.listed ? `${at + 1}. ${label}` : label, LIMITS.label));
  return { type: "button", action_id: `${CHOICE_ACTION}-${at + 1}`, text, value };
}

/** Listed options in rows of their own, the others after them. */
function rows(reply: Choices, buttons: readonly Button[]): Block[] {
  const made: Block[] = [];
  for (const listed of [true, false]) {
    const alike = buttons.filter((_button, at) => reply.options[at]?.listed === listed);
    made.push(...inRows(alike));
  }
  return made;
}

function inRows(buttons: readonly Button[]): Block[] {
  const made: Block[] = [];
  for (let at = 0; at < buttons.length; at += LIMITS.row)
    made.push({ type: "actions", elements: buttons.slice(at, at + LIMITS.row) });
  return made;
}

/** An answer that one person sees alone may be shown to the others: which it is, its rating tells. */
function shareRow(reply: Choices, words: Words, { share }: Manner): Block[] {
  const rated = reply.options.find(({ action }) => action.act === "rate");
  if (share === undefined || rated?.action.act !== "rate") return [];
  const text = plain(words({ key: "share.button" }, reply.language));
  return [{ type: "actions", elements: [{ type: "button", action_id: SHARE_ACTION, text, value: share(rated.action.entry) }] }];
}

import { mrkdwn, plain, section, type Block, type Button, type Mrkdwn } from "#channels/slack/blocks.ts";
import { LIMITS } from "#channels/slack/limits.ts";
import { escapeMrkdwn, link, withoutMarkup } from "#channels/slack/mrkdwn.ts";
import { toSections } from "#channels/slack/paragraphs.ts";
import type { Shown } from "#channels/slack/post.ts";
import { shown } from "#channels/slack/render.ts";
import type { Text } from "#core/message.ts";
import type { Card, CardButton } from "#core/workspace.ts";
import type { Words } from "#i18n/words.ts";
import type { Language } from "#text/language.ts";
import { fit } from "#text/split.ts";

/** What a card's buttons are called by, before their own name. */
export const CARD_ACTION = "card";
/** Of all text of a card, which is one message and may have fields besides, and of a form. */
const LONGEST_CARD_TEXT = 9000;
/** Beside its title, its buttons and what else it may hold. */
const MOST_SECTIONS = 35;

/** What a card looks like in Slack. */
export function renderCard(card: Card, words: Words): Shown {
  const { language } = card;
  const wordsOf = (text: Text) => shown(text, words, language).words;
  const calls = (card.calls ?? []).map((person) => `<@${person}>`).join(" ");
  const fields = (card.fields ?? []).slice(0, LIMITS.fields).map(({ label, value }) => field(wordsOf(label), wordsOf(value)));
  const notes = (card.notes ?? []).slice(0, LIMITS.notes).map((note) => mrkdwn(cut(note, words, language)));
  const blocks: Block[] = [
    ...(card.title === undefined ? [] : [header(wordsOf(card.title))]),
    ...(calls === "" ? [] : [section(calls)]),
    ...body(card.paragraphs, words, language),
    ...(fields.length === 0 ? [] : [{ type: "section", fields } as const]),
    ...buttonRows(card.buttons ?? [], words, language),
    ...(notes.length === 0 ? [] : [{ type: "context", elements: notes } as const]),
  ];
  const [first] = card.title === undefined ? card.paragraphs : [card.title];
  const text = first === undefined ? "…" : escapeMrkdwn(fit(wordsOf(first), LIMITS.header));
  return { text: calls === "" ? text : `${calls} ${text}`, blocks };
}

/** Paragraphs as sections, as many as a card may hold, and at their end how much more there is. `longest`: of all their text. */
export function body(paragraphs: readonly Text[], words: Words, language: Language, longest = LONGEST_CARD_TEXT): Block[] {
  const all = toSections(
    paragraphs.map((text) => shown(text, words, language)).filter((paragraph) => paragraph.words !== ""),
    LIMITS.section,
  );
  let length = 0;
  const over = all.findIndex((block, at) => {
    length += textOf(block).length;
    return length > longest || at >= MOST_SECTIONS;
  });
  if (over === -1) return all;
  const count = all.slice(over).reduce((sum, block) => sum + seenIn(textOf(block)).length, 0);
  return [...all.slice(0, over), section(escapeMrkdwn(words({ key: "card.more", values: { count } }, language)))];
}

function textOf(block: Block): string {
  return block.type === "section" ? (block.text?.text ?? "") : "";
}

/** The words of escaped text, as they are counted by whoever wrote them. */
function seenIn(text: string): string {
  return text.replace(/<[^|>]*\|([^>]*)>/g, "$1").replace(/&(?:amp|lt|gt);/g, "&");
}

export function header(words: string): Block {
  return { type: "header", text: plain(fit(words, LIMITS.header) || "…") };
}

export function buttonRows(buttons: readonly CardButton[], words: Words, language: Language): Block[] {
  const made: Block[] = [];
  const all = buttons.map((button) => buttonFor(button, words, language));
  for (let at = 0; at < all.length; at += LIMITS.row) made.push({ type: "actions", elements: all.slice(at, at + LIMITS.row) });
  return made;
}

function buttonFor({ label, action, value, weight, confirm }: CardButton, words: Words, language: Language): Button {
  const plainly = (of: Text, most: number) => plain(fit(shown(of, words, language).words, most) || "…");
  const text = plainly(label, LIMITS.label);
  const asked = confirm && {
    title: plainly({ key: "card.sure" }, LIMITS.viewTitle),
    text: plainly(confirm.text, LIMITS.question),
    confirm: plainly(confirm.yes, LIMITS.questionLabel),
    deny: plainly({ key: "staff.cancel" }, LIMITS.questionLabel),
  };
  return {
    type: "button",
    action_id: `${CARD_ACTION}-${action}`,
    text,
    value,
    ...(weight === undefined ? {} : { style: weight }),
    ...(asked === undefined ? {} : { confirm: asked }),
  };
}

function field(label: string, value: string): Mrkdwn {
  const room = Math.floor((LIMITS.field - LIMITS.label * 5) / 5);
  return mrkdwn(`*${escapeMrkdwn(fit(withoutMarkup(label), LIMITS.label))}*\n${escapeMrkdwn(fit(withoutMarkup(value), room))}`);
}

function cut(text: Text, words: Words, language: Language): string {
  const { words: said, url } = shown(text, words, language);
  return link(url, fit(withoutMarkup(said), LIMITS.field / 5)) || "…";
}

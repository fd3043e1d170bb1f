import { CARD_ACTION } from "#channels/slack/card.ts";
import { escapeMrkdwn } from "#channels/slack/mrkdwn.ts";
import { idOf, type Parsed } from "#channels/slack/parse.ts";
import type { SlackParts } from "#channels/slack/parts.ts";
import { CHANNEL, everyone, reference } from "#channels/slack/place.ts";
import { tellAtOnce } from "#channels/slack/privately.ts";
import type { Save } from "#channels/slack/receive.ts";
import { CHOICE_ACTION, SHARE_ACTION } from "#channels/slack/render.ts";
import { readChoice, readShare } from "#channels/slack/signed.ts";
import { openForm } from "#channels/slack/staff.ts";
import type { Address } from "#core/message.ts";

type Press = Extract<Parsed, { kind: "press" }>;

/** Takes a press: what its button stood for is handed on, or whoever pressed is told why not. */
export async function takePress(parts: SlackParts, press: Press, save: Save): Promise<void> {
  const [kind = ""] = press.action.split("-");
  if (kind === CHOICE_ACTION) return choose(parts, press, save);
  if (kind === SHARE_ACTION) return share(parts, press, save);
  if (kind === CARD_ACTION) return onCard(parts, press);
}

async function choose(parts: SlackParts, press: Press, save: Save): Promise<void> {
  const { buttons, memory, now } = parts;
  const read = readChoice(buttons, press.by.person, press.value, now());
  if (typeof read === "string") return refuse(parts, press, read);
  const { address, turn, option } = read;
  memory.mayRespond(address, press.responseUrl, now());
  const recent = memory.of(address);
  const mine = {
    turn,
    channel: press.place.chat,
    message: press.message,
    onlyYou: press.onlyYou,
    responseUrl: press.responseUrl,
  };
  recent.press = mine;
  const over = () => {
    if (recent.press === mine) recent.press = undefined;
  };
  await save(address, { id: idOf(press.trigger), kind: "choice", turn, option }, over);
}

/** Shows an answer to everyone: the entry is opened anew, in a conversation of its own, so that it is owed like any reply. */
async function share(parts: SlackParts, press: Press, save: Save): Promise<void> {
  const { buttons, memory, now } = parts;
  const read = readShare(buttons, press.by.person, press.value, now());
  if (typeof read === "string") return refuse(parts, press, read);
  const address: Address = { ...read.address, thread: everyone(read.language) };
  memory.mayRespond(address, press.responseUrl, now());
  const asked = { kind: "command", command: "start", argument: `e_${read.entry}`, clientLanguage: read.language } as const;
  await save(address, { id: idOf(press.trigger), ...asked });
}

async function onCard(parts: SlackParts, { action, value, by, trigger, place, inForm, message = "" }: Press): Promise<void> {
  await parts.staff?.pressed({
    id: idOf(trigger),
    by,
    action: action.slice(CARD_ACTION.length + 1),
    value,
    place,
    card: reference(place.chat, message),
    open: openForm(parts, trigger, inForm),
  });
}

async function refuse(parts: SlackParts, press: Press, why: "refused" | "expired"): Promise<void> {
  const to: Address = { channel: CHANNEL, ...press.place, person: press.by.person };
  parts.memory.mayRespond(to, press.responseUrl, parts.now());
  const language = (await parts.languageOf(to.person)) ?? parts.defaultLanguage;
  await tellAtOnce(
    parts,
    to,
    escapeMrkdwn(parts.words({ key: why === "expired" ? "press.expired" : "press.refused" }, language)),
  );
}

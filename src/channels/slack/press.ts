import { CARD_ACTION } from "#channels/slack/card.ts";
import { LIMITS } from "#channels/slack/limits.ts";
import { escapeMrkdwn } from "#channels/slack/mrkdwn.ts";
import { idOf, type Parsed } from "#channels/slack/parse.ts";
import type { SlackParts } from "#channels/slack/parts.ts";
import { CHANNEL, everyone, reference } from "#channels/slack/place.ts";
import { tellAtOnce } from "#channels/slack/privately.ts";
import type { Save } from "#channels/slack/receive.ts";
import { CHOICE_ACTION, SHARE_ACTION, UNDER_ACTION } from "#channels/slack/render.ts";
import { readChoice, readShare } from "#channels/slack/signed.ts";
import { openForm } from "#channels/slack/staff.ts";
import type { Address } from "#core/message.ts";
import type { Press, PressUnder } from "#presses/buttons.ts";

type Pressed = Extract<Parsed, { kind: "press" }>;

/** What stands under an announcement belongs to no turn, and so nothing is shown in its place. */
const NO_TURN = -1;

/** Takes a press: what its button stood for is handed on, or whoever pressed is told why not. */
export async function takePress(parts: SlackParts, press: Pressed, save: Save): Promise<void> {
  const [kind = ""] = press.action.split("-");
  if (kind === CHOICE_ACTION || kind === UNDER_ACTION) return choose(parts, press, save);
  if (kind === SHARE_ACTION) return share(parts, press, save);
  if (kind === CARD_ACTION) return onCard(parts, press);
}

async function choose(parts: SlackParts, press: Pressed, save: Save): Promise<void> {
  const { buttons, memory, now } = parts;
  const read = readChoice(buttons, press.by.person, press.value, now());
  if (read === "refused" && press.action.startsWith(UNDER_ACTION)) {
    // Its signature holds no longer, and leaving must not depend on that: what can be left is shown.
    const theirs: Address = { channel: CHANNEL, ...press.place, person: press.by.person };
    return save(theirs, { id: idOf(press.trigger), kind: "command", command: "announcements", argument: "" });
  }
  if (typeof read === "string") return refuse(parts, press, read);
  const { address } = read;
  memory.mayRespond(address, press.responseUrl, now());
  const recent = memory.of(address);
  recent.press = {
    turn: "turn" in read ? read.turn : NO_TURN,
    channel: press.place.chat,
    message: press.message,
    onlyYou: press.onlyYou,
    responseUrl: press.responseUrl,
    // Not only until its turn is taken: while an earlier one still goes out, what it shows goes out with that.
    until: now() + LIMITS.pressMs,
  };
  await save(address, { id: idOf(press.trigger), ...pressedIn(read) });
}

function pressedIn(read: Press | PressUnder) {
  if ("turn" in read) return { kind: "choice", turn: read.turn, option: read.option } as const;
  return { kind: "announcement-press", announcement: read.announcement, button: read.button } as const;
}

/** Shows an answer to everyone: the entry is opened anew, in a conversation of its own, so that it is owed like any reply. */
async function share(parts: SlackParts, press: Pressed, save: Save): Promise<void> {
  const { buttons, memory, now } = parts;
  const read = readShare(buttons, press.by.person, press.value, now());
  if (typeof read === "string") return refuse(parts, press, read);
  const address: Address = { ...read.address, thread: everyone(read.language) };
  memory.mayRespond(address, press.responseUrl, now());
  const asked = { kind: "command", command: "start", argument: `e_${read.entry}`, clientLanguage: read.language } as const;
  await save(address, { id: idOf(press.trigger), ...asked });
}

async function onCard(parts: SlackParts, { action, value, by, trigger, place, inForm, message = "" }: Pressed): Promise<void> {
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

async function refuse(parts: SlackParts, press: Pressed, why: "refused" | "expired"): Promise<void> {
  const to: Address = { channel: CHANNEL, ...press.place, person: press.by.person };
  parts.memory.mayRespond(to, press.responseUrl, parts.now());
  const language = (await parts.languageOf(to.person)) ?? parts.defaultLanguage;
  await tellAtOnce(
    parts,
    to,
    escapeMrkdwn(parts.words({ key: why === "expired" ? "press.expired" : "press.refused" }, language)),
  );
}

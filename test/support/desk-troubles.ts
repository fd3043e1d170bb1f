import { setTimeout as pause } from "node:timers/promises";
import type { Person as Member } from "./bot-api/people.ts";
import { INTERNAL, TOO_MANY, type Trouble as TelegramTrouble } from "./bot-api/faults.ts";
import type { Scene } from "./desk-people.ts";
import {
  FATAL_AFTER,
  INTERNAL as SLACK_INTERNAL,
  TOO_MANY as SLACK_TOO_MANY,
  type Trouble as SlackTrouble,
} from "./slack/faults.ts";

/** Numbers from 0 up to 1, the same for the same seed. */
export type Random = () => number;

const SLACK_TROUBLES: readonly SlackTrouble[] = [
  SLACK_TOO_MANY(1),
  SLACK_INTERNAL,
  { kind: "html-502" },
  FATAL_AFTER,
  { kind: "bad-json-after" },
  { kind: "reset-before" },
  { kind: "reset-after" },
  { kind: "hang-after" },
];
const SLACK_METHODS = [
  "chat.postMessage",
  "chat.postMessage",
  "chat.update",
  "views.open",
  "chat.postEphemeral",
  "conversations.history",
  "conversations.members",
];
const TELEGRAM_TROUBLES: readonly TelegramTrouble[] = [
  TOO_MANY(1),
  INTERNAL,
  { kind: "html-502" },
  { kind: "bad-json-after" },
  { kind: "reset-before" },
  { kind: "reset-after" },
];
const TELEGRAM_METHODS = ["sendMessage", "sendMessage", "sendMessage", "editMessageText", "answerCallbackQuery"];

export const oneOf = <T>(random: Random, all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;

/** What is on the wire stays there for a while, so that whatever happens meets it. */
export function slowDown({ api, slack }: Scene): void {
  const trouble = { kind: "slow", beforeMs: 20, afterMs: 60 } as const;
  for (const method of ["chat.postMessage", "chat.update", "views.open"]) slack.faults.add({ trouble, method, times: 1e9 });
  for (const method of ["sendMessage", "editMessageText"]) api.faults.add({ trouble, method, times: 1e9 });
}

/** Troubles of both platforms, repeated deliveries, and now and then a platform that is down for a while. */
export function stirUp({ api, slack }: Scene, random: Random, member: Member): void {
  slack.deliveries.mischief.copies = oneOf(random, [1, 1, 2, 3]);
  slack.deliveries.mischief.reordered = random() < 0.25;
  if (random() < 0.6) slack.faults.add({ trouble: oneOf(random, SLACK_TROUBLES), method: oneOf(random, SLACK_METHODS) });
  if (random() < 0.4) {
    const method = oneOf(random, TELEGRAM_METHODS);
    api.faults.add({ trouble: oneOf(random, TELEGRAM_TROUBLES), method, chat: member.chat.id });
  }
  const lastsMs = 300 + random() * 1700;
  if (random() < 0.1) slack.faults.add({ trouble: { kind: "reset-before" }, lastsMs });
  if (random() < 0.1) api.faults.add({ trouble: { kind: "reset-before" }, lastsMs });
}

/** Sends once more what Slack has lately sent, as if an acknowledgement had been lost on the way. */
export async function replayOne({ slack }: Scene, random: Random): Promise<void> {
  const lately = slack.deliveries.all.slice(-10);
  if (lately.length > 0) await slack.deliveries.replay(oneOf(random, lately));
}

const LONGEST_MOMENT_MS = 2500;
const MOST_CALLS = 12;

/** A moment of a process that has just started: any one, or one in the midst of a call. */
export async function anyMoment({ api, slack }: Scene, random: Random): Promise<void> {
  const patient = Date.now() + random() * LONGEST_MOMENT_MS;
  const calls = () => slack.calls.length + api.calls.filter(({ method }) => method !== "getUpdates").length;
  const enough = random() < 0.5 ? Number.POSITIVE_INFINITY : calls() + 1 + Math.floor(random() * MOST_CALLS);
  const into = random() * 80;
  while (calls() < enough && Date.now() < patient) await pause(2);
  if (calls() >= enough) await pause(into);
}

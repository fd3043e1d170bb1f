import { createRandom } from "#commands/fit/random.ts";
import { TOO_MANY } from "../support/bot-api/faults.ts";
import { startBotApi } from "../support/bot-api/server.ts";

// The fake Bot API as a process of its own, told what to do by the one that started it.

export interface Wish {
  readonly people: number;
  readonly blocked: number;
  readonly lostReplies: number;
  readonly seed: number;
  readonly perSecond?: number | undefined;
}
export type Told =
  | { readonly do: "begin"; readonly wish: Wish }
  | { readonly do: "refuse"; readonly times: number }
  | { readonly do: "count" }
  | { readonly do: "report" };
export interface Report {
  /** How often each chat got a message. */
  readonly got: readonly (readonly [chat: string, times: number])[];
  /** Chats that were asked for, whether they got anything or not. */
  readonly asked: readonly string[];
  readonly blocked: readonly string[];
  readonly refused: number;
  /** When each accepted message came, milliseconds. */
  readonly times: readonly number[];
}

const api = await startBotApi();
const answer = (value: unknown) => void process.send?.(value);
const sent = () => api.calls.filter(({ method }) => method === "sendMessage");

function begin({ people, blocked, lostReplies, seed, perSecond }: Wish): void {
  const random = createRandom(seed);
  api.state.perSecond = perSecond;
  const chats = Array.from({ length: people }, () => api.person());
  for (const { chat } of chats) api.state.chats.set(chat.id, chat);
  const some = chats.map((each) => ({ each, at: random() })).toSorted((a, b) => a.at - b.at);
  for (const { each } of some.slice(0, blocked)) each.blocks();
  for (const { each } of some.slice(blocked, blocked + lostReplies))
    api.faults.add({ trouble: { kind: "reset-after" }, method: "sendMessage", chat: each.chat.id });
  answer({ root: api.root, token: api.token, chats: chats.map(({ chat }) => chat.id) });
}

function report(): Report {
  const got = new Map<string, number>();
  const accepted = sent().filter((call) => call.accepted);
  for (const { payload } of accepted) {
    const chat = String(payload["chat_id"]);
    got.set(chat, (got.get(chat) ?? 0) + 1);
  }
  return {
    got: [...got],
    asked: sent().map(({ payload }) => String(payload["chat_id"])),
    blocked: [...api.state.blocked].map(String),
    refused: sent().filter(({ status }) => status === 429).length,
    times: accepted.map(({ at }) => at),
  };
}

process.on("message", (told: Told) => {
  switch (told.do) {
    case "begin":
      return begin(told.wish);
    case "refuse":
      return api.faults.add({ trouble: TOO_MANY(1), method: "sendMessage", times: told.times });
    case "count":
      return answer(sent().length);
    case "report":
      return answer(report());
  }
});
process.on("disconnect", () => process.exit(0));

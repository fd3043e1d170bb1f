import { FRESH_CONVERSATION, FRESH_PERSON } from "#core/conversation.ts";
import type { KnowledgeBase } from "#core/knowledge-base.ts";
import type { Command } from "#core/command-names.ts";
import type { Incoming } from "#core/message.ts";
import type { Turn } from "#core/turn.ts";
import { takeTurn } from "#core/turn.ts";
import { createWords } from "#i18n/words.ts";
import { renderConsole } from "#channels/console/render.ts";
import { SETTINGS, TODAY, knowledge } from "./knowledge.ts";
import { announced } from "./subscribers.ts";

export type Taken = Extract<Turn, { kind: "taken" }>;

const base = await knowledge();
const words = await createWords(new URL("../../locales/", import.meta.url), { service: "İmece" });

function talkAt(now: number, messages: readonly (string | Incoming)[]): Taken[] {
  return talkOver(base, now, messages);
}

/** What one fresh conversation gives over a knowledge base at a moment, turn by turn. */
export function talkOver(over: KnowledgeBase, now: number, messages: readonly (string | Incoming)[]): Taken[] {
  let conversation = FRESH_CONVERSATION;
  let person = FRESH_PERSON;
  return messages.map((message, position) => {
    const typed = { id: `m${position}`, kind: "message", numbered: true } as const;
    const incoming: Incoming = typeof message === "string" ? { ...typed, text: message } : message;
    const turn = takeTurn({
      incoming,
      conversation,
      person,
      now,
      knowledge: over,
      settings: SETTINGS,
      chat: { is: "own", id: "c" },
      announced,
    });
    if (turn.kind !== "taken") throw new Error("this message was taken before");
    ({ conversation, person } = turn);
    return turn;
  });
}

/** What one fresh conversation gives, turn by turn. */
export function talk(...messages: readonly (string | Incoming)[]): Taken[] {
  return talkAt(TODAY, messages);
}

/** The last turn of a conversation on another day than today. */
export function askedOn(day: string, ...messages: readonly (string | Incoming)[]): Taken {
  const turn = talkAt(Date.parse(`${day}T09:00:00Z`), messages).at(-1);
  if (!turn) throw new Error("nothing was said");
  return turn;
}

/** The last turn of a conversation. */
export function lastOf(...messages: readonly (string | Incoming)[]): Taken {
  const turn = talk(...messages).at(-1);
  if (!turn) throw new Error("nothing was said");
  return turn;
}

/** What a person reads. */
export function read(turn: Taken): string {
  return turn.replies.map((reply) => renderConsole(reply, words, false)).join("\n");
}

export function command(name: Command, argument = ""): Incoming {
  return { id: `c-${name}-${argument}`, kind: "command", command: name, argument };
}

import { parseCommand } from "#core/command-names.ts";
import type { Conversation } from "#core/conversation.ts";
import { FRESH_CONVERSATION, FRESH_PERSON } from "#core/conversation.ts";
import { BotError } from "#core/errors.ts";
import type { KnowledgeBase } from "#core/knowledge-base.ts";
import type { Incoming } from "#core/message.ts";
import type { Settings } from "#core/step.ts";
import type { Turn } from "#core/turn.ts";
import { takeTurn } from "#core/turn.ts";
import type { Language } from "#text/language.ts";

/** What questions are asked of. */
export interface Asking {
  readonly knowledge: KnowledgeBase;
  readonly settings: Settings;
}

interface Asked {
  readonly id: string;
  readonly text: string;
  readonly now: number;
  readonly language?: Language | undefined;
  readonly after?: Conversation | undefined;
}

type Taken = Extract<Turn, { kind: "taken" }>;

/** The turn of one message, without a store: in a fresh conversation, or after an earlier one. */
export function turnOf({ knowledge, settings }: Asking, { id, text, now, language, after = FRESH_CONVERSATION }: Asked): Taken {
  const command = parseCommand(text);
  const incoming: Incoming = command ? { id, kind: "command", ...command } : { id, kind: "message", text, numbered: true };
  const person = { ...FRESH_PERSON, language };
  const turn = takeTurn({ incoming, conversation: after, person, now, knowledge, settings });
  if (turn.kind === "taken") return turn;
  throw new BotError("input.invalid", "The question before has the same id: give each its own.");
}

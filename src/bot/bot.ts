import type { KnowledgeBase } from "#core/knowledge-base.ts";
import type { Address, Incoming } from "#core/message.ts";
import type { Channel, Conversations, Debts, Handle, Loaded, Owed } from "#core/ports.ts";
import type { Settings, World } from "#core/step.ts";
import type { Turn } from "#core/turn.ts";
import { apologise, takeTurn } from "#core/turn.ts";
import { BotError } from "#core/errors.ts";
import type { RunEffect } from "#bot/effects.ts";
import { createDrain } from "#bot/drain.ts";
import type { Log } from "#ops/log.ts";

export interface BotParts {
  readonly conversations: Conversations;
  readonly debts: Debts;
  /** The snapshot to answer from now; publishing swaps it. */
  readonly knowledge: () => KnowledgeBase;
  readonly settings: Settings;
  readonly channel: (name: string) => Channel | undefined;
  readonly runEffect: RunEffect;
  readonly log: Log;
  /** The clock, milliseconds. */
  readonly now: () => number;
  /** Names this process among those that share the store. */
  readonly holder: string;
}

export interface Bot {
  /** Takes the turn, saves it with what it owes, lets that go out. Once it returns, the incoming may be acknowledged. */
  readonly handle: Handle;
  /** Lets go out what earlier processes left owed, or what was put off and is due now. Gives how many conversations it saw to. */
  settleOwed(): Promise<number>;
}

const TRIES = 3;
/** Between processes a race is rare; between deliveries of one chat it is the rule, so it is run again until it is won. */
const MOST_RACES = 200;
const SWEPT_AT_ONCE = 100;

export function createBot(parts: BotParts): Bot {
  const take: Handle = (address, incoming) => takeAndSave(parts, address, incoming);
  const drain = createDrain(parts, take);
  const handle: Handle = async (address, incoming) => {
    await take(address, incoming);
    await drain(address);
  };

  return {
    handle,
    settleOwed: async () => {
      const owing = await parts.debts.owing(parts.now(), SWEPT_AT_ONCE);
      for (const address of owing) await drain(address);
      return owing.length;
    },
  };
}

async function takeAndSave(parts: BotParts, address: Address, incoming: Incoming): Promise<void> {
  for (let race = 0; race < MOST_RACES; race += 1) {
    const loaded = await parts.conversations.load(address);
    const turn = tryTurn(parts, loaded, incoming);
    if (turn.kind === "repeated") return;
    const owed: Owed[] = [
      ...turn.replies.map((reply) => ({ kind: "reply", reply }) as const),
      ...turn.effects.map((effect) => ({ kind: "effect", effect }) as const),
    ];
    const saving = { ...loaded, conversation: turn.conversation, person: turn.person, incomingId: incoming.id, owed };
    if ((await parts.conversations.save(address, saving)) === "saved") return;
  }
  throw new BotError(
    "turn.failed",
    "A turn lost the race for its conversation too often: look for a process that saves it in a loop.",
  );
}

/** A turn that throws is tried again; after three times it is set aside with an apology, so that it cannot hold up those behind it. */
function tryTurn(parts: BotParts, { conversation, person }: Loaded, incoming: Incoming): Turn {
  const world: World = {
    incoming,
    conversation,
    person,
    now: parts.now(),
    knowledge: parts.knowledge(),
    settings: parts.settings,
  };
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    try {
      return takeTurn(world);
    } catch (error) {
      parts.log.turnFailed(incoming.kind, attempt, error);
    }
  }
  parts.log.turnSetAside(incoming.kind);
  return apologise(world);
}

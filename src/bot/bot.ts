import type { KnowledgeBase } from "#core/knowledge-base.ts";
import type { Address, Incoming } from "#core/message.ts";
import type { Channel, Conversations, Debts, Handle, Loaded, Owed } from "#core/ports.ts";
import type { Limit, Rate } from "#core/rate.ts";
import type { Outcome, Settings, World } from "#core/step.ts";
import type { Turn } from "#core/turn.ts";
import { apologise, takeTurn } from "#core/turn.ts";
import { BotError } from "#core/errors.ts";
import type { RunEffect } from "#bot/effects.ts";
import { createDrain } from "#bot/drain.ts";
import { isTooMuch } from "#bot/rate.ts";
import { createWithoutStore } from "#bot/without-store.ts";
import type { Log } from "#ops/log.ts";

/** What a bot is made of: a store, channels, what it answers from, and how it tells the time. */
export interface BotParts {
  readonly conversations: Conversations;
  readonly debts: Debts;
  readonly rate: Rate;
  /** How much one person may send; absent where there is only one. */
  readonly limit?: Limit | undefined;
  /** What was announced, as far as it is known here; absent where nothing is. */
  readonly announced?: World["announced"];
  /** The snapshot to answer from now; publishing swaps it. */
  readonly knowledge: () => KnowledgeBase;
  readonly settings: Settings;
  readonly channel: (name: string) => Channel | undefined;
  readonly runEffect: RunEffect;
  readonly log: Log;
  /** Told of each answer that was given, by its entry. */
  readonly answered?: ((entry: string) => void) | undefined;
  /** Told how each turn of a member ended. */
  readonly ended?: ((outcome: Outcome["is"]) => void) | undefined;
  /** What the log may call an incoming. */
  readonly nameForLog: (incomingId: string) => string;
  /** The clock, milliseconds. */
  readonly now: () => number;
  /** Names this process among those that share the store. */
  readonly holder: string;
}

/** What an installation calls: with each incoming, and from time to time. */
export interface Bot {
  /**
   * Takes the turn, saves it with what it owes, lets that go out. Once it returns, the incoming may be acknowledged. Where the store is away
   * it is answered all the same, without memory, and declined what would have to be recorded.
   * @throws BotError `store.unavailable` for news of ours (a notice) while the store is away: it has to be brought again.
   */
  readonly handle: Handle;
  /** Lets go out what earlier processes left owed, or what was put off and is due now. Gives how many conversations it saw to. */
  settleOwed(): Promise<number>;
}

/** Between processes a race is rare; between deliveries of one chat it is the rule, so it is run again until it is won. */
const MOST_RACES = 200;
const SWEPT_AT_ONCE = 100;
const DRAINED_SIDE_BY_SIDE = 8;

/** The bot over a store and its channels: takes each incoming's turn once, and lets out what turns owe. */
export function createBot(parts: BotParts): Bot {
  const take: Handle = (address, incoming) => takeAndSave(parts, address, incoming);
  const drain = createDrain(parts, take);
  const without = createWithoutStore(parts);
  const handle: Handle = async (address, incoming, saved) => {
    // News is nobody's sending too much, and answers nothing that could be answered without a store: who brings it keeps it until it is taken.
    const isNews = incoming.kind === "notice";
    if (!isNews && without.isAway()) return without.take(address, incoming);
    try {
      if (!isNews && (await isTooMuch(parts, address, incoming))) return "silenced";
      await take(address, incoming);
      without.back();
      saved?.();
    } catch (error) {
      if (!(error instanceof BotError) || error.code !== "store.unavailable") throw error;
      without.away(error);
      if (isNews) throw error;
      return without.take(address, incoming);
    }
    // The turn is saved, and the incoming with it: what cannot go out now stays owed, and the sweep sees to it.
    await drain(address).catch((error: unknown) => parts.log.drainFailed(address.channel, error));
    return "taken";
  };

  return {
    handle,
    settleOwed: async () => {
      const mine = (address: Address) => parts.channel(address.channel) !== undefined;
      const owing = await parts.debts.owing(parts.now(), SWEPT_AT_ONCE, mine);
      // One conversation that fails, or is slow, must not keep the others from theirs.
      const rest = owing.values();
      const next = async () => {
        for (const address of rest) await drain(address).catch((error: unknown) => parts.log.drainFailed(address.channel, error));
      };
      await Promise.all(Array.from({ length: DRAINED_SIDE_BY_SIDE }, next));
      return owing.length;
    },
  };
}

async function takeAndSave(parts: BotParts, address: Address, incoming: Incoming): Promise<void> {
  for (let race = 0; race < MOST_RACES; race += 1) {
    const loaded = await parts.conversations.load(address);
    // Asked after the load, so that a deletion in between is seen by one of the two.
    if (await parts.conversations.hasEnded(address, incoming.id)) return;
    const turn = tryTurn(parts, address, loaded, incoming);
    if (turn.kind === "repeated") return;
    const owed: Owed[] = [
      ...turn.replies.map((reply) => ({ kind: "reply", reply }) as const),
      ...turn.effects.map((effect) => ({ kind: "effect", effect }) as const),
    ];
    const saving = { ...loaded, conversation: turn.conversation, person: turn.person, incomingId: incoming.id, owed };
    if ((await parts.conversations.save(address, saving)) === "stale") continue;
    if (incoming.kind !== "notice") parts.ended?.(turn.outcome.is);
    if (turn.outcome.is === "answer") parts.answered?.(turn.outcome.entry);
    return;
  }
  throw new BotError(
    "turn.failed",
    "A turn lost the race for its conversation too often: look for a process that saves it in a loop.",
  );
}

/**
 * A turn that throws is set aside with an apology, so that it cannot hold up those behind it. At once: a turn is a function of its world,
 * and over the same world it throws the same again.
 */
function tryTurn(parts: BotParts, address: Address, { conversation, person }: Loaded, incoming: Incoming): Turn {
  const world: World = {
    chat: parts.channel(address.channel)?.chatOf?.(address) ?? { is: "own", id: address.chat },
    announced: parts.announced,
    incoming,
    conversation,
    person,
    now: parts.now(),
    knowledge: parts.knowledge(),
    settings: parts.settings,
  };
  try {
    return takeTurn(world);
  } catch (error) {
    parts.log.turnSetAside(incoming.kind, parts.nameForLog(incoming.id), error);
    return apologise(world);
  }
}

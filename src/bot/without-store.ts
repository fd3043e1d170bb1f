import { setTimeout as pause } from "node:timers/promises";
import type { BotParts } from "#bot/bot.ts";
import { deliver, MOST_SENDS, RESEND_AFTER_MS } from "#bot/deliver.ts";
import type { Conversation, Person } from "#core/conversation.ts";
import { FRESH_CONVERSATION, FRESH_PERSON } from "#core/conversation.ts";
import { BotError } from "#core/errors.ts";
import type { Address, Incoming, Reply } from "#core/message.ts";
import type { Channel } from "#core/ports.ts";
import type { World } from "#core/step.ts";
import { declineToRecord, takeTurn, type Turn } from "#core/turn.ts";

type Taken = Extract<Turn, { kind: "taken" }>;

/** Answers while the store is away: nothing is remembered beyond this process, and nothing is promised that could be lost. */
export interface WithoutStore {
  /** Whether the store did not answer a moment ago, so that asking it again would only keep the member waiting. */
  isAway(): boolean;
  /** Notes that it did not answer. */
  away(error: BotError): void;
  /** Notes that it answers. */
  back(): void;
  /** Answers at once. Throws where that surely did not arrive: then the incoming must come again. */
  take(address: Address, incoming: Incoming): Promise<void>;
}

const ASKED_AGAIN_AFTER_MS = 2000;
const MOST_REMEMBERED = 1000;

export function createWithoutStore(parts: BotParts): WithoutStore {
  const { log, now } = parts;
  /** What was said meanwhile, so that what was just offered can be picked. Forgotten once the store is back. */
  const remembered = new Map<string, { conversation: Conversation; person: Person }>();
  let until = 0;
  let told = false;

  return {
    isAway: () => now() < until,

    away(error) {
      until = now() + ASKED_AGAIN_AFTER_MS;
      if (!told) log.storeFault(error);
      told = true;
    },

    back() {
      told = false;
      remembered.clear();
    },

    async take(address, incoming) {
      const channel = parts.channel(address.channel);
      if (channel === undefined) return;
      const key = JSON.stringify([address.channel, address.chat, address.thread ?? null, address.person]);
      const before = remembered.get(key) ?? { conversation: FRESH_CONVERSATION, person: FRESH_PERSON };
      const chat = channel.chatOf?.(address) ?? { is: "own", id: address.chat };
      const world: World = { ...before, incoming, now: now(), knowledge: parts.knowledge(), settings: parts.settings, chat };
      const turn = takeTurn(world);
      if (turn.kind === "repeated") return;
      if (incoming.kind !== "notice") parts.ended?.(turn.outcome.is);
      for (const [at, reply] of repliesOf(world, turn).entries())
        await say(parts, channel, address, reply, `${incoming.id}#${at}`);

      if (remembered.size >= MOST_REMEMBERED) remembered.clear();
      remembered.set(key, { conversation: turn.conversation, person: before.person });
    },
  };
}

/** What the turn says; where it would owe or keep anything that the member counts on, that this cannot be done now. */
function repliesOf(world: World, turn: Taken): readonly Reply[] {
  // That a question showed a gap is for the editors; nobody was told of it.
  const promised = turn.effects.some((effect) => effect.kind !== "record-unanswered" || effect.passedOn);
  const { incoming, conversation, person } = world;
  const unknownChoice = incoming.kind === "choice" && !conversation.offers.some(({ turn: shown }) => shown === incoming.turn);
  // What they chose is not known now: a menu would show that they chose nothing.
  const asksChoice = incoming.kind === "announcement-press" || showsChoice(turn);
  return promised || unknownChoice || asksChoice || turn.person !== person ? [declineToRecord(world)] : turn.replies;
}

function showsChoice({ conversation }: Taken): boolean {
  const offer = conversation.offers.at(-1);
  return offer?.turn === conversation.turn && offer.actions.some(({ act }) => act === "subscribe" || act === "city");
}

async function say({ log }: BotParts, channel: Channel, address: Address, reply: Reply, id: string): Promise<void> {
  for (let sends = 1; sends <= MOST_SENDS; sends += 1) {
    const sent = await deliver(channel, address, reply, log, { id, attempts: sends - 1 });
    if (sent.ok) return;
    if (sent.why === "slow-down" || sent.why === "not-sent") {
      throw new BotError("store.unavailable", "Neither the store nor the platform took it: it must come again.");
    }
    if (sent.why !== "unknown") return;
    if (sends < MOST_SENDS) await pause(RESEND_AFTER_MS);
  }
}

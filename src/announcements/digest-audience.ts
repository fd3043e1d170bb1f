import { setImmediate as nextTurn } from "node:timers/promises";
import type { Subscribers } from "#announcements/subscribers.ts";
import { waitsFor } from "#announcements/waiting.ts";
import type { Announcement } from "#core/announcement.ts";
import type { Ledger, Recipient } from "#core/ledger.ts";
import type { Address } from "#core/message.ts";
import { addressOf, ANNOUNCED_TOPICS } from "#core/subscription.ts";

export interface DigestAudienceParts {
  readonly subscribers: Pick<Subscribers, "pages">;
  readonly ledger: Pick<Ledger, "statesOf" | "tellsOf">;
}

export interface DigestAsked {
  /** What no weekly message told of before. */
  readonly fresh: readonly Announcement[];
  /** What earlier ones told of, but not to everybody: there was more than fits into one. */
  readonly carried: readonly Announcement[];
  /** The runs of those. */
  readonly earlier: readonly string[];
}

/**
 * Subscribers for whom something waits, with what, in pages: not what came, may have come or is yet to come to them by itself, as before they
 * chose one message a week; of what is carried only what an earlier weekly message of theirs did not tell. However many there are, one page is in memory.
 */
export async function* digestAudience(
  { subscribers, ledger }: DigestAudienceParts,
  { fresh, carried, earlier }: DigestAsked,
): AsyncGenerator<Recipient[]> {
  if (fresh.length + carried.length === 0) return;
  for await (const page of subscribers.pages(ANNOUNCED_TOPICS)) {
    const addresses = page.map(addressOf);
    const told = await toldEarlier(ledger, earlier, addresses);
    const people = page.map((subscriber, at) => {
      const before = told[at];
      const left = before === undefined ? [] : carried.filter(({ id }) => !before.has(id) && !before.has(EVERYTHING));
      const waits = [...left, ...fresh].filter((each) => waitsFor(each, subscriber.subscription));
      return { address: addressOf(subscriber), language: subscriber.subscription.language, waits, tells: new Array<string>() };
    });
    for (const { id } of [...carried, ...fresh]) {
      const waiting = people.filter(({ waits }) => waits.some((each) => each.id === id));
      const states = await ledger.statesOf(
        id,
        waiting.map(({ address }) => address),
      );
      for (const [at, { tells }] of waiting.entries()) if (states[at] === undefined || states[at] === "failed") tells.push(id);
      // An embedded store answers without a pause.
      await nextTurn();
    }
    yield people.flatMap(({ address, language, tells }) => (tells.length === 0 ? [] : [{ address, language, tells }]));
  }
}

/** Where nobody can see any more what a message told. */
const EVERYTHING = "*";

/** What earlier weekly messages told each of these; `undefined` of who was to get none of them. */
async function toldEarlier(
  ledger: DigestAudienceParts["ledger"],
  earlier: readonly string[],
  addresses: readonly Address[],
): Promise<readonly (ReadonlySet<string> | undefined)[]> {
  const told = addresses.map((): Set<string> | undefined => undefined);
  for (const run of earlier) {
    const [states, tells] = [await ledger.statesOf(run, addresses), await ledger.tellsOf(run, addresses)];
    for (const [at, state] of states.entries()) {
      if (state === undefined) continue;
      const known = (told[at] ??= new Set());
      if (state !== "failed") for (const id of tells[at] ?? [EVERYTHING]) known.add(id);
    }
    await nextTurn();
  }
  return told;
}

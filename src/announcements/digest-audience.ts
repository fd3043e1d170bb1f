import { setImmediate as nextTurn } from "node:timers/promises";
import type { Subscribers } from "#announcements/subscribers.ts";
import { waitsFor } from "#announcements/waiting.ts";
import type { Announcement } from "#core/announcement.ts";
import type { Ledger, Recipient } from "#core/ledger.ts";
import { addressOf, ANNOUNCED_TOPICS } from "#core/subscription.ts";

export interface DigestAudienceParts {
  readonly subscribers: Pick<Subscribers, "pages">;
  readonly ledger: Pick<Ledger, "statesOf">;
}

/**
 * Subscribers for whom some of these wait, with which, in pages: not what came, may have come or is yet to come to them by itself, as before they
 * chose one message a week. However many there are, one page is in memory.
 */
export async function* digestAudience(
  { subscribers, ledger }: DigestAudienceParts,
  announcements: readonly Announcement[],
): AsyncGenerator<Recipient[]> {
  if (announcements.length === 0) return;
  for await (const page of subscribers.pages(ANNOUNCED_TOPICS)) {
    const people = page.map((subscriber) => ({ subscriber, address: addressOf(subscriber), tells: new Array<string>() }));
    for (const announcement of announcements) {
      const waiting = people.filter(({ subscriber }) => waitsFor(announcement, subscriber.subscription));
      const states = await ledger.statesOf(
        announcement.id,
        waiting.map(({ address }) => address),
      );
      for (const [at, { tells }] of waiting.entries()) if (states[at] === undefined || states[at] === "failed") tells.push(announcement.id);
      // An embedded store answers without a pause.
      await nextTurn();
    }
    yield people.flatMap(({ subscriber: { subscription }, address, tells }) =>
      tells.length === 0 ? [] : [{ address, language: subscription.language, tells }],
    );
  }
}

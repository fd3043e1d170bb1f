import type { Announcement } from "#core/announcement.ts";
import type { AudienceSize } from "#core/announcing.ts";
import type { Ledger, Recipient } from "#core/ledger.ts";

export interface AudienceSizeParts {
  readonly ledger: Pick<Ledger, "counts">;
  /** With or without those for whom it waits. */
  readonly audience: (waits: boolean) => AsyncIterable<readonly Recipient[]>;
}

/** How many an announcement goes to; `waits`: for those who chose one message a week it does. */
export async function sizeOf(
  { ledger, audience }: AudienceSizeParts,
  { audience: asked }: Pick<Announcement, "audience">,
  waits: boolean,
): Promise<AudienceSize> {
  const count = async (waiting: boolean) => {
    const people = new Set<string>();
    for await (const page of audience(waiting))
      for (const { address } of page) people.add(JSON.stringify([address.channel, address.person]));
    return people.size;
  };
  const all = await count(false);
  const single = waits ? await count(true) : all;
  let stillTold = 0;
  for (const run of asked.of === "told" ? (asked.rest ?? []) : []) {
    const { pending, claimed } = await ledger.counts(run);
    stillTold += pending + claimed;
  }
  return { single: single + stillTold, weekly: all - single };
}

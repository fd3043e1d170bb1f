import type { AfterRun, Announcement } from "#core/announcement.ts";
import type { LedgerCounts } from "#core/ledger.ts";
import type { Text } from "#core/message.ts";
import type { CardFacts } from "#staff/announcement-card.ts";

/** How far each run is, in figures. */
export function progress({ state }: Announcement, { counts, after, isUnknown }: CardFacts): Text[] {
  const lines: Text[] = isUnknown ? [{ key: "newsCard.unknown" }] : [];
  if (state === "draft" || state === "scheduled" || state === "discarded") return lines;
  // No figures then: that nobody is known is not that there was nobody.
  if (counts === undefined) return [...lines, { key: "figures.gone" }];
  if (!isUnknown) lines.push(...figures(counts, "sent"));
  for (const { run, counts: own } of after) if (own !== undefined) lines.push(...figures(own, run.does));
  return lines;
}

function figures(counts: LedgerCounts, does: "sent" | AfterRun["does"]): Text[] {
  const { pending, claimed, sending, sent, failed, uncertain, erased, unsent } = counts;
  const left = pending + claimed + sending;
  const all = left + sent + failedOf(counts) + uncertain + erased + unsent;
  const why = (["gone", "refused", "left"] as const).filter((reason) => failed[reason] > 0);
  return [
    { key: `figures.${does}`, values: { sent, all, left } },
    ...why.map((reason): Text => ({
      key: does === "sent" ? `figures.failed-${reason}` : `figures.${does}-${reason}`,
      values: { count: failed[reason] },
    })),
    ...(unsent === 0 ? [] : [{ key: "figures.unsent", values: { count: unsent } } as const]),
    ...(uncertain === 0 ? [] : [{ key: "figures.uncertain", values: { count: uncertain } } as const]),
  ];
}

export function failedOf({ failed }: LedgerCounts): number {
  return failed.gone + failed.refused + failed.left;
}

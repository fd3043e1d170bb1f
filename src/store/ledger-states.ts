import type { Delivered, Recipient, Standing } from "#core/ledger.ts";

/** How long a row waits that another process must open. */
export const UNREADABLE_WAITS_MS = 10_000;

/** What a row is to become: D|reference, F|why, U or P. */
export function targetOf(delivered: Delivered, seal: (reference: string) => string): string {
  switch (delivered.is) {
    case "sent":
      return `D|${seal(delivered.reference)}`;
    case "failed":
      return `F|${delivered.why}`;
    case "uncertain":
      return "U";
    case "again":
      return "P";
  }
}

/** How a row stands for whom it names, if there is one; a name is gone, or cannot be read here. */
export function standingOf(kind: string | undefined, recipient: Recipient | "sealed" | undefined): Standing | undefined {
  if (kind === undefined) return undefined;
  const failed = kind === "F";
  if (recipient === "sealed" || recipient === undefined) return { failed };
  return { failed, tells: recipient.tells ?? [] };
}

const TOLD: Readonly<Record<string, string>> = {
  P: "pending",
  C: "pending",
  S: "sending",
  D: "sent",
  F: "failed",
  U: "uncertain",
  N: "unsent",
};

/** What a person is shown of one delivery to them. */
export function exportedDelivery(run: string, kind: string, why: string | undefined, { address, language }: Recipient): unknown {
  return { delivery: run, state: TOLD[kind] ?? kind, ...(why === undefined ? {} : { why }), address, language };
}

import type { Delivered, LedgerCounts, Recipient, RowState } from "#core/ledger.ts";

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

const STATES: Readonly<Record<string, RowState>> = {
  P: "pending",
  C: "claimed",
  S: "sending",
  D: "sent",
  F: "failed",
  U: "uncertain",
  N: "unsent",
  X: "erased",
};

/** Where a row is, by the letter that its stored state begins with. */
export function stateNamed(stored: string | null | undefined): RowState | undefined {
  return STATES[stored?.slice(0, 1) ?? ""];
}

/** How many rows are where, by how many have one letter, and for the failed the reason after it. */
export function countsBy(of: (state: string) => number): LedgerCounts {
  return {
    pending: of("P"),
    claimed: of("C"),
    sending: of("S"),
    sent: of("D"),
    failed: { gone: of("Fgone"), refused: of("Frefused"), left: of("Fleft") },
    uncertain: of("U"),
    erased: of("X"),
    unsent: of("N"),
  };
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

/** Of which announcements a row tells whom it names; `undefined` where the name is gone, or cannot be read here. */
export function tellsOf(recipient: Recipient | "sealed" | undefined): readonly string[] | undefined {
  return recipient === undefined || recipient === "sealed" ? undefined : (recipient.tells ?? []);
}

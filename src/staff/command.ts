import type { Revision } from "#staff/revise.ts";
import { fold } from "#text/fold.ts";

export type StaffCommand = { readonly is: "new" | "unanswered" } | { readonly is: Revision; readonly words: string };

/** What is typed after the command, folded. */
const ALONE: ReadonlyMap<string, "new" | "unanswered"> = new Map([
  ["yeni", "new"],
  ["new", "new"],
  ["yanitsiz", "unanswered"],
  ["unanswered", "unanswered"],
]);
const WITH_WORDS: ReadonlyMap<string, Revision> = new Map([
  ["duzelt", "edit"],
  ["edit", "edit"],
  ["kaldir", "retire"],
  ["retire", "retire"],
]);

/** What staff ask for by command; `undefined` for a question. */
export function parseCommand(words: string): StaffCommand | undefined {
  const alone = ALONE.get(fold(words).trim());
  if (alone !== undefined) return { is: alone };
  const [, first = "", rest = ""] = /^\s*(\S+)\s*(.*)$/su.exec(words) ?? [];
  const is = WITH_WORDS.get(fold(first));
  return is && { is, words: rest };
}

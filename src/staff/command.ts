import type { Revision } from "#staff/revise.ts";
import { fold } from "#text/fold.ts";

export type StaffCommand =
  | { readonly is: "new" | "unanswered" | "announce" | "hold" | "go-on" | "event" | "new-event" }
  | { readonly is: Revision; readonly words: string };
type Alone = Exclude<StaffCommand["is"], Revision>;

/** What is typed after the command, folded. */
const ALONE: ReadonlyMap<string, Alone> = new Map([
  ["yeni", "new"],
  ["new", "new"],
  ["yanitsiz", "unanswered"],
  ["unanswered", "unanswered"],
  ["duyuru", "announce"],
  ["duyuru dur", "hold"],
  ["duyuru surdur", "go-on"],
  ["etkinlik", "event"],
  ["etkinlik yeni", "new-event"],
]);
const WITH_WORDS: ReadonlyMap<string, Revision> = new Map([
  ["duzelt", "edit"],
  ["edit", "edit"],
  ["kaldir", "retire"],
  ["retire", "retire"],
]);

/** What staff ask for by command; `undefined` for a question. */
export function parseCommand(words: string): StaffCommand | undefined {
  const alone = ALONE.get(fold(words).trim().replace(/\s+/g, " "));
  if (alone !== undefined) return { is: alone };
  const [, first = "", rest = ""] = /^\s*(\S+)\s*(.*)$/su.exec(words) ?? [];
  const is = WITH_WORDS.get(fold(first));
  return is && { is, words: rest };
}

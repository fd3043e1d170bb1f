import type { EventChange } from "#core/staff-event.ts";
import type { Revision } from "#staff/revise.ts";
import { fold } from "#text/fold.ts";

export type StaffCommand =
  | { readonly is: "new" | "unanswered" | "announce" | "hold" | "go-on" | "new-event" | "help" }
  /** `change`: what is to become of one. */
  | { readonly is: "event"; readonly change?: EventChange }
  | { readonly is: Revision; readonly words: string };

/** What is typed after the command, folded. Whoever is in a hurry does not look up which word it was. */
const ALONE: Readonly<Record<string, Exclude<StaffCommand, { is: Revision }>>> = {
  yeni: { is: "new" },
  new: { is: "new" },
  yanitsiz: { is: "unanswered" },
  unanswered: { is: "unanswered" },
  duyuru: { is: "announce" },
  "duyuru yeni": { is: "announce" },
  "duyuru dur": { is: "hold" },
  "duyuru durdur": { is: "hold" },
  "duyuru stop": { is: "hold" },
  "duyuru surdur": { is: "go-on" },
  "duyuru devam": { is: "go-on" },
  "duyuru resume": { is: "go-on" },
  yardim: { is: "help" },
  help: { is: "help" },
  "duyuru yardim": { is: "help" },
  etkinlik: { is: "event" },
  "etkinlik yeni": { is: "new-event" },
  "etkinlik duzelt": { is: "event", change: "edit" },
  "etkinlik ertele": { is: "event", change: "move" },
  "etkinlik iptal": { is: "event", change: "cancel" },
  "etkinlik yardim": { is: "help" },
};
const WITH_WORDS: ReadonlyMap<string, Revision> = new Map([
  ["duzelt", "edit"],
  ["edit", "edit"],
  ["kaldir", "retire"],
  ["retire", "retire"],
]);

/** What staff ask for by command; `undefined` for a question. */
export function parseCommand(words: string): StaffCommand | undefined {
  const folded = fold(words).replace(/[.!]/g, " ").trim().replace(/\s+/g, " ");
  if (Object.hasOwn(ALONE, folded)) return ALONE[folded];
  const [, first = "", rest = ""] = /^\s*(\S+)\s*(.*)$/su.exec(words) ?? [];
  const is = WITH_WORDS.get(fold(first));
  return is && { is, words: rest };
}

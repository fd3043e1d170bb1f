import type { Event } from "#core/event.ts";
import { isOfKind } from "#core/event.ts";
import { slipCost } from "#text/slip.ts";

/** How words for an event begin that say nothing of its kind. */
const ANY_EVENT = [
  "etkinli",
  "toplanti",
  "organizasyon",
  "faaliyet",
  "program",
  "takvim",
  "event",
  "meeting",
  "calendar",
  "activit",
];
/** How words for one kind of event begin. */
const KINDS = [
  "fuar",
  "seminer",
  "calistay",
  "konferans",
  "bulusma",
  "panel",
  "kongre",
  "egitim",
  "sempozyum",
  "forum",
  "zirve",
  "ziyaret",
  "fair",
  "seminar",
  "workshop",
  "conference",
  "congress",
  "training",
  "symposium",
  "summit",
  "visit",
  "gathering",
];
/** Kinds that are words of the finder whether or not a title holds them: nothing else is meant by them. */
const ALWAYS = new Set(["fuar", "seminer", "calistay", "konferans", "bulusma", "fair", "seminar", "workshop", "conference"]);

const ETKINLIK = "etkinlik";
const EVENTS = /^(?:etkinli[kg]\w*|events?)$/;

/** Whether a folded word means events of any kind, one slip of the hand allowed in "etkinlik". */
export function meansAnyEvent(folded: string): boolean {
  return EVENTS.test(folded) || isSlip(folded);
}

/** "etkinlk", "etkinlkler", "etknilik"; not "yetkinlik", which is a word of its own. */
function isSlip(folded: string): boolean {
  if (!folded.startsWith("e") || folded.length < ETKINLIK.length - 1) return false;
  const lengths = [ETKINLIK.length - 1, ETKINLIK.length, ETKINLIK.length + 1];
  return lengths.some((length) => slipCost(folded.slice(0, length), ETKINLIK) <= 1);
}

/** The kind of event a folded word names, where `events` has one of it; "any" for a word that means all of them. */
export function kindOf(folded: string, events: readonly Event[]): string | undefined {
  if (ANY_EVENT.some((stem) => folded.startsWith(stem)) || isSlip(folded)) return "any";
  const kind = KINDS.find((stem) => folded.startsWith(stem));
  if (kind === undefined) return undefined;
  return ALWAYS.has(kind) || events.some((event) => isOfKind(event, kind)) ? kind : undefined;
}

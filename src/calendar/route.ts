import { createHash } from "node:crypto";
import type { CalendarLinks } from "#calendar/links.ts";
import { eventsForCalendar } from "#calendar/fitting.ts";
import { createCounter } from "#calendar/limit.ts";
import type { Event } from "#core/event.ts";
import type { Conversations } from "#core/ports.ts";
import type { Answer, Route } from "#core/route.ts";
import type { Language } from "#text/language.ts";

export interface CalendarRouteParts {
  readonly links: Pick<CalendarLinks, "find">;
  readonly conversations: Pick<Conversations, "load">;
  /** The events of now. */
  readonly events: () => readonly Event[];
  /** The calendar as a file; the same events, language and moment give the same one. */
  readonly file: (events: readonly Event[], language: Language, now: number) => string;
  readonly now: () => number;
}

const DAY_MS = 86_400_000;
/** Programs look every quarter of an hour at most; one person may have several. */
const OF_ONE = { most: 30, lastsMs: 10 * 60_000 };
/** Of what is nobody's, from wherever it is asked for: many more than mistyped and closed addresses come to. */
const OF_STRANGERS = { most: 3000, lastsMs: 60_000 };
const UNSEEN = { "cache-control": "no-store", "x-robots-tag": "noindex" };

/** `/calendar/<token>.ics`: the events of a person, for a calendar that looks there again and again. What is nobody's is not there. */
export function createCalendarRoute({ links, conversations, events, file, now }: CalendarRouteParts): Route {
  const [ofOne, ofStrangers] = [createCounter(OF_ONE), createCounter(OF_STRANGERS)];
  return {
    method: "GET",
    path: "/calendar/",
    under: true,
    async respond(request) {
      // The same is done for whatever stands there, so that nobody learns by the time it takes what the form of an address is.
      const { rest } = request;
      const token = rest.endsWith(".ics") ? rest.slice(0, -".ics".length) : "";
      const of = await links.find(token);
      if (of === undefined) {
        // Only once it is known to be nobody's: however often strangers ask, members get theirs.
        const full = ofStrangers.take("", now());
        return full === undefined ? { status: 404, headers: UNSEEN } : tooMany(full);
      }
      const waits = ofOne.take(token, now());
      if (waits !== undefined) return tooMany(waits);
      const { person } = await conversations.load({ channel: of.channel, chat: of.person, person: of.person });
      const language = person.subscription?.language ?? person.language ?? of.language;
      // Made in the morning of its day: on one day the same events are the same file, in every process.
      const made = Math.floor(now() / DAY_MS) * DAY_MS;
      const text = file(eventsForCalendar(events(), person.subscription, now()), language, made);
      const etag = `"${createHash("sha256").update(text).digest("base64url")}"`;
      const headers = { etag, "cache-control": "private, max-age=3600", "x-robots-tag": "noindex" };
      if (isKnown(request.header("if-none-match"), etag)) return { status: 304, headers };
      return { status: 200, headers, text, type: "text/calendar; charset=utf-8" };
    },
  };
}

/** Compared weakly (RFC 9110): a proxy that packs the file marks its tag as weak. */
function isKnown(header: string | undefined, etag: string): boolean {
  const tags = (header ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes(etag) || tags.includes("*");
}

function tooMany(waitsMs: number): Answer {
  return { status: 429, headers: { ...UNSEEN, "retry-after": String(Math.ceil(waitsMs / 1000)) } };
}

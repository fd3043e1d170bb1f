import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import type { CalendarLinkAct } from "#core/action.ts";
import { untilWon } from "#core/until-won.ts";
import type { Records, StoredRecord } from "#core/ports.ts";
import type { Language } from "#text/language.ts";
import { LANGUAGES } from "#text/language.ts";

/** Whose calendar an address opens, and the language it was asked for in. */
export interface CalendarOf {
  readonly channel: string;
  readonly person: string;
  readonly language: Language;
}

/** The address of each person's calendar, at most one: whoever knows it sees the calendar, so it can be replaced and closed. */
export interface CalendarLinks {
  /**
   * Makes, replaces or closes a person's address, and gives the one that holds now; none where it is closed. Safe to repeat under the same
   * `act.id`, also after later acts: what was done once is not done again.
   */
  change(of: CalendarOf, act: { readonly id: string; readonly do: CalendarLinkAct }): Promise<string | undefined>;
  /** Whose it is. Any other text, of whatever form, is looked up just the same and is nobody's. */
  find(token: string): Promise<CalendarOf | undefined>;
  erase(channel: string, person: string): Promise<void>;
}

interface Parts {
  readonly records: Records;
  readonly now: () => number;
  /** What stands before `/calendar/`, without a slash at its end. */
  readonly publicUrl: string;
}

/** By the hash of the token, so that an address is found at once; the token itself lies only in what is sealed. */
const BY_TOKEN = "calendar-links";
/** What holds for a person: a token that does not stand here opens nothing, whatever is left of it elsewhere. */
const OF_PERSON = "calendar-link-of";
const TOKEN_BYTES = 32;
const DAY_MS = 86_400_000;
/** Until they close it. Not for ever, so that nothing lies in a store that no one knows of any more. */
const LONG_MS = 100 * 365 * DAY_MS;
/** Beyond what several processes could leave of one person. */
const MANY = 1000;

/** How many acts are remembered: many more than a person does while a process that stalled in one of them could come back to it. */
const REMEMBERED = 12;

const held = z.object({ token: z.string().optional(), acts: z.array(z.string()) });
const opened = z.object({ channel: z.string(), person: z.string(), language: z.enum(LANGUAGES), token: z.string() });

/** The addresses of calendars over a store. */
export function createCalendarLinks({ records, now, publicUrl }: Parts): CalendarLinks {
  const heldBy = async (channel: string, person: string) => {
    const stored = await records.get(OF_PERSON, idOf(channel, person));
    return { version: stored?.version ?? 0, known: held.safeParse(stored?.value).data };
  };
  const listed = (collection: string, channel: string, person: string) =>
    records.list(collection, { by: "owner", channel, person, limit: MANY });

  /** The token that holds after an act; of two at the same time one comes after the other. */
  const decide = ({ channel, person }: CalendarOf, act: { id: string; do: CalendarLinkAct }) =>
    untilWon("The address of a calendar", async () => {
      const { version, known } = await heldBy(channel, person);
      if (known?.acts.includes(act.id) === true) return { token: known.token };
      const token = tokenAfter(act.do, known?.token);
      const saved = await records.put(OF_PERSON, idOf(channel, person), {
        value: { acts: [...(known?.acts ?? []), act.id].slice(-REMEMBERED), ...(token === undefined ? {} : { token }) },
        over: version,
        owner: { channel, person },
        // That it is closed is known a little longer, for who repeats the closing after another was made.
        expiresAt: now() + (token === undefined ? DAY_MS : LONG_MS),
      });
      return saved === "saved" ? { token } : "stale";
    });

  return {
    async change(of, act) {
      const { channel, person } = of;
      const { token } = await decide(of, act);
      if (token !== undefined) {
        const value = { channel, person, language: of.language, token };
        // "stale" means that it is there already.
        await records.put(BY_TOKEN, hashOf(token), { value, over: 0, owner: { channel, person }, expiresAt: now() + LONG_MS });
      }
      // Listed first: of what is listed then, whatever does not hold afterwards never will again.
      const all = await listed(BY_TOKEN, channel, person);
      const current = (await heldBy(channel, person)).known?.token;
      for (const each of all) if (current === undefined || tokenIn(each) !== current) await records.remove(BY_TOKEN, each.id);
      return current === undefined ? undefined : `${publicUrl}/calendar/${current}.ics`;
    },

    async find(token) {
      const stored = await records.get(BY_TOKEN, hashOf(token));
      const link = opened.safeParse(stored?.value).data;
      if (link === undefined) return undefined;
      const { channel, person, language } = link;
      const { known } = await heldBy(channel, person);
      return known?.token === token ? { channel, person, language } : undefined;
    },

    async erase(channel, person) {
      await records.remove(OF_PERSON, idOf(channel, person));
      for (const { id } of await listed(BY_TOKEN, channel, person)) await records.remove(BY_TOKEN, id);
    },
  };
}

function tokenAfter(act: CalendarLinkAct, before: string | undefined): string | undefined {
  if (act === "close") return undefined;
  return act === "show" && before !== undefined ? before : randomBytes(TOKEN_BYTES).toString("base64url");
}

function tokenIn({ value }: StoredRecord): string | undefined {
  return opened.safeParse(value).data?.token;
}

function idOf(channel: string, person: string): string {
  return JSON.stringify([channel, person]);
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

import type { Text } from "#core/message.ts";
import type { StaffPost } from "#core/staff.ts";
import { dateInWords } from "#text/dates.ts";
import type { Language } from "#text/language.ts";

/** What the week is told from. All of it counted already: no single question of a member is in it. */
export interface Week {
  /** ISO days, both included. */
  readonly from: string;
  readonly to: string;
  /** How often entries answered, by title. */
  readonly answered: readonly Counted[];
  /** How often was asked what found no answer, by the words that those questions share. */
  readonly unanswered: readonly Counted[];
  /** Entries that were told to be of no help, by title. */
  readonly poorlyRated: readonly Counted[];
  /** Titles of entries past their review day. */
  readonly overdue: readonly string[];
}

export interface Counted {
  readonly title: string;
  readonly count: number;
}

/** Smaller counts could point at somebody. */
export const LEAST_SHOWN = 5;
const MOST_LINES = 10;

/** The weekly note *Ne soruldu?*: what was asked most, what found no answer, what helped nobody, what is to be read again. */
export function weeklyNote(week: Week, language: Language): StaffPost {
  const paragraphs: Text[] = [
    {
      key: "weekly.title",
      values: { from: dateInWords(week.from, language), to: dateInWords(week.to, language) },
    },
    ...counts("weekly.answered", week.answered),
    ...counts("weekly.unanswered", week.unanswered),
    ...counts("weekly.poorlyRated", week.poorlyRated),
  ];
  if (week.overdue.length > 0) {
    const titles = week.overdue.slice(0, MOST_LINES).map((title): Text => ({ words: `• ${title}` }));
    paragraphs.push({ key: "weekly.overdue", values: { count: week.overdue.length } }, ...titles);
  }
  return { paragraphs, buttons: [] };
}

/** The head and its lines. What was asked less often than five times is told as one number of things, and only where that is five too. */
function counts(head: "weekly.answered" | "weekly.unanswered" | "weekly.poorlyRated", counted: readonly Counted[]): Text[] {
  const shown = counted
    .filter(({ count }) => count >= LEAST_SHOWN)
    .toSorted((a, b) => b.count - a.count)
    .slice(0, MOST_LINES);
  const few = counted.filter(({ count }) => count < LEAST_SHOWN).length;
  const rest: Text[] = few >= LEAST_SHOWN ? [{ key: "weekly.rare", values: { count: few } }] : [];
  if (shown.length === 0 && rest.length === 0) return [];
  const lines = shown.map(({ title, count }): Text => ({ key: "weekly.line", values: { title, count } }));
  return [{ key: head }, ...lines, ...rest];
}

import { z } from "zod";
import { type Entry, TOPICS } from "#core/entry.ts";
import type { KnowledgeBase } from "#core/knowledge-base.ts";
import type { Records } from "#core/ports.ts";
import type { AskedGroup } from "#core/staff.ts";
import type { AnswerCounts } from "#desk/answer-counts.ts";
import { openQuestions } from "#desk/recorded.ts";
import { groupsOf } from "#desk/unanswered.ts";
import { type Counted, LEAST_SHOWN, type Week } from "#desk/weekly.ts";
import { daysLater, mondayOf, momentAt } from "#text/clock.ts";
import { dayAt } from "#text/dates.ts";
import type { Language } from "#text/language.ts";
import { stem } from "#text/stem.ts";
import { words } from "#text/words.ts";

export interface WeekParts {
  readonly records: Records;
  readonly knowledge: () => KnowledgeBase;
  readonly counts: Pick<AnswerCounts, "of">;
  readonly timeZone: string;
  /** The language that staff read. */
  readonly language: Language;
  readonly pause: () => Promise<void>;
}

const MOST_READ = 5000;
const verdict = z.object({ entry: z.string(), helpful: z.boolean(), at: z.number() });

/** What happened in the week before the one of a moment (milliseconds), Monday to Sunday. */
export async function lastWeek(parts: WeekParts, now: number): Promise<Week> {
  const { records, knowledge, counts, timeZone, language, pause } = parts;
  const today = dayAt(now, timeZone);
  const monday = mondayOf(today);
  const from = daysLater(monday, -7);
  const [begins, ends] = [momentAt(from, 0, timeZone), momentAt(monday, 0, timeZone)];
  const within = ({ at }: { readonly at: number }) => at >= begins && at < ends;
  const base = knowledge();
  const titled = (count: number, id: string): Counted => ({ title: base.entry(id)?.title[language] ?? id, count });

  const rated = await records.list("feedback", { by: "index", name: "verdict", value: "no", limit: MOST_READ });
  const poor = new Map<string, number>();
  for (const { value } of rated) {
    const read = verdict.safeParse(value).data;
    if (read !== undefined && within(read)) poor.set(read.entry, (poor.get(read.entry) ?? 0) + 1);
  }
  const groups = await groupsOf((await openQuestions(records)).filter(within), pause);
  const overdue = ({ review }: Entry) => review !== undefined && review < today;
  return {
    from,
    to: daysLater(monday, -1),
    answered: Object.entries(await counts.of(from)).map(([id, count]) => titled(count, id)),
    unanswered: groups.map((group) => ({ title: nameOf(group), count: group.asked.length })),
    poorlyRated: [...poor].map(([id, count]) => titled(count, id)),
    overdue: TOPICS.flatMap((topic) => base.entriesOf(topic, language))
      .filter(overdue)
      .map(({ title }) => title[language]),
  };
}

/** A group by the words that enough of its questions share: the note stays in the channel, and no member's sentence may stay in it. */
function nameOf({ question, asked }: AskedGroup): string {
  const stems = asked.map((each) => new Set(words(each.question).map(({ folded }) => stem(folded))));
  const shared = words(question).filter(({ folded }) => stems.filter((all) => all.has(stem(folded))).length >= LEAST_SHOWN);
  return shared.length === 0 ? "…" : shared.map(({ exact }) => exact).join(" ");
}

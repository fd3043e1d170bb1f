import type { Announcements } from "#announcements/announcements.ts";
import { allAsOfNow } from "#announcements/as-of-now.ts";
import { deliverRun } from "#announcements/deliver.ts";
import { digestAudience } from "#announcements/digest-audience.ts";
import { nextDigest, nextDigestHour } from "#announcements/digest-hours.ts";
import { weeklyDigest } from "#announcements/digest.ts";
import { createLastTries } from "#announcements/last-tries.ts";
import { createLatest } from "#announcements/latest.ts";
import type { Run, RunEnd } from "#announcements/parts.ts";
import type { Runs, RunsParts } from "#announcements/runs.ts";
import type { Subscribers } from "#announcements/subscribers.ts";
import { createUnderWay } from "#announcements/under-way.ts";
import type { ToldWeek, Weeks } from "#announcements/weeks.ts";
import type { Announcement } from "#core/announcement.ts";
import type { Event } from "#core/event.ts";
import type { Jobs } from "#core/ledger.ts";
import type { Settings } from "#core/step.ts";
import { dayAt } from "#text/dates.ts";

export interface WeekRunsParts extends Omit<RunsParts, "announcements" | "timeZone"> {
  readonly announcements: Pick<Announcements, "announcement" | "about">;
  readonly weeks: Weeks;
  readonly subscribers: Pick<Subscribers, "pages">;
  readonly jobs: Jobs;
  readonly events: () => readonly Event[];
  readonly settings: Settings;
  /** Is told how a week ended: nobody has a card of it. */
  readonly weekEnded: (
    week: string,
    told: { readonly sent: number; readonly failed: number; readonly uncertain: number },
  ) => void;
}

/** Tells each week to those who chose one message a week, in this process, side by side with others. */
export interface WeekRuns extends Runs {
  /** Begins to do what is due, and plans the next week. */
  start(): Promise<void>;
}

const JOB = "weekly-digest";

export function createWeekRuns(parts: WeekRunsParts): WeekRuns {
  const { announcements, hold, drawing, deliver, weeks, jobs, settings, remind } = parts;
  const { timeZone } = settings;
  const underWay = createUnderWay(deliver.now, parts.failed);
  const lastTries = createLastTries(deliver.now);
  const notHeld = async () => (await hold.held()) === undefined;

  const plan = async () => {
    const at = nextDigest(deliver.now(), timeZone);
    await jobs.schedule({ name: JOB, id: `week-${dayAt(at, timeZone)}`, about: "" }, at);
  };

  const readAll = async (ids: readonly string[]): Promise<Announcement[]> =>
    (await Promise.all(ids.map((id) => announcements.announcement(id)))).flatMap((each) => each ?? []);

  /** As they are to be read now: without those whose event is cancelled. */
  const standing = async (ids: readonly string[]): Promise<Announcement[]> =>
    allAsOfNow(await readAll(ids), (event) => announcements.about(event));

  const send = async (week: ToldWeek): Promise<RunEnd> => {
    const { run, from, announcements: ids, carried = [] } = week;
    const asked = {
      fresh: await standing(ids),
      carried: await standing(carried),
      earlier: (await weeks.before(week)).map((each) => each.run),
    };
    await drawing.drawOnce(run, digestAudience({ ...parts, ledger: deliver.ledger }, asked));
    const latest = createLatest(() => standing([...carried, ...ids]), deliver.now);
    const whole: Run = {
      id: run,
      /** As it stands at that moment. */
      async messageFor({ address, tells = [] }) {
        const subscription = await parts.subscriptionOf(address);
        if (subscription === undefined) return undefined;
        const told = (await latest()).filter(({ id }) => tells.includes(id));
        return weeklyDigest({ from, to: deliver.now(), announcements: told, events: parts.events(), settings }, subscription);
      },
      allowedFrom: (_to, now) => nextDigestHour(now, timeZone),
      triedUntil: lastTries.until(run, week.to),
      goesOn: notHeld,
    };
    return deliverRun({ ...deliver, holder: parts.holder() }, whole);
  };

  const remindReaders = async (week: ToldWeek) => {
    const events = new Map(
      (await readAll([...(week.carried ?? []), ...week.announcements])).flatMap(({ id, event, news }) =>
        event && news === "event" ? [[id, event] as const] : [],
      ),
    );
    if (events.size > 0) await remind(week.run, ({ tells = [] }) => tells.flatMap((id) => events.get(id) ?? []));
  };

  return {
    async start() {
      await jobs.work(JOB, async ({ id }) => {
        const now = deliver.now();
        const at = nextDigestHour(now, timeZone);
        // Where nothing ran at ten, nobody hears of it on a day of rest.
        if (at > now) return jobs.schedule({ name: JOB, id, about: "" }, at);
        await weeks.begin(id);
        await plan();
      });
      await plan();
    },
    async settleOwed() {
      const due = (await notHeld()) ? await weeks.due() : [];
      // One after the other: what the earlier one leaves over comes with the later one.
      const first = due.slice(0, 1);
      lastTries.only(first.map(({ run }) => run));
      for (const week of first)
        underWay.begin(
          week.run,
          () => send(week),
          async () => {
            await remindReaders(week);
            const { sent, uncertain, failed } = await deliver.ledger.counts(week.run);
            await weeks.end(week.run);
            parts.weekEnded(week.run, { sent, failed: failed.gone + failed.refused + failed.left, uncertain });
          },
        );
      return due.length;
    },
    [Symbol.asyncDispose]: () => underWay[Symbol.asyncDispose](),
  };
}

import type { Announcements } from "#announcements/announcements.ts";
import { asOfNow } from "#announcements/as-of-now.ts";
import { deliverRun } from "#announcements/deliver.ts";
import { nextDigest, nextDigestHour, waitedFor, weeklyDigest } from "#announcements/digest.ts";
import type { Drawing } from "#announcements/draw.ts";
import type { Run, RunEnd } from "#announcements/parts.ts";
import type { Runs, RunsParts } from "#announcements/runs.ts";
import type { Subscribers } from "#announcements/subscribers.ts";
import { createUnderWay } from "#announcements/under-way.ts";
import type { ToldWeek, Weeks } from "#announcements/weeks.ts";
import type { Announcement } from "#core/announcement.ts";
import type { Event } from "#core/event.ts";
import type { Jobs, Recipient } from "#core/ledger.ts";
import type { Address, Text } from "#core/message.ts";
import type { Settings } from "#core/step.ts";
import { ANNOUNCED_TOPICS, addressOf } from "#core/subscription.ts";
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
  const notHeld = async () => (await hold.held()) === undefined;

  const plan = async () => {
    const at = nextDigest(deliver.now(), timeZone);
    await jobs.schedule({ name: JOB, id: `week-${dayAt(at, timeZone)}`, about: "" }, at);
  };

  const readAll = async (ids: readonly string[]): Promise<Announcement[]> =>
    (await Promise.all(ids.map((id) => announcements.announcement(id)))).flatMap((each) => each ?? []);

  /** As they are to be read now: without those whose event is cancelled. */
  const standing = async (ids: readonly string[]): Promise<Announcement[]> => {
    const read = await readAll(ids);
    const all = await Promise.all(
      read.map(async (each) => asOfNow(each, each.event === undefined ? [] : await announcements.about(each.event))),
    );
    return all.flatMap((each) => each ?? []);
  };

  /** The message as it stands at that moment; `undefined` where nothing of it is left for them. */
  const textsFor = async ({ from }: ToldWeek, { address, tells = [] }: Recipient) => {
    const subscription = await parts.subscriptionOf(address);
    if (subscription === undefined) return undefined;
    const week = { from, to: deliver.now(), announcements: await standing(tells), events: parts.events(), settings };
    // Who wants each by itself from now on gets what waited for them until then.
    const texts = weeklyDigest(week, { ...subscription, weekly: true });
    return texts === undefined ? undefined : { texts, language: subscription.language };
  };

  const send = async (week: ToldWeek): Promise<RunEnd> => {
    await drawing.drawOnce(week.run, audienceOf(parts, week, await standing(week.announcements)));
    const nothing: readonly Text[] = [];
    const run: Run = {
      id: week.run,
      async replyFor(to) {
        const { texts = nothing, language = to.language } = (await textsFor(week, to)) ?? {};
        return { kind: "say", language, paragraphs: texts };
      },
      wants: async (to) => (await textsFor(week, to)) !== undefined,
      allowedFrom: (_to, now) => nextDigestHour(now, timeZone),
      goesOn: notHeld,
    };
    return deliverRun({ ...deliver, holder: parts.holder() }, run);
  };

  const remindReaders = async (week: ToldWeek) => {
    const events = new Map(
      (await readAll(week.announcements)).flatMap(({ id, event, news }) =>
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
      if (!(await notHeld())) return 0;
      const due = await weeks.due();
      for (const week of due)
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

/** Subscribers for whom something waits, with what; not what came to them by itself before they chose one message a week. */
async function* audienceOf(
  { subscribers, drawing }: { readonly subscribers: Pick<Subscribers, "pages">; readonly drawing: Pick<Drawing, "expects"> },
  { from, to }: ToldWeek,
  announcements: readonly Announcement[],
): AsyncGenerator<Recipient[]> {
  if (announcements.length === 0) return;
  for await (const page of subscribers.pages(ANNOUNCED_TOPICS)) {
    const waiting = page.map((subscriber) => ({
      address: addressOf(subscriber),
      language: subscriber.subscription.language,
      tells: waitedFor({ from, to, announcements }, subscriber.subscription).map(({ id }) => id),
    }));
    // Who chose one message a week since has it by itself, or is still to get it so.
    const single = new Set<string>();
    for (const { id } of announcements) {
      const asked = waiting.filter(({ tells }) => tells.includes(id)).map(({ address }) => address);
      const expected = await drawing.expects(id, asked);
      for (const [at, address] of asked.entries()) if (expected[at] === true) single.add(keyOf(id, address));
    }
    yield waiting.flatMap(({ tells, ...each }) => {
      const left = tells.filter((id) => !single.has(keyOf(id, each.address)));
      return left.length === 0 ? [] : [{ ...each, tells: left }];
    });
  }
}

function keyOf(announcement: string, { channel, person }: Address): string {
  return JSON.stringify([announcement, channel, person]);
}

import type { AnswerTime } from "#core/answer-time.ts";
import type { Closure } from "#core/holidays.ts";
import { daysLater, minutesAt, mondayOf, minutesOf, momentAt, timeOf, weekdayOf } from "#text/clock.ts";
import { dayAt } from "#text/dates.ts";

/** From and to, in minutes after midnight. */
type Interval = readonly [from: number, to: number];
/** By weekday, Sunday first. */
type WeekHours = readonly (readonly Interval[])[];

/** When somebody is at the desk. */
export interface Office {
  readonly hours: WeekHours;
  readonly timeZone: string;
  readonly closure: (day: string) => Closure | undefined;
}

const MINUTE_MS = 60_000;
/** What comes with less left of the day is looked at on the next one. */
const LEAST_LEFT_MS = 2 * 60 * MINUTE_MS;
/** No office is closed for longer. */
const LOOKED_AHEAD_DAYS = 60;

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const PART =
  /^(?<from>[A-Z][a-z]{2})(?:-(?<to>[A-Z][a-z]{2}))?(?<times>(?:\s+([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)+)$/;

/** Reads "Mon-Thu 09:00-12:30 13:30-17:00, Fri 09:00-16:00"; `undefined` for anything else, and for a week without an hour. */
export function parseOfficeHours(written: string): WeekHours | undefined {
  const week: Interval[][] = DAYS.map(() => []);
  for (const part of written.split(",")) {
    const { from = "", to = from, times } = PART.exec(part.trim())?.groups ?? {};
    const [first, last] = [DAYS.indexOf(from), DAYS.indexOf(to)];
    if (times === undefined || first < 0 || last < 0) return undefined;
    const intervals = times.trim().split(/\s+/).map(intervalOf);
    if (intervals.some(([opens, closes]) => opens >= closes)) return undefined;
    for (let day = first; ; day = (day + 1) % DAYS.length) {
      week[day]?.push(...intervals);
      if (day === last) break;
    }
  }
  return week.map((intervals) => intervals.toSorted(([one], [other]) => one - other));
}

function intervalOf(written: string): Interval {
  const [from = "", to = ""] = written.split("-");
  return [minutesOf(from), minutesOf(to)];
}

/** When somebody is there on an ISO day. */
function hoursOn({ hours, closure }: Office, day: string): readonly Interval[] {
  const usual = hours[weekdayOf(day)] ?? [];
  const closed = closure(day);
  if (closed === undefined) return usual;
  const until = closed.from ?? 0;
  return usual.flatMap(([from, to]): Interval[] => (from < until ? [[from, Math.min(to, until)]] : []));
}

/** The stretches somebody is there from a moment on, for as long as is looked ahead. */
function* stretches(
  office: Office,
  now: number,
): Generator<{ readonly day: string; readonly from: number; readonly to: number }> {
  const today = dayAt(now, office.timeZone);
  for (let ahead = 0; ahead <= LOOKED_AHEAD_DAYS; ahead += 1) {
    const day = daysLater(today, ahead);
    for (const [opens, closes] of hoursOn(office, day)) {
      const from = Math.max(now, momentAt(day, opens, office.timeZone));
      const to = momentAt(day, closes, office.timeZone);
      if (from < to) yield { day, from, to };
    }
  }
}

/** The moment at which so much working time (milliseconds) has passed since another. */
export function afterWorking(office: Office, since: number, milliseconds: number): number {
  let left = milliseconds;
  for (const { from, to } of stretches(office, since)) {
    if (to - from >= left) return from + left;
    left -= to - from;
  }
  return since + LOOKED_AHEAD_DAYS * 24 * 60 * MINUTE_MS;
}

/** The beginning of the first working day after the one of a moment. */
export function nextMorning(office: Office, now: number): number {
  const today = dayAt(now, office.timeZone);
  for (const { day, from } of stretches(office, now)) if (day !== today) return from;
  return now + LOOKED_AHEAD_DAYS * 24 * 60 * MINUTE_MS;
}

/** The beginning of the first working day of the week after the one of a moment. */
export function nextWeekMorning(office: Office, now: number): number {
  const monday = daysLater(mondayOf(dayAt(now, office.timeZone)), 7);
  for (const { day, from } of stretches(office, now)) if (day >= monday) return from;
  return now + LOOKED_AHEAD_DAYS * 24 * 60 * MINUTE_MS;
}

/** When a question that comes now is looked at: today where enough is left of it, otherwise the next working day, with what lies between. */
export function whenAnswered(office: Office, now: number): AnswerTime {
  const today = dayAt(now, office.timeZone);
  let left = 0;
  let until = 0;
  let next: string | undefined;
  for (const { day, from, to } of stretches(office, now)) {
    if (day !== today) {
      next = day;
      break;
    }
    left += to - from;
    until = Math.max(until, to);
  }
  if (left >= LEAST_LEFT_MS || next === undefined) {
    return { is: "today", until: timeOf(minutesAt(until === 0 ? now : until, office.timeZone)) };
  }
  const holiday = holidayBetween(office, today, next, left > 0);
  if (holiday) return { is: "after-holiday", day: next, holiday: holiday.name, feast: holiday.feast };
  return { is: "later", day: next, open: isOpen(office, now) };
}

function isOpen(office: Office, now: number): boolean {
  for (const { from } of stretches(office, now)) return from === now;
  return false;
}

/** The holiday for which nobody is there between now and a day. */
function holidayBetween(office: Office, today: string, next: string, todayLeft: boolean): Closure | undefined {
  for (let day = todayLeft ? daysLater(today, 1) : today; day < next; day = daysLater(day, 1)) {
    const closed = office.closure(day);
    // A holiday on a Sunday keeps nobody waiting. A free afternoon counts once it has begun.
    if (closed !== undefined && (office.hours[weekdayOf(day)] ?? []).length > 0) return closed;
  }
  return undefined;
}

/** Closed days entered by hand: "2026-12-31 12:30, 2027-03-08, 2027-05-20..2027-05-21"; `undefined` for anything else. */
export function parseClosedDays(written: string): ReadonlyMap<string, Closure> | undefined {
  const closed = new Map<string, Closure>();
  for (const part of written.split(",").map((each) => each.trim())) {
    if (part === "") continue;
    const { from, to, time } = CLOSED.exec(part)?.groups ?? {};
    if (from === undefined || !isDay(from) || (to !== undefined && (!isDay(to) || to < from || to > daysLater(from, 365)))) {
      return undefined;
    }
    const closure = { name: { tr: "idari izin", en: "closed day" }, feast: false };
    for (let day = from; day <= (to ?? from); day = daysLater(day, 1)) {
      closed.set(day, time === undefined ? closure : { ...closure, from: minutesOf(time) });
    }
  }
  return closed;
}

const CLOSED = /^(?<from>\d{4}-\d{2}-\d{2})(?:\.\.(?<to>\d{4}-\d{2}-\d{2})|\s+(?<time>(?:[01]\d|2[0-3]):[0-5]\d))?$/;

function isDay(day: string): boolean {
  return !Number.isNaN(Date.parse(`${day}T00:00Z`)) && daysLater(day, 0) === day;
}

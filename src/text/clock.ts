const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a time zone show at a moment (milliseconds), as if it were UTC. */
function shownAt(moment: number, timeZone: string): number {
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  clocks.set(timeZone, clock);
  return Date.parse(`${clock.format(moment).replace(" ", "T")}Z`);
}

/** Minutes since midnight at a moment (milliseconds) in a time zone. */
export function minutesAt(moment: number, timeZone: string): number {
  return Math.floor((shownAt(moment, timeZone) % DAY_MS) / MINUTE_MS);
}

/** The moment (milliseconds) at which the clocks of a time zone show so many minutes past midnight on an ISO day. */
export function momentAt(day: string, minutes: number, timeZone: string): number {
  const wanted = Date.parse(`${day}T00:00Z`) + minutes * MINUTE_MS;
  // Off by as much as the zone is; where the clocks are changed in between, looked at once more.
  const near = wanted - (shownAt(wanted, timeZone) - wanted);
  return near + (wanted - shownAt(near, timeZone));
}

/** The ISO day so many days later. */
export function daysLater(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 0: Sunday … 6: Saturday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00Z`).getUTCDay();
}

/** The Monday of the week of an ISO day. */
export function mondayOf(day: string): string {
  return daysLater(day, -((weekdayOf(day) + 6) % 7));
}

/** "09:30" as minutes since midnight. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** Minutes since midnight as "09:30". */
export function timeOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

import { turkishHoliday } from "#core/holidays.ts";

const DAY_MS = 86_400_000;

/** The ISO day so many days later. */
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
/** The moment at which the clocks of Türkiye, three hours ahead all year round, show this. */
export const there = (day: string, time: string): string => new Date(`${day}T${time}+03:00`).toISOString();
/** As staff type a day, or a time on it. */
export const typed = (day: string, time = ""): string => `${day.split("-").toReversed().join(".")} ${time}`.trim();
/** As a Turkish reader sees a day. */
export const inWords = (day: string): string =>
  new Intl.DateTimeFormat("tr", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(Date.parse(day));

/** A whole day of a feast. */
export const isFeast = (day: string): boolean => {
  const holiday = turkishHoliday(day);
  return holiday?.feast === true && holiday.from === undefined;
};
/** The first day from the day after tomorrow on that is so. */
export function dayThat(is: (day: string) => boolean): string {
  for (let day = daysAfter(new Date().toISOString().slice(0, 10), 2); ; day = daysAfter(day, 1)) if (is(day)) return day;
}

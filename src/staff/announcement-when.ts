import { nextDecentTime } from "#core/decent-hours.ts";
import { isFirstOfBayram } from "#core/holidays.ts";
import type { Announcement } from "#core/announcement.ts";
import type { AudienceSize } from "#core/announcing.ts";
import type { Text } from "#core/message.ts";
import type { CardButton } from "#core/workspace.ts";
import { dayAt, wholeDateInWords } from "#text/dates.ts";
import type { Language } from "#text/language.ts";

/** Where and in which words a moment is told. */
export interface Clock {
  readonly timeZone: string;
  readonly language: Language;
}

/** A moment on the clocks of Türkiye. */
export function inWords(moment: number, { timeZone, language }: Clock): string {
  const time = new Intl.DateTimeFormat("sv-SE", { timeZone, timeStyle: "short" }).format(moment);
  return wholeDateInWords(`${dayAt(moment, timeZone)}T${time}`, language);
}

/**
 * When an announcement that is not sent yet begins to go out (milliseconds), where that is later than was asked for; of one that is being
 * sent, when it may. `undefined` where nothing has to wait.
 */
export function waitsUntil(
  { state, sendAt, urgent }: Pick<Announcement, "state" | "sendAt" | "urgent">,
  now: number,
  timeZone: string,
): number | undefined {
  const asked = state === "sending" ? now : Math.max(sendAt ?? now, now);
  const opens = nextDecentTime(asked, { urgent }, timeZone);
  return opens > asked ? opens : undefined;
}

/** When it is to go out, and when it does instead; once that is over, when it was. */
export function whenLines({ sendAt, history, state }: Announcement, startsAt: number | undefined, clock: Clock): readonly Text[] {
  // What is sent again later was sent then all the same.
  const ended = state === "done" ? history.find(({ did }) => did === "end") : undefined;
  if (ended !== undefined) return [{ key: "newsCard.sentAt", values: { when: inWords(ended.at, clock) } }];
  const stopped = state === "stopped" ? history.findLast(({ did }) => did === "stop") : undefined;
  if (stopped !== undefined) return [{ key: "newsCard.stoppedAt", values: { when: inWords(stopped.at, clock) } }];
  const asked: Text = sendAt === undefined ? { key: "newsCard.onceApproved" } : { words: inWords(sendAt, clock) };
  return startsAt === undefined ? [asked] : [asked, laterLine(startsAt, clock)];
}

function laterLine(startsAt: number, clock: Clock): Text {
  const key = isFirstOfBayram(dayAt(startsAt, clock.timeZone)) ? "newsCard.bayramMorning" : "newsCard.byNight";
  return { key, values: { when: inWords(startsAt, clock) } };
}

/** What an approval is asked for once more: to how many it goes, and when. */
export function approvalQuestion(
  { sendAt }: Pick<Announcement, "sendAt">,
  {
    size: { single, weekly } = { single: 0, weekly: 0 },
    startsAt,
    now,
  }: { readonly size?: AudienceSize | undefined; readonly startsAt?: number | undefined; readonly now: number },
  clock: Clock,
): NonNullable<CardButton["confirm"]> {
  const later = startsAt ?? (sendAt !== undefined && sendAt > now ? sendAt : undefined);
  const yes: Text = { key: "staff.send" };
  if (single + weekly === 0) return { text: { key: "newsCard.nobody" }, yes: { key: "newsButton.approve" } };
  const values = { count: single, weekly, ...(later === undefined ? {} : { when: inWords(later, clock) }) };
  const at = later === undefined ? "now" : "at";
  return { text: { key: weekly === 0 ? `newsConfirm.${at}` : `newsConfirm.${at}Weekly`, values }, yes };
}

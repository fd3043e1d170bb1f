import { randomUUID } from "node:crypto";
import type { Bot } from "#bot/bot.ts";
import { createRunEffect } from "#bot/effects.ts";
import type { Channel, Store } from "#core/ports.ts";
import type { Desk } from "#desk/desk.ts";
import { createDesk } from "#desk/desk.ts";
import { turkishHoliday } from "#desk/holidays.ts";
import type { Office } from "#desk/office-hours.ts";
import { parseOfficeHours, whenAnswered } from "#desk/office-hours.ts";
import { createLog } from "#ops/log.ts";
import { base, botOver } from "./bot.ts";
import { SETTINGS } from "./knowledge.ts";
import type { RecordingRoom } from "./staff-room.ts";

const RETENTION_MS = 90 * 86_400_000;

export const OFFICE: Office = {
  hours: parseOfficeHours("Mon-Fri 09:00-17:00") ?? [],
  timeZone: SETTINGS.timeZone,
  closure: turkishHoliday,
};
export const SETTINGS_WITH_DESK = { ...SETTINGS, desk: { whenAnswered: (now: number) => whenAnswered(OFFICE, now) } };

export interface BotWithDesk {
  readonly bot: Bot;
  readonly desk: Desk;
  /** Lets everything happen that is due: on the member's side and on that of staff. */
  readonly settle: () => Promise<void>;
}

/** The bot of one process with a desk, wired as `main.ts` does. */
export function botWithDesk(store: Store, channel: Channel, room: RecordingRoom, now: () => number): BotWithDesk {
  const log = createLog("silent");
  const desk = createDesk({
    records: store.records,
    room,
    handle: (address, incoming) => bot.handle(address, incoming),
    office: OFFICE,
    card: { language: "tr", timeZone: SETTINGS.timeZone, titleOf: (id) => base.entry(id)?.title.tr },
    now,
    holder: randomUUID(),
    retentionMs: RETENTION_MS,
    log,
  });
  const channelOf = (name: string) => (name === channel.name ? channel : undefined);
  const runEffect = createRunEffect({ ...store, channel: channelOf, now, retentionMs: RETENTION_MS, desk });
  const bot = botOver(store, channel, { runEffect, now, settings: SETTINGS_WITH_DESK });
  return {
    bot,
    desk,
    async settle() {
      await desk.idle();
      await bot.settleOwed();
      await desk.settleOwed();
      await desk.idle();
    },
  };
}

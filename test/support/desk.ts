import { randomUUID } from "node:crypto";
import type { Bot, BotParts } from "#bot/bot.ts";
import { createRunEffect } from "#bot/effects.ts";
import type { Channel, Handle, Store } from "#core/ports.ts";
import type { StaffRoom } from "#core/staff.ts";
import type { Desk } from "#desk/desk.ts";
import { createDesk } from "#desk/desk.ts";
import { turkishHoliday } from "#core/holidays.ts";
import type { Office } from "#desk/office-hours.ts";
import { parseOfficeHours, whenAnswered } from "#desk/office-hours.ts";
import { createLog } from "#ops/log.ts";
import { botOver } from "./bot.ts";
import { SETTINGS, knowledge } from "./knowledge.ts";
import type { RecordingRoom } from "./staff-room.ts";

const base = await knowledge();
const RETENTION_MS = 90 * 86_400_000;

export const OFFICE: Office = {
  hours: parseOfficeHours("Mon-Fri 09:00-17:00") ?? [],
  timeZone: SETTINGS.timeZone,
  closure: turkishHoliday,
};
export const SETTINGS_WITH_DESK = { ...SETTINGS, desk: { whenAnswered: (now: number) => whenAnswered(OFFICE, now) } };

/** A desk over a store and a staff's room. */
export function createTestDesk(store: Store, room: StaffRoom, handle: Handle, now: () => number): Desk {
  return createDesk({
    records: store.records,
    room,
    handle,
    office: OFFICE,
    card: { language: "tr", timeZone: SETTINGS.timeZone, titleOf: (id) => base.entry(id)?.title.tr },
    now,
    holder: randomUUID(),
    retentionMs: RETENTION_MS,
    log: createLog("silent"),
  });
}

export interface BotWithDesk {
  readonly bot: Bot;
  readonly desk: Desk;
  /** Lets everything happen that is due: on the member's side and on that of staff. */
  readonly settle: () => Promise<void>;
}

/** The bot of one process with a desk, wired as `main.ts` does. */
export function botWithDesk(
  store: Store,
  channel: Channel,
  room: RecordingRoom,
  now: () => number,
  change: Partial<BotParts> = {},
): BotWithDesk {
  const desk = createTestDesk(store, room, (address, incoming) => bot.handle(address, incoming), now);
  const channelOf = (name: string) => (name === channel.name ? channel : undefined);
  const runEffect = createRunEffect({ ...store, channel: channelOf, now, retentionMs: RETENTION_MS, desk });
  const bot = botOver(store, channel, { runEffect, now, settings: SETTINGS_WITH_DESK, ...change });
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

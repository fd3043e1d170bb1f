import { createRunEffect } from "#bot/effects.ts";
import { renderConsole } from "#channels/console/render.ts";
import type { Event } from "#core/event.ts";
import type { KnowledgeBase } from "#core/knowledge-base.ts";
import type { Incoming, Reply } from "#core/message.ts";
import type { Sent } from "#core/ports.ts";
import { createEmbeddedJobs } from "#jobs/embedded.ts";
import { createReminders } from "#reminders/reminders.ts";
import { failingFor } from "./failing.ts";
import { ADDRESS, botOver, createWindow, message } from "./bot.ts";
import { knowledge, SETTINGS } from "./knowledge.ts";
import type { Place } from "./store.ts";
import { words } from "./words.ts";

const base = await knowledge();
const RETENTION_MS = 90 * 86_400_000;
/** The event that tests move about, with an entry that answers. */
const KEY = "avitem-izmir-2022";

export const at = (iso: string) => Date.parse(`${iso}+03:00`);

/** A member, an event to come, and an hour that only the test moves; wired as `main.ts` does. */
export async function reminding(place: Place, begins: string, fails: (Sent | Error)[] = []) {
  let held = false;
  let time = at("2026-11-24T09:00");
  let event: Event = { ...(base.event(KEY) as Event), start: begins, end: undefined, status: "announced" };
  const current = (): KnowledgeBase => ({
    ...base,
    event: (key) => (key === KEY ? event : base.event(key)),
    events: [event, ...base.events.filter(({ key }) => key !== KEY)],
  });
  const now = () => time;
  const dying = new Set<string>();
  const store = failingFor(await place.open({ now }), dying);
  const window = createWindow(fails);
  // Looked at by hand: its clock is not the test's.
  const jobs = createEmbeddedJobs({ records: store.records, now, failed: () => {}, everyMs: 2 ** 30 });
  const reminders = createReminders({
    records: store.records,
    jobs,
    handle: (address, incoming) => bot.handle(address, incoming),
    events: () => current().events,
    held: async () => held,
    now,
    timeZone: SETTINGS.timeZone,
  });
  const personalData = [reminders.personalData, ...store.personalData];
  const channel = () => window;
  const runEffect = createRunEffect({ ...store, personalData, channel, now, retentionMs: RETENTION_MS, reminders });
  const bot = botOver(store, window, { runEffect, now, knowledge: current });
  await reminders.start();
  const read = (reply: Reply | undefined) => (reply === undefined ? "" : renderConsole(reply, words, false));
  let said = 0;
  return {
    store,
    reminders,
    key: KEY,
    send: (incoming: Incoming) => bot.handle(ADDRESS, incoming),
    async say(text: string) {
      said += 1;
      await bot.handle(ADDRESS, message(`said-${said}`, text));
      return read(window.shown.at(-1));
    },
    /** What is shown until then, all that is due being done every quarter of an hour. */
    async until(iso: string) {
      const from = window.shown.length;
      const told: string[] = [];
      while (time < at(iso)) {
        time = Math.min(time + 15 * 60_000, at(iso));
        const before = window.shown.length;
        await jobs.settleOwed();
        await bot.settleOwed();
        for (const reply of window.shown.slice(before)) told.push(`${clock(time)} ${read(reply)}`);
      }
      return { told, times: told.map((each) => each.slice(0, 16)), count: window.shown.length - from };
    },
    async change(to: Partial<Event>) {
      event = { ...event, ...to, sequence: event.sequence + 1 };
      await reminders.follow();
    },
    /** The store is away when this is next written to, as when the process dies in between. */
    dies: (collection: string) => void dying.add(collection),
    /** All sending, or lets it go on. */
    hold: (on: boolean) => void (held = on),
    /** Nothing runs, and time goes by. */
    sleep: (iso: string) => (time = at(iso)),
    close: () => jobs[Symbol.asyncDispose](),
  };
}

function clock(time: number): string {
  return new Date(time + 3 * 60 * 60_000).toISOString().slice(0, 16);
}

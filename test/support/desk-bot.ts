import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createBot } from "#bot/bot.ts";
import { createRunEffect } from "#bot/effects.ts";
import { startSweep } from "#bot/sweep.ts";
import { openAnnounced } from "#commands/announced.ts";
import { createAnnouncing, publishedWith, type Announcing } from "#commands/open-announcements.ts";
import { openRuns } from "#commands/open-runs.ts";
import { createFollowing, createLook } from "#commands/look.ts";
import { openCalendars } from "#commands/open-calendar.ts";
import { openChannels, type House } from "#commands/open-channels.ts";
import { openDesk } from "#commands/open-desk.ts";
import { readConfig } from "#config.ts";
import type { Handle, Store } from "#core/ports.ts";
import type { Desk } from "#desk/desk.ts";
import { createEntries } from "#desk/entries.ts";
import { createEmbeddedJobs } from "#jobs/embedded.ts";
import { openLiveKnowledge } from "#knowledge/live.ts";
import { loadKnowledge } from "#knowledge/load.ts";
import { problemsOfEntry, readEntry } from "#knowledge/schema.ts";
import { createLog, type Log } from "#ops/log.ts";
import { createReminders } from "#reminders/reminders.ts";
import type { BotApi } from "./bot-api/server.ts";
import { slackSettings } from "./bot-process.ts";
import { SETTINGS_WITH_DESK } from "./desk.ts";
import { knowledge } from "./knowledge.ts";
import type { Channel } from "./slack/shapes.ts";
import type { Slack } from "./slack/server.ts";
import { SECRET_KEY } from "./store.ts";
import { words } from "./words.ts";

const RETENTION_MS = 90 * 86_400_000;
/** Sooner than an operator's, so that a test need not wait. */
const SWEEP_MS = 100;
const LOOK_MS = 100;
const NEVER_MS = 2 ** 30;

/** What turns the desk on, with Telegram for members. */
export function deskSettings(api: BotApi, slack: Slack, channel: Channel): Record<string, string> {
  return {
    TELEGRAM_BOT_TOKEN: api.token,
    TELEGRAM_API_ROOT: api.root,
    ...slackSettings(slack),
    SLACK_DESK_CHANNEL: channel.id,
  };
}

export interface DeskBot extends AsyncDisposable {
  readonly desk: Desk;
  /** What staff announce, below their windows. */
  readonly announcing: Announcing;
  /** Works on what goes out beside this process, as another one with the same channels does. */
  readonly workBeside: () => void;
}

/**
 * The whole bot of this process with Telegram, Slack and a desk, opened as `main.ts` does, over a store. Without a token of Telegram it has
 * Slack alone, beside another process that polls. `hear` is told what the log is told; `clock` is
 * the time of the bot.
 */
export async function runDeskBot(
  store: Store,
  slack: Slack,
  settings: Readonly<Record<string, string>>,
  hear: Partial<Log> = {},
  now = () => Date.now(),
): Promise<DeskBot> {
  const config = readConfig({ ...settings, PORT: "0", SECRET_KEY });
  const log = { ...createLog("silent"), ...hear };
  const base = await knowledge();
  const rules = () => ({ approvers: staffed?.approvers() ?? [], problemsOf: problemsOfEntry });
  const entries = createEntries({ records: store.records, rules, readEntry, now });
  const announcing = createAnnouncing({
    store,
    approvers: () => staffed?.approvers() ?? [],
    inFiles: (key) => base.event(key),
    retentionMs: RETENTION_MS,
    failed: log.sweepFailed,
    now,
    timeZone: config.settings.timeZone,
  });
  const { announced, refresh: lookAtAnnounced } = await openAnnounced(announcing.announcements);
  const published = publishedWith(entries, announcing.events, words);
  // Building it takes a moment, which is spared where nothing can be published.
  const live =
    config.slack?.approvers.length === 0
      ? { current: () => base, refresh: async () => false, preview: async () => base }
      : await openLiveKnowledge(await loadKnowledge("knowledge"), published, () => nextTurn());
  const current = () => live.current();
  const house: House = { config, secrets: { secretKey: SECRET_KEY }, words, log, now, retentionMs: RETENTION_MS };
  const stop = new AbortController();
  const calendars = openCalendars(house, store, () => current().events);
  const further = calendars === undefined ? [] : [calendars.route];
  const open = await openChannels(house, store, current, stop.signal, further);
  const holder = randomUUID();
  const handle: Handle = (address, incoming, saved) => bot.handle(address, incoming, saved);
  const staffed = openDesk(house, open.workspace, {
    ...store,
    announcing,
    holder,
    entries,
    knowledge: current,
    preview: live.preview,
    handle,
    lookEveryMs: LOOK_MS,
  });
  const desk = staffed?.desk;
  if (staffed === undefined || desk === undefined) throw new Error("there is no desk");
  const channelOf = (name: string) => open.channels.find((each) => each.name === name);
  // Due by the clock of the test. This kind is for one process alone: one beside it plans, and leaves the work to the one that polls.
  const everyMs = config.telegram === undefined ? NEVER_MS : LOOK_MS;
  const jobs = createEmbeddedJobs({ records: store.records, now, failed: log.jobFailed, everyMs });
  const events = () => current().events;
  const { timeZone } = config.settings;
  const held = async () => (await announcing.hold.held()) !== undefined;
  const reminders = createReminders({ records: store.records, jobs, handle, events, held, now, timeZone });
  const personalData = [reminders.personalData, ...store.personalData];
  const calendarLinks = calendars?.links;
  const bot = createBot({
    ...store,
    knowledge: current,
    announced,
    settings: { ...SETTINGS_WITH_DESK, ...(calendars === undefined ? {} : { calendarLinks: true }) },
    channel: channelOf,
    runEffect: createRunEffect({
      ...store,
      personalData,
      channel: channelOf,
      now,
      retentionMs: RETENTION_MS,
      desk,
      reminders,
      calendarLinks,
    }),
    log,
    now,
    holder,
    answered: (entry) => staffed.answered(entry),
  });
  const following = createFollowing(reminders);
  const look = createLook({
    owing: [entries, announcing.events],
    live,
    announced: lookAtAnnounced,
    renewed: following.renewed,
    failed: log.sweepFailed,
  });
  const openMine = () => openRuns({ house, store, announcing, channel: channelOf, reminders, jobs, events, signal: stop.signal });
  const runs = openMine();
  await runs.start();
  const beside: AsyncDisposable[] = [];
  const sweeps = [bot, staffed, runs, following, { settleOwed: look }].map((each) => startSweep(each, SWEEP_MS, log));
  const started = open.channels.map((each) => each.start(bot.handle));
  for (const each of started) each.catch(() => {});
  const sockets = slack.sockets.open();
  await slack.until(() => slack.sockets.open() >= Math.min(2, sockets + 2));
  return {
    desk,
    announcing,
    workBeside() {
      const others = openMine();
      beside.push(startSweep(others, SWEEP_MS, log), others);
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await Promise.allSettled(started);
      for (const sweep of sweeps) await sweep[Symbol.asyncDispose]();
      for (const each of beside) await each[Symbol.asyncDispose]();
      await runs[Symbol.asyncDispose]();
      await jobs[Symbol.asyncDispose]();
      await staffed[Symbol.asyncDispose]();
      await open[Symbol.asyncDispose]();
    },
  };
}

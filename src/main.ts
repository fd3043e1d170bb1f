import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createBot } from "#bot/bot.ts";
import { createRunEffect } from "#bot/effects.ts";
import { startSweep } from "#bot/sweep.ts";
import { openAnnounced } from "#commands/announced.ts";
import { createAnnouncing, publishedWith } from "#commands/open-announcements.ts";
import { openRuns } from "#commands/open-runs.ts";
import { createFollowing, createLook } from "#commands/look.ts";
import { openCalendars } from "#commands/open-calendar.ts";
import { openChannels, type House } from "#commands/open-channels.ts";
import { openJobs } from "#commands/open-jobs.ts";
import { openDesk } from "#commands/open-desk.ts";
import { openStore, secretsOf } from "#commands/open-store.ts";
import { runCommand } from "#commands/run-command.ts";
import type { Config } from "#config.ts";
import { readConfig } from "#config.ts";
import { TOPICS } from "#core/entry.ts";
import type { Handle } from "#core/ports.ts";
import { createEntries } from "#desk/entries.ts";
import { whenAnswered } from "#desk/office-hours.ts";
import { createWords } from "#i18n/words.ts";
import { openLiveKnowledge } from "#knowledge/live.ts";
import { loadKnowledge } from "#knowledge/load.ts";
import { problemsOfEntry, readEntry } from "#knowledge/schema.ts";
import { createLog } from "#ops/log.ts";
import { createReminders } from "#reminders/reminders.ts";

const DAY_MS = 86_400_000;
const SWEEP_MS = 2000;
/** How soon what another process published is taken up. */
const LOOK_MS = 200;

/** Reads the configuration, opens what it needs, wires it, and closes it again. */
async function run(config: Config): Promise<void> {
  const now = () => Date.now();
  const words = await createWords(new URL("../locales/", import.meta.url), { service: config.serviceName });
  // Reading the knowledge takes a moment, in which a person sees nothing else.
  if (process.stdin.isTTY && process.stdout.isTTY)
    process.stdout.write(`${words({ key: "console.opening" }, config.settings.defaultLanguage)}\n\n`);
  const files = await loadKnowledge(config.knowledgeDir);
  const log = createLog(config.logLevel);
  const retentionMs = config.settings.retentionDays * DAY_MS;
  const onConsole = config.telegram === undefined && config.slack === undefined;
  const metrics = onConsole ? undefined : (await import("#ops/metrics.ts")).createMetrics();
  const house: House = { config, secrets: await secretsOf(config), words, log, now, retentionMs, metrics };
  await using store = await openStore(config, house.secrets, now, (fault) => log.storeFault(fault));
  const rules = () => ({ approvers: staffed?.approvers() ?? [], problemsOf: problemsOfEntry });
  const entries = createEntries({ records: store.records, rules, readEntry, now });
  const announcing = createAnnouncing({
    store,
    approvers: () => staffed?.approvers() ?? [],
    inFiles: (key) => files.events.find((event) => event.key === key),
    retentionMs,
    failed: (error) => log.sweepFailed(error),
    now,
    timeZone: config.settings.timeZone,
  });
  const live = await openLiveKnowledge(files, publishedWith(entries, announcing.events, words), () => nextTurn());
  const { announced, refresh: lookAtAnnounced } = await openAnnounced(announcing.announcements);
  const stop = new AbortController();
  const calendars = openCalendars(house, store, () => live.current().events);
  const further = calendars === undefined ? [] : [calendars.route];
  await using open = await openChannels(house, store, () => live.current(), stop.signal, further);

  const holder = randomUUID();
  const knowledge = () => live.current();
  const handle: Handle = (address, incoming, saved) => bot.handle(address, incoming, saved);
  const { preview } = live;
  await using staffed = openDesk(house, open.workspace, { ...store, holder, entries, knowledge, preview, announcing, handle });
  const desk = staffed?.desk;

  await using jobs = await openJobs(config, store, now, log);
  const events = () => live.current().events;
  const { timeZone } = config.settings;
  const held = async () => (await announcing.hold.held()) !== undefined;
  const reminders = createReminders({ records: store.records, jobs, handle, events, held, now, timeZone, signal: stop.signal });
  const personalData = [reminders.personalData, ...store.personalData];

  const calendarLinks = calendars?.links;
  const channelOf = (name: string) => open.channels.find((channel) => channel.name === name);
  const bot = createBot({
    ...store,
    // On the console there is one person, and a pipe may hold many lines.
    limit: onConsole ? undefined : { most: 30, lastsMs: 60_000 },
    knowledge,
    announced,
    settings: {
      ...config.settings,
      ...(desk === undefined ? {} : { desk: { whenAnswered: (at: number) => whenAnswered(config.office, at) } }),
      ...(calendars === undefined ? {} : { calendarLinks: true }),
    },
    channel: channelOf,
    runEffect: createRunEffect({ ...store, personalData, channel: channelOf, now, retentionMs, desk, reminders, calendarLinks }),
    log,
    ended: (outcome) => metrics?.answered(outcome),
    now,
    holder,
    answered: (entry) => staffed?.answered(entry),
  });
  metrics?.watch({ knowledgeEntries: () => TOPICS.reduce((sum, topic) => sum + knowledge().entriesOf(topic, "tr").length, 0) });

  const seenBy = (what: string, owing: Pick<typeof bot, "settleOwed">) => ({
    async settleOwed() {
      const count = await owing.settleOwed();
      metrics?.owed(what, count);
      return count;
    },
  });

  // On the console it comes before anything is asked. Elsewhere it goes out beside what comes in: a chat that is slow to take it must
  // not keep the others waiting.
  if (onConsole) await bot.settleOwed();
  else for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  await using _sweep = startSweep(seenBy("replies", bot), SWEEP_MS, log);
  await using _desk = staffed && startSweep(seenBy("tickets", staffed), SWEEP_MS, log);
  const following = createFollowing(reminders);
  await using _following = startSweep(following, LOOK_MS, log);
  const runsNeeds = { house, store, announcing, channel: channelOf, reminders, jobs, events, signal: stop.signal };
  await using runs = openRuns(runsNeeds);
  await runs.start();
  await using _runs = startSweep(runs, SWEEP_MS, log);
  const look = createLook({
    owing: [entries, announcing.events],
    live,
    announced: lookAtAnnounced,
    renewed: following.renewed,
    failed: (error) => log.sweepFailed(error),
  });
  await using _looks = startSweep({ settleOwed: look }, LOOK_MS, log);
  // Where one platform cannot go on, the process ends as a whole and is started again: half a bot would be missed by nobody in time.
  const started = open.channels.map((channel) => channel.start(bot.handle));
  try {
    await Promise.all(started);
  } finally {
    stop.abort();
    await Promise.allSettled(started);
  }
}

await runCommand((environment) => run(readConfig(environment)));

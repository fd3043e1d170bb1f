import { request } from "node:http";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createBot } from "#bot/bot.ts";
import { createRunEffect } from "#bot/effects.ts";
import { renderConsole } from "#channels/console/render.ts";
import { createAnnouncing, publishedWith } from "#commands/open-announcements.ts";
import { openCalendars } from "#commands/open-calendar.ts";
import { readConfig } from "#config.ts";
import type { Event } from "#core/event.ts";
import type { Address, Incoming } from "#core/message.ts";
import type { TextKey } from "#core/texts.ts";
import { createEntries } from "#desk/entries.ts";
import { openLiveKnowledge } from "#knowledge/live.ts";
import { loadKnowledge } from "#knowledge/load.ts";
import { problemsOfEntry, readEntry } from "#knowledge/schema.ts";
import { createLog } from "#ops/log.ts";
import { openHttp } from "#ops/http.ts";
import { ADDRESS, createWindow } from "./bot.ts";
import { SETTINGS, TODAY } from "./knowledge.ts";
import type { Place } from "./store.ts";
import { words } from "./words.ts";

const files = await loadKnowledge("knowledge");
const RETENTION_MS = 90 * 86_400_000;
const PUBLIC_URL = "https://imece.example.org";

/** An answer as it came over the wire. */
export interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Asks with the path just as it is written, which `fetch` would tidy up. */
export function ask(port: number, path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: "127.0.0.1", port, path, method, headers, agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    asking.on("error", reject).end();
  });
}

/** One process with a member, staff who write events, and its HTTP server; wired as `main.ts` does, at an hour that only the test moves. */
export async function openCalendarBot(place: Place, time: { now: number } = { now: TODAY }) {
  const now = () => time.now;
  const store = await place.open({ now });
  const config = readConfig({ PUBLIC_URL, TELEGRAM_BOT_TOKEN: "123456789:AAF-bu_bir_sinama_belirtecidir" });
  const entries = createEntries({
    records: store.records,
    rules: () => ({ approvers: ["ali"], problemsOf: problemsOfEntry }),
    readEntry,
    now,
  });
  const approvers = () => ["ali"];
  const announcing = createAnnouncing({
    store,
    approvers,
    inFiles: () => undefined,
    retentionMs: RETENTION_MS,
    failed: () => {},
    now,
    timeZone: "Europe/Istanbul",
  });
  const live = await openLiveKnowledge(files, publishedWith(entries, announcing.events, words), () => nextTurn());
  const calendars = openCalendars({ config, words, now }, store, () => live.current().events);
  if (calendars === undefined) throw new Error("there are no calendars");
  const window = createWindow();
  const channel = () => window;
  const bot = createBot({
    ...store,
    knowledge: () => live.current(),
    settings: { ...SETTINGS, calendarLinks: true },
    channel,
    runEffect: createRunEffect({ ...store, channel, now, retentionMs: RETENTION_MS, calendarLinks: calendars.links }),
    log: createLog("silent"),
    now,
    holder: "test",
  });
  const http = await openHttp(0, [calendars.route], (error) => {
    throw error;
  });
  let said = 0;
  const shown = () => window.shown.map((reply) => renderConsole(reply, words, false));
  const send = (incoming: Incoming, from: Address = ADDRESS) => bot.handle(from, incoming);
  return {
    store,
    links: calendars.links,
    send,
    /** What is shown in answer. */
    async say(text: string, from: Address = ADDRESS): Promise<string> {
      said += 1;
      const before = window.shown.length;
      await send({ id: `said-${said}`, kind: "message", text }, from);
      return shown().slice(before).join("\n");
    },
    /** Presses a button of what was shown last, in place or anew. */
    async press(key: TextKey): Promise<void> {
      const last = window.shown.at(-1);
      const reply = last?.kind === "edit" ? last.reply : last;
      const options = reply?.kind === "choices" ? reply.options : [];
      const at = options.findIndex(({ label }) => "key" in label && label.key === key);
      if (reply?.kind !== "choices" || at < 0) throw new Error(`There is no ${key}.`);
      said += 1;
      await send({ id: `said-${said}`, kind: "choice", turn: reply.turn, option: at + 1 });
    },
    ask: (path: string, headers?: Record<string, string>, method?: string) => ask(http.port, path, headers, method),
    /** Staff propose, and another approves. */
    async publish(change: "new" | "move" | "cancel", event: Event): Promise<void> {
      const number = ((await announcing.events.record(event.key))?.versions.length ?? 0) + 1;
      await announcing.events.act(event.key, { id: `propose-${number}`, by: "veli", do: "propose", change, event });
      const by = { id: `approve-${number}`, by: "ali" };
      await announcing.events.act(event.key, { ...by, do: "approve", version: number, urgent: false });
      await live.refresh();
    },
    /** Takes up what another process published. */
    refresh: () => live.refresh(),
    close: () => http[Symbol.asyncDispose](),
  };
}

/** The path of the calendar's address in what was said; fails where there is none, or more than one. */
export function pathIn(said: string): string {
  const found = [...said.matchAll(/https:\/\/imece\.example\.org(\/calendar\/\S+)/g)].map(([, path]) => path ?? "");
  const [path] = found;
  if (path === undefined || found.length > 1) throw new Error(`There is not one address in: ${said}`);
  return path;
}

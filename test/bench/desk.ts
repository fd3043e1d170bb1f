import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import path from "node:path";
import type { Records, Store } from "#core/ports.ts";
import { putting, TICKETS, withEffects } from "#desk/record.ts";
import { openTicket } from "#desk/ticket.ts";
import { openEmbeddedStore } from "#store/embedded/open.ts";
import { openRedisStore } from "#store/redis/open.ts";
import { startBotApi, type BotApi } from "../support/bot-api/server.ts";
import { OFFICE } from "../support/desk.ts";
import { freePort } from "../support/free-port.ts";
import { startRedisServer } from "../support/redis-server.ts";
import { checkBlocks } from "../support/slack/blocks.ts";
import type { Delivery } from "../support/slack/deliveries.ts";
import { startSlack, type Slack } from "../support/slack/server.ts";
import type { Message, View } from "../support/slack/shapes.ts";
import { writeChapter } from "./page.ts";

// The desk with a thousand questions open: the program as an operator runs it, over HTTP, against the fake Slack, which shares the machine.

const QUESTIONS = 1000;
const UNANSWERED = 5000;
const TIMES = 100;
const LISTINGS = 10;
const DAY_MS = 86_400_000;
const RETENTION_MS = 90 * DAY_MS;
const SECRET_KEY = "only for measuring, and long enough to be one";
const THINGS = [
  "aidat borcum",
  "genel kurul çağrısı",
  "ortaklık payım",
  "denetim kurulu raporu",
  "tescil belgesi",
  "üyelik başvurum",
];
const WAYS = ["ne kadar sürer", "nasıl düzeltilir", "neden gecikti", "kime sorulur", "şart mı"];

/** Puts the questions, each with its card owed as after an outage, and what found no answer. */
async function fill(store: Store, api: BotApi): Promise<void> {
  const now = Date.now();
  for (let at = 0; at < QUESTIONS; at += 1) {
    const { chat } = api.person();
    api.state.chats.set(chat.id, chat);
    const address = { channel: "telegram", chat: String(chat.id), person: String(chat.id) };
    const question = `Bir sorum daha var: ${THINGS[at % THINGS.length]} ${WAYS[at % WAYS.length]}? ${"Ayrıntısını yazayım. ".repeat(at % 12)}(${at})`;
    const opening = { id: `bench-${at}`, address, language: "tr", question, offered: ["esmed-nedir"] } as const;
    const { ticket, effects } = openTicket(opening, now - (QUESTIONS - at) * 1000);
    const record = withEffects({ ticket, count: 0, owed: [], posts: [] }, ticket, effects, now);
    await store.records.put(TICKETS, opening.id, { ...putting(record, OFFICE, RETENTION_MS), over: 0 });
  }
  const put = (records: Records, at: number) => {
    const question = `${THINGS[at % THINGS.length]} ${WAYS[at % WAYS.length]} konu${at % 900} ek${at}`;
    const value = { kind: "record-unanswered", question, language: "tr", passedOn: false, at: now };
    return records.put("unanswered", `bench-${at}`, { value, over: 0, index: { state: "open" } });
  };
  for (let at = 0; at < UNANSWERED; at += 1) await put(store.records, at);
}

interface Row {
  readonly name: string;
  readonly acknowledged: readonly number[];
  /** Until it is seen: the page, the form, the card. */
  readonly seen: readonly number[];
  /** The longest the event loop of the bot was held meanwhile, milliseconds. */
  readonly held: number;
}

interface Measured {
  readonly rows: readonly Row[];
  readonly cardsAfterMs: number;
  readonly cardsHeldMs: number;
  /** The fullest page. */
  readonly page: { readonly blocks: number; readonly letters: number; readonly longest: number };
}

async function measure(open: () => Promise<Store>, settings: Readonly<Record<string, string>>): Promise<Measured> {
  await using api = await startBotApi();
  await using slack = await startSlack();
  const mehmet = slack.person({ name: "mehmet" });
  const others = Array.from({ length: 20 }, () => slack.person());
  const desk = slack.channel({ name: "danisma-masasi", private: true, members: [mehmet, ...others] });
  const store = await open();
  await fill(store, api);
  await store[Symbol.asyncDispose]();

  const port = await freePort();
  const env = {
    PATH: process.env["PATH"],
    PORT: String(port),
    SECRET_KEY,
    LOG_LEVEL: "error",
    TELEGRAM_BOT_TOKEN: api.token,
    TELEGRAM_API_ROOT: api.root,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    SLACK_DESK_CHANNEL: desk.id,
    ...settings,
  };
  const child = spawn(process.execPath, ["src/main.ts"], { env, stdio: ["ignore", "ignore", "inherit"] });
  slack.deliveries.requestUrl = `http://127.0.0.1:${port}/slack/events`;
  const longestHeld = async () => {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    return Number(/^nodejs_eventloop_lag_max_seconds (\S+)$/m.exec(text)?.[1]) * 1000;
  };
  const cards = () => slack.shown(desk.id);

  try {
    await slack.until(() => cards().length > 0, 60_000);
    const first = performance.now();
    await longestHeld();
    await slack.until(() => cards().length >= QUESTIONS, 300_000);
    const cardsAfterMs = performance.now() - first;
    const cardsHeldMs = await longestHeld();

    const measureAll = async (name: string, times: number, once: (at: number) => Promise<Pair>): Promise<Row> => {
      await longestHeld();
      const pairs: Pair[] = [];
      for (let at = 0; at < times; at += 1) pairs.push(await once(at));
      const acknowledged = pairs.map(([each]) => each);
      return { name, acknowledged, seen: pairs.map(([, each]) => each), held: await longestHeld() };
    };
    const card = (at: number): Message => {
      const found = cards()[at];
      if (found === undefined) throw new Error(`There is no card ${at}.`);
      return found;
    };
    const cardSays = (at: number, part: string) => () => JSON.stringify(card(at).blocks).includes(part);
    const formIs = (title: string) => () => mehmet.modal()?.view.title?.text === title;

    let page = { blocks: 0, letters: 0, longest: 0 };
    const opens = async (): Promise<Pair> => {
      const published = () => slack.callsOf("views.publish").filter(({ accepted }) => accepted).length;
      const before = published();
      const pair = await timed(
        slack,
        () => mehmet.opensHome(),
        () => published() > before,
      );
      page = larger(page, slack.state.homes.get(mehmet.user.id));
      return pair;
    };
    await opens();
    const rows = [
      await measureAll("*Home* opened", TIMES, opens),
      await measureAll("*Üstlen*", TIMES, (at) =>
        timed(slack, () => mehmet.presses(card(at), "Üstlen"), cardSays(at, "Üstlenen")),
      ),
    ];
    const [form, preview, send]: [Pair[], Pair[], Pair[]] = [[], [], []];
    const forms = await measureAll("*Yanıtla*: the form", TIMES, async (at) => {
      form.push(await timed(slack, () => mehmet.presses(card(at), "Yanıtla"), formIs("Yanıt yazın")));
      const words = `Sorunuz için teşekkürler. ${"Kaydınıza baktım, sorun görünmüyor. ".repeat(6)}(${at})`;
      preview.push(await timed(slack, () => mehmet.submits({ words }), formIs("Üye böyle görecek")));
      send.push(await timed(slack, () => mehmet.submits({}), cardSays(at, "✓ 1. yanıt ulaştı")));
      return form.at(-1) as Pair;
    });
    const named = (name: string, pairs: readonly Pair[]): Row => ({
      name,
      acknowledged: pairs.map(([each]) => each),
      seen: pairs.map(([, each]) => each),
      held: forms.held,
    });
    rows.push(forms, named("*Önizle*", preview), named("*Gönder*, until ✓ on the card", send));
    rows.push(
      await measureAll("*Kapat*, with its form", TIMES, async (at) => {
        await timed(slack, () => mehmet.presses(card(at), "Kapat"), formIs("Soruyu kapatın"));
        return timed(slack, () => mehmet.submits({ reason: "answered" }), cardSays(at, "Kapandı"));
      }),
      await measureAll(`\`/imece yanıtsız\` over ${UNANSWERED}`, LISTINGS, async () => {
        while (mehmet.modal() !== undefined) await mehmet.closes().done;
        return timed(slack, () => mehmet.commands("yanıtsız"), formIs("Yanıtı olmayan sorular"));
      }),
    );
    return { rows, cardsAfterMs, cardsHeldMs, page };
  } finally {
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }
}

/** Until it was acknowledged, and until it was seen. */
type Pair = readonly [acknowledged: number, seen: number];

async function timed(slack: Slack, act: () => Delivery, isSeen: () => boolean): Promise<Pair> {
  const began = performance.now();
  const delivery = act();
  const since = () => performance.now() - began;
  const acknowledged = delivery.done.then(since);
  const seen = slack.until(isSeen).then(since);
  const pair = [await acknowledged, await seen] as const;
  if (!delivery.acknowledged) throw new Error("Something was not acknowledged in time.");
  return pair;
}

function larger(before: Measured["page"], view: View | undefined): Measured["page"] {
  const blocks = checkBlocks(view?.blocks, 100);
  const texts = blocks.map(({ text }) => text?.text.length ?? 0);
  const letters = texts.reduce((sum, each) => sum + each, 0);
  return letters > before.letters ? { blocks: blocks.length, letters, longest: Math.max(...texts) } : before;
}

const at = (times: readonly number[], share: number) =>
  (times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(0);

function chapterOf(name: string, { rows, cardsAfterMs, cardsHeldMs, page }: Measured): string[] {
  const lines = rows.map(({ name: row, acknowledged, seen, held }) => {
    const cells = [row, at(acknowledged, 0.5), at(acknowledged, 0.99), at(seen, 0.5), at(seen, 0.99), held.toFixed(0)];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    `### ${name}`,
    "",
    "| what staff do | acknowledged, p50 ms | p99 | seen, p50 ms | p99 | event loop held at most, ms |",
    "| --- | --- | --- | --- | --- | --- |",
    ...lines,
    "",
    `*Home* at its fullest: ${page.blocks} of 100 blocks, ${page.letters} letters in all, ${page.longest} of 3,000 in the longest. After an outage all ${QUESTIONS} cards were posted`,
    `in ${(cardsAfterMs / 1000).toFixed(1)} s, the event loop held for ${cardsHeldMs.toFixed(0)} ms at most (Slack itself takes about one a second).`,
    "",
  ];
}

const [load = 0] = loadavg();
const options = { secretKey: SECRET_KEY, retentionMs: RETENTION_MS };
const redis = await startRedisServer();
const folder = mkdtempSync(path.join(tmpdir(), "imece-bench-"));
const lines = [
  `Written by \`npm run bench:desk\`: ${QUESTIONS} questions open, ${TIMES} of each act one after another (${LISTINGS} of the listing), the program over HTTP against the fake Slack, which shares`,
  "the machine's processors with it. *Acknowledged* is from the signed request to its answer, *seen* until the page, the form or the changed card stands in Slack.",
  "",
  ...chapterOf("Redis", await measure(() => openRedisStore({ ...options, url: redis.url }), { REDIS_URL: redis.url })),
  ...chapterOf("Embedded store", await measure(() => openEmbeddedStore({ ...options, folder }), { DATA_DIR: folder })),
  `Load of the machine before it began: ${load.toFixed(1)} on ${availableParallelism()} processors; Node ${process.versions.node}; ${new Date().toISOString().slice(0, 10)}.`,
];
await redis.stop();
rmSync(folder, { recursive: true });
await writeChapter("The desk", lines);

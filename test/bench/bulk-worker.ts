import { createTelegram } from "#channels/telegram/telegram.ts";
import type { Recipient } from "#core/ledger.ts";
import { createLog } from "#ops/log.ts";
import { openEmbeddedStore } from "#store/embedded/open.ts";
import { openRedisStore } from "#store/redis/open.ts";
import { deliverTo, partsOver } from "../support/run.ts";
import { SECRET_KEY } from "../support/store.ts";
import { words } from "../support/words.ts";

// One process that works on a run, as the bot would; what it is told stands in its environment. It ends when the run has.

const set = (name: string): string => process.env[name] ?? "";
const options = { secretKey: SECRET_KEY, retentionMs: 86_400_000 };
const open = () =>
  set("REDIS") === ""
    ? openEmbeddedStore({ folder: set("FOLDER"), ...options })
    : openRedisStore({ url: set("REDIS"), ...options });
// Redis may be away at this moment; a process of the bot would be started again by its keeper.
await using store = await open();
const stop = new AbortController();
process.on("SIGTERM", () => stop.abort());
const log = createLog("silent");
const telegram = createTelegram({
  token: set("TOKEN"),
  apiRoot: set("API"),
  secrets: { secretKey: SECRET_KEY },
  words,
  defaultLanguage: "tr",
  log,
  now: () => Date.now(),
  paidBroadcast: set("PAID") !== "",
  signal: stop.signal,
});

const [first = 0, people = 0] = set("CHATS").split(",").map(Number);
const everybody = Array.from({ length: people }, (_, at): Recipient => {
  const person = String(first + at);
  return { address: { channel: "telegram", chat: person, person }, language: "tr" };
});

const parts = partsOver(store, telegram, {
  paceOf: () => ({ perSecond: Number(set("RATE")), burst: 5 }),
  leaseMs: Number(set("LEASE")),
  signal: stop.signal,
});
const end = await deliverTo(parts, everybody, { id: set("RUN") });
process.exitCode = end.is === "done" ? 0 : 1;

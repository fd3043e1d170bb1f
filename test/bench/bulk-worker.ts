import { randomUUID } from "node:crypto";
import { deliverRun } from "#announcements/deliver.ts";
import { createTelegram } from "#channels/telegram/telegram.ts";
import type { Recipient } from "#core/ledger.ts";
import { createLog } from "#ops/log.ts";
import { openEmbeddedStore } from "#store/embedded/open.ts";
import { openRedisStore } from "#store/redis/open.ts";
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
function* audience(): Iterable<Recipient> {
  for (let at = first; at < first + people; at += 1)
    yield { address: { channel: "telegram", chat: String(at), person: String(at) }, language: "tr" };
}

const end = await deliverRun(
  {
    ledger: store.ledger,
    pace: store.pace,
    channel: (name) => (name === "telegram" ? telegram : undefined),
    paceOf: () => ({ perSecond: Number(set("RATE")), burst: 5 }),
    log,
    now: () => Date.now(),
    holder: randomUUID(),
    leaseMs: Number(set("LEASE")),
    signal: stop.signal,
  },
  {
    id: set("RUN"),
    audience: set("EXPANDED") === "" ? audience() : undefined,
    messageFor: () => ({
      reply: { kind: "say", language: "tr", paragraphs: [{ words: "İzmir buluşması 3 Aralık Perşembe günü." }] },
    }),
    allowedFrom: (_, now) => now,
    triedUntil: Number.POSITIVE_INFINITY,
    goesOn: () => true,
  },
);
process.exitCode = end.is === "done" ? 0 : 1;

import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRandom } from "#commands/fit/random.ts";
import { openEmbeddedStore } from "#store/embedded/open.ts";
import { openRedisStore } from "#store/redis/open.ts";
import { startBotApi } from "../support/bot-api/server.ts";
import { startProcess, type BotProcess } from "../support/bot-process.ts";
import { deskSettings } from "../support/desk-bot.ts";
import {
  answerOf,
  cardsOf,
  correctionOf,
  draftsOf,
  learn,
  live,
  newsOf,
  notesOf,
  seen,
  told,
  type Learning,
  type Scene,
  type Talk,
} from "../support/desk-people.ts";
import { doneIn, ticketsIn } from "../support/desk-store.ts";
import { anyMoment, replayOne, slowDown, stirUp, type Random } from "../support/desk-troubles.ts";
import { startRedisServer, type RedisServer } from "../support/redis-server.ts";
import { startSlack } from "../support/slack/server.ts";
import { SECRET_KEY } from "../support/store.ts";

/** How often a process is killed, with each store. */
const RUNS = Number(process.env["RUNS"] ?? 4);
const SEED = Number(process.env["SEED"] ?? randomInt(1_000_000));
/** As long as a ticket may meet one killed process after another. */
const WITHIN_MS = 90_000 + RUNS * 4500;
/** Longer than a lease: whoever held something is over by then, and a sweep has passed. */
const SETTLED_MS = 16_000;
const DAY_MS = 86_400_000;

let redis: RedisServer;
const folder = mkdtempSync(path.join(tmpdir(), "imece-desk-process-"));
beforeAll(async () => {
  redis = await startRedisServer();
}, 180_000);
afterAll(async () => {
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A word that no question has, and that is near to no other. */
function newName(random: Random): string {
  const letters = (of: string) => of.charAt(Math.floor(random() * of.length));
  return Array.from({ length: 4 }, () => letters("bdghjkpvyz") + letters("aeıou")).join("");
}

const OPTIONS = { secretKey: SECRET_KEY, retentionMs: 90 * DAY_MS };

describe.concurrent.each([
  ["embedded", () => ({ DATA_DIR: folder }), () => openEmbeddedStore({ ...OPTIONS, folder })],
  ["Redis", () => ({ REDIS_URL: redis.url }), () => openRedisStore({ ...OPTIONS, url: redis.url })],
] as const)("the desk, %s", (name, settings, open) => {
  test(
    `killed at ${RUNS} moments (SEED=${SEED}), with both platforms troubled: nothing is lost, and nothing told or decided twice`,
    { timeout: 180_000 + RUNS * 10_000 },
    async () => {
      const random = createRandom(SEED);
      await using api = await startBotApi();
      await using slack = await startSlack();
      const approvers = [slack.person(), slack.person()];
      const talks: Talk[] = Array.from({ length: RUNS }, () => ({
        name: newName(random),
        member: api.person(),
        colleague: slack.person(),
        takes: new Set((["claim", "correct", "close"] as const).filter(() => random() < 0.6)),
      }));
      const learnings: Learning[] = Array.from({ length: Math.ceil(RUNS / 2) }, () => ({
        name: newName(random),
        member: api.person(),
        author: slack.person(),
        approvers,
      }));
      const staff = [...approvers, ...talks.map(({ colleague }) => colleague), ...learnings.map(({ author }) => author)];
      const desk = slack.channel({ name: "danisma-masasi", members: staff });
      const scene: Scene = { api, slack, desk, withinMs: WITHIN_MS };
      slowDown(scene);
      const mayApprove = { SLACK_APPROVERS: approvers.map(({ user }) => user.id).join(",") };
      const kept: Record<string, string> = { ...deskSettings(api, slack, desk), ...settings(), ...mayApprove };
      const { TELEGRAM_BOT_TOKEN: _token, TELEGRAM_API_ROOT: _root, ...withoutTelegram } = kept;
      // Beside the one that polls there may be others, where the store is shared.
      const peers: BotProcess[] = [];
      await using _peers = {
        async [Symbol.asyncDispose]() {
          for (const each of peers) await each[Symbol.asyncDispose]();
        },
      };
      const started: Promise<void>[] = [];
      const start = ({ name: who, member }: Talk | Learning, way: Promise<void>) => {
        const told = way.catch((error: unknown) => {
          const read = api.shown(member.chat.id).map(({ date, text = "" }) => `${date} ${text.slice(0, 60)}`);
          throw new Error(`${who} got no further; the member read:\n${read.join("\n")}`, { cause: error });
        });
        started.push(told);
        told.catch(() => {});
      };
      let kills = 0;
      const kill = async (bot: BotProcess | undefined) => {
        if (bot === undefined) return;
        kills += 1;
        bot.kill("SIGKILL");
        await bot.ended;
      };
      for (const [at, talk] of talks.entries()) {
        stirUp(scene, random, talk.member);
        const peer = name === "Redis" && peers.length === 0 ? startProcess(withoutTelegram) : undefined;
        await using bot = await startProcess(kept);
        if (peer !== undefined) peers.push(await peer);
        start(talk, live(scene, talk));
        const learning = at % 2 === 0 ? learnings[at / 2] : undefined;
        if (learning !== undefined) start(learning, learn(scene, learning));
        await anyMoment(scene, random);
        await replayOne(scene, random);
        await kill(bot);
        if (random() < 0.4) await kill(peers.pop());
      }
      const killedAt = Date.now();
      await using last = await startProcess(kept);
      await Promise.all(started);
      await pause(Math.max(0, killedAt + SETTLED_MS - Date.now()));
      for (const each of peers.splice(0)) await each[Symbol.asyncDispose]();
      last.kill("SIGTERM");
      expect(await last.ended).toBe(0);

      await using store = await open();
      const tickets = await ticketsIn(store);
      const uncertain = talks.filter((talk) => seen(cardsOf(scene, talk)[0]).includes("? 1. yanıt"));
      const shown = (talk: Talk) => told(scene, talk, answerOf(talk)).length + told(scene, talk, correctionOf(talk)).length;
      const lost = talks.filter((talk) => cardsOf(scene, talk).length === 0);
      const twice = talks.filter((talk) => cardsOf(scene, talk).length > 1 || notesOf(scene, talk).length > 1 || shown(talk) > 1);
      console.info(
        `${name}, SEED=${SEED} RUNS=${RUNS}: ${kills} kills, ${talks.length} questions: ${lost.length} lost, ${twice.length} posted or answered twice, ` +
          `${uncertain.length} answers uncertain, of which ${uncertain.filter((talk) => shown(talk) > 0).length} arrived; ` +
          `${learnings.length} entries: ${learnings.filter((each) => draftsOf(scene, each).length === 0).length} lost, ` +
          `${learnings.filter((each) => draftsOf(scene, each).length > 1).length} twice`,
      );

      for (const talk of talks) {
        const card = seen(cardsOf(scene, talk)[0]);
        expect([talk.name, cardsOf(scene, talk).length, notesOf(scene, talk).length]).toEqual([talk.name, 1, 1]);
        if (uncertain.includes(talk)) expect([talk.name, shown(talk) <= 1]).toEqual([talk.name, true]);
        else expect([talk.name, shown(talk)]).toEqual([talk.name, 1]);
        expect(card).not.toContain("2. yanıt");
        expect(card).toMatch(talk.takes.has("close") ? /Kapandı: bizim konumuz değil/ : /Üstlenen/);
        for (const once of ["ilgileniyor", "Düzeltme", "görev alanında"])
          expect(told(scene, talk, once).length).toBeLessThanOrEqual(1);
      }
      for (const learning of learnings) {
        expect([learning.name, draftsOf(scene, learning).length]).toEqual([learning.name, 1]);
        expect(seen(draftsOf(scene, learning)[0])).toContain("Yayında");
        expect(told(scene, learning, newsOf(learning)).length).toBeGreaterThan(0);
      }
      expect(tickets).toHaveLength(talks.length);
      expect(tickets.filter(({ owed }) => owed.length > 0)).toEqual([]);
      const idsOf = (some: typeof tickets) => some.map(({ ticket }) => ticket.id).toSorted();
      expect(await doneIn(store, "ticket.answer")).toEqual(idsOf(tickets));
      expect(await doneIn(store, "ticket.close")).toEqual(idsOf(tickets.filter(({ ticket }) => ticket.state === "closed")));
      for (const deed of ["entry.propose", "entry.approve"] as const) {
        const entries = await doneIn(store, deed);
        expect([deed, entries.length, new Set(entries).size]).toEqual([deed, learnings.length, learnings.length]);
      }
    },
  );
});

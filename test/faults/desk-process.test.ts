import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRandom } from "#commands/fit/random.ts";
import type { Person as Member } from "../support/bot-api/people.ts";
import { startBotApi, type BotApi } from "../support/bot-api/server.ts";
import { startProcess } from "../support/bot-process.ts";
import { deskSettings } from "../support/desk-bot.ts";
import { startRedisServer, type RedisServer } from "../support/redis-server.ts";
import type { Person as Colleague } from "../support/slack/people.ts";
import { startSlack, type Slack } from "../support/slack/server.ts";
import type { Channel, Message } from "../support/slack/shapes.ts";

/** How often the process is killed, with each store. */
const RUNS = Number(process.env["RUNS"] ?? 10);
const SEED = Number(process.env["SEED"] ?? randomInt(1_000_000));
/** A killed process holds a ticket for a minute, whoever comes after it; and while processes are killed, a ticket may meet several. */
const WITHIN_MS = 180_000 + RUNS * 6000;
/** How long a person waits before trying again what seems to have had no effect. */
const PATIENCE_MS = 1500;

let redis: RedisServer;
const folder = mkdtempSync(path.join(tmpdir(), "imece-desk-process-"));
beforeAll(async () => {
  redis = await startRedisServer();
}, 180_000);
afterAll(async () => {
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** One member, one colleague, and their question. */
interface Talk {
  readonly member: Member;
  readonly colleague: Colleague;
  readonly answer: string;
  readonly remark: string;
}
interface Scene {
  readonly api: BotApi;
  readonly slack: Slack;
  readonly desk: Channel;
}

const seen = (of: Message | undefined) => (of?.blocks ?? []).map(({ text }) => text?.text ?? "").join("\n");
const count = ({ api }: Scene, { member }: Talk, part: string) =>
  api.shown(member.chat.id).filter(({ text }) => text?.includes(part)).length;
/** The cards of a question: it has a word that no other has. */
const cardsOf = ({ slack, desk }: Scene, { answer }: Talk) =>
  slack.shown(desk.id).filter((card) => seen(card).includes(`qwxz${answer} `));

/** Tries again, as people do, until what they want to see is there. */
async function insist(what: () => boolean, act: () => unknown): Promise<void> {
  const end = Date.now() + WITHIN_MS;
  while (!what()) {
    if (Date.now() > end) throw new Error(`This did not happen: ${what.toString()}`);
    act();
    const patient = Date.now() + PATIENCE_MS;
    while (!what() && Date.now() < patient) await pause(20);
  }
}

async function talk(scene: Scene, one: Talk): Promise<void> {
  const { api, slack } = scene;
  const { member, colleague, answer, remark } = one;
  const reads = async (part: string) => {
    await api.until(() => count(scene, one, part) > 0, WITHIN_MS);
    return api.shown(member.chat.id).findLast(({ text }) => text?.includes(part));
  };
  const card = () => cardsOf(scene, one)[0];
  const title = () => colleague.modal()?.view.title?.text;
  member.says(`qwxz${answer} plfk nedir`);
  member.presses(await reads("yanlış bilgi"), "Birliğe ilet");
  member.presses(await reads("şu metin gidecek"), "Gönder");
  await slack.until(() => card() !== undefined, WITHIN_MS);
  await insist(
    () => title() === "Yanıt yazın",
    () => colleague.presses(card(), "Yanıtla"),
  );
  const left = () => seen(card()).includes("1. yanıt");
  await insist(
    () => title() === "Üye böyle görecek" || left(),
    () => colleague.submits({ words: `Yanıt ${answer}.` }),
  );
  await insist(left, () => {
    if (colleague.modal() !== undefined) colleague.submits({ words: `Yanıt ${answer}.` });
  });
  const settled = () => /[✓?] 1\. yanıt/.test(seen(card()));
  await slack.until(settled, WITHIN_MS);
  member.says(remark);
  await slack.until(() => notesOf(scene, one).length > 0, WITHIN_MS);
}

function notesOf(scene: Scene, one: Talk): string[] {
  const notes = cardsOf(scene, one).flatMap(({ ts }) => scene.slack.shown(scene.desk.id, ts).map(seen));
  return notes.filter((note) => note.includes(one.remark));
}

describe.each([
  ["embedded", () => ({ DATA_DIR: folder })],
  ["Redis", () => ({ REDIS_URL: redis.url })],
] as const)("killed %s", (name, settings) => {
  test(
    `at ${RUNS} random moments, no question is lost and nothing is told twice`,
    { timeout: 300_000 + RUNS * 12_000 },
    async () => {
      const random = createRandom(SEED);
      await using api = await startBotApi();
      await using slack = await startSlack();
      const talks: Talk[] = Array.from({ length: RUNS }, (_, at) => ({
        member: api.person(),
        colleague: slack.person(),
        answer: `k${String.fromCodePoint(97 + (at % 26))}${Math.floor(at / 26)}`,
        remark: `teşekkürler yalnız ${at} numara`,
      }));
      const desk = slack.channel({ name: "danisma-masasi", members: talks.map(({ colleague }) => colleague) });
      const scene = { api, slack, desk };
      // What is on the wire stays there for a while, so that the kill meets it.
      for (const method of ["chat.postMessage", "chat.update"]) {
        slack.faults.add({ trouble: { kind: "slow", beforeMs: 20, afterMs: 60 }, method, times: 1e9 });
      }
      api.faults.add({ trouble: { kind: "slow", beforeMs: 20, afterMs: 60 }, method: "sendMessage", times: 1e9 });
      const kept = { ...deskSettings(api, slack, desk), ...settings() };
      const started: Promise<void>[] = [];
      for (const one of talks) {
        await using bot = await startProcess(kept);
        started.push(talk(scene, one));
        started.at(-1)?.catch(() => {});
        await pause(Math.floor(random() * 2500));
        bot.kill("SIGKILL");
        await bot.ended;
      }
      await using last = await startProcess(kept);
      await Promise.all(started);
      // A sweep or two, so that whatever is still owed has left.
      await pause(5000);
      last.kill("SIGTERM");
      expect(await last.ended).toBe(0);

      const of = (what: (one: Talk) => number) => talks.map(what);
      const uncertain = talks.filter((one) => seen(cardsOf(scene, one)[0]).includes("? 1. yanıt"));
      const arrived = of((one) => count(scene, one, `Yanıt ${one.answer}.`));
      console.info(
        `${name}, seed ${SEED}: ${RUNS} kills, ${talks.length} questions, ${uncertain.length} answers uncertain, ` +
          `${arrived.filter((times) => times > 1).length} answers twice`,
      );
      expect(of((one) => cardsOf(scene, one).length)).toEqual(talks.map(() => 1));
      expect(of((one) => notesOf(scene, one).length)).toEqual(talks.map(() => 1));
      for (const [at, one] of talks.entries()) {
        if (uncertain.includes(one)) expect(arrived[at]).toBeLessThanOrEqual(1);
        else expect(arrived[at]).toBe(1);
        expect(seen(cardsOf(scene, one)[0])).not.toContain("2. yanıt");
      }
    },
  );
});

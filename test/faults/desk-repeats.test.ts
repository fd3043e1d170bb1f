import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { openEmbeddedStore } from "#store/embedded/open.ts";
import { startBotApi } from "../support/bot-api/server.ts";
import { startProcess } from "../support/bot-process.ts";
import { deskSettings } from "../support/desk-bot.ts";
import { cardsOf, correctionOf, draftsOf, learn, live, notesOf, seen, told, type Scene } from "../support/desk-people.ts";
import { doneIn, ticketsIn } from "../support/desk-store.ts";
import { startSlack } from "../support/slack/server.ts";
import { SECRET_KEY } from "../support/store.ts";

const folder = mkdtempSync(path.join(tmpdir(), "imece-desk-repeats-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test(
  "over HTTP every press, command and form that comes again, at once or much later, by Slack or by somebody who listened, is one act",
  { timeout: 120_000 },
  async () => {
    await using api = await startBotApi();
    await using slack = await startSlack();
    const [author, ...approvers] = [slack.person(), slack.person(), slack.person()] as const;
    const talk = {
      name: "vohabeki",
      member: api.person(),
      colleague: slack.person(),
      takes: new Set(["claim", "correct", "close"] as const),
    };
    const learning = { name: "zuyapoke", member: api.person(), author, approvers };
    const desk = slack.channel({ name: "danisma-masasi", members: [author, ...approvers, talk.colleague] });
    const scene: Scene = { api, slack, desk, withinMs: 60_000 };
    const { SLACK_APP_TOKEN: _, ...settings } = deskSettings(api, slack, desk);
    await using bot = await startProcess({
      ...settings,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_APPROVERS: approvers.map(({ user }) => user.id).join(","),
      DATA_DIR: folder,
    });
    slack.deliveries.requestUrl = bot.health.replace("/health", "/slack/events");
    slack.deliveries.mischief.copies = 2;
    await Promise.all([live(scene, talk), learn(scene, learning)]);
    slack.deliveries.mischief.copies = 1;

    const all = [...slack.deliveries.all];
    await Promise.all(all.map(({ done }) => done));
    const counts = () => [cardsOf(scene, talk), notesOf(scene, talk), draftsOf(scene, learning)].map(({ length }) => length);
    const read = api.shown(talk.member.chat.id).length;
    const standing = seen(cardsOf(scene, talk)[0]);
    expect([counts(), told(scene, talk, correctionOf(talk)).length]).toEqual([[1, 1, 1], 1]);
    expect(all.filter(({ kind }) => kind === "interactive").length).toBeGreaterThan(8);
    for (const delivery of all) {
      expect(await slack.deliveries.replay(delivery)).toMatchObject({ status: 200 });
      const again = { "x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout" };
      expect(await slack.deliveries.post(delivery.kind, delivery.body, again)).toMatchObject({ status: 200 });
    }
    bot.kill("SIGTERM");
    expect(await bot.ended).toBe(0);
    expect(counts()).toEqual([1, 1, 1]);
    expect(api.shown(talk.member.chat.id)).toHaveLength(read);
    expect(seen(cardsOf(scene, talk)[0])).toBe(standing);

    await using store = await openEmbeddedStore({ secretKey: SECRET_KEY, retentionMs: 86_400_000, folder });
    const [{ ticket }] = (await ticketsIn(store)) as [Awaited<ReturnType<typeof ticketsIn>>[0]];
    for (const deed of ["ticket.claim", "ticket.answer", "ticket.correct", "ticket.close"] as const)
      expect([deed, await doneIn(store, deed)]).toEqual([deed, [ticket.id]]);
    for (const deed of ["entry.propose", "entry.approve"] as const)
      expect([deed, (await doneIn(store, deed)).length]).toEqual([deed, 1]);
  },
);

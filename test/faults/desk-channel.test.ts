import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startBotApi, type BotApi } from "../support/bot-api/server.ts";
import type { Person as Member } from "../support/bot-api/people.ts";
import type { Message as Sent } from "../support/bot-api/shapes.ts";
import { slackSettings, startProcess } from "../support/bot-process.ts";
import { deskSettings, runDeskBot, type DeskBot } from "../support/desk-bot.ts";
import type { Person as Colleague } from "../support/slack/people.ts";
import { startSlack, type Slack } from "../support/slack/server.ts";
import type { Channel } from "../support/slack/shapes.ts";
import { BOT_USER } from "../support/slack/state.ts";
import { describeStores } from "../support/store.ts";

let api: BotApi;
let slack: Slack;
let desk: Channel;
let mehmet: Colleague;
let told: string[];
const running: DeskBot[] = [];
beforeEach(async () => {
  api = await startBotApi();
  slack = await startSlack();
  mehmet = slack.person({ name: "mehmet" });
  desk = slack.channel({ name: "danisma-masasi", members: [mehmet] });
  told = [];
});
const stopAll = async () => {
  for (const bot of running.splice(0)) await bot[Symbol.asyncDispose]();
};
afterEach(async () => {
  await stopAll();
  await slack[Symbol.asyncDispose]();
  await api[Symbol.asyncDispose]();
});

const hear = {
  deskUnreachable: (code: string, remedy: string) => void told.push(`${code}: ${remedy}`),
  deskReachable: () => void told.push("reachable"),
  cardNotPosted: (why: string) => void told.push(`card ${why}`),
};
const run = async (store: Parameters<typeof runDeskBot>[0], channel = desk) =>
  void running.push(await runDeskBot(store, slack, deskSettings(api, slack, channel), hear));

const holding = (member: Member, part: string) => api.shown(member.chat.id).filter(({ text }) => text?.includes(part));
async function passOn(question: string): Promise<Member> {
  const member = api.person();
  const reads = async (part: string): Promise<Sent> => {
    await api.until(() => holding(member, part).length > 0);
    return holding(member, part).at(-1) as Sent;
  };
  member.says(question);
  member.presses(await reads("yanlış bilgi"), "Birliğe ilet");
  member.presses(await reads("şu metin gidecek"), "Gönder");
  await reads("Soru no:");
  return member;
}
const cardsOf = ({ id }: Channel, part: string) => slack.shown(id).filter(({ blocks }) => JSON.stringify(blocks).includes(part));
const home = ({ user }: Colleague) => JSON.stringify(slack.state.homes.get(user.id)?.blocks ?? []);

interface Fault {
  readonly breaks: () => void;
  readonly mends: () => void;
  /** What the log and doctor say. */
  readonly remedy: RegExp;
  /** What staff read on their page; absent where nothing can be shown there. */
  readonly page?: string;
}
const token = (error: string): Fault => ({
  breaks: () => slack.faults.add({ trouble: { kind: "refuse", error }, times: Number.POSITIVE_INFINITY }),
  mends: () => slack.faults.clear(),
  remedy: /does not accept SLACK_BOT_TOKEN.*install the app anew/,
});
const FAULTS: Readonly<Record<string, Fault>> = {
  channel_not_found: {
    breaks: () => void slack.state.channels.delete(desk.id),
    mends: () => void slack.state.channels.set(desk.id, desk),
    remedy: /cannot be found.*\/invite.*SLACK_DESK_CHANNEL/,
    page: "kanalını bulamıyorum",
  },
  is_archived: {
    breaks: () => void (desk.is_archived = true),
    mends: () => void (desk.is_archived = false),
    remedy: /is archived.*SLACK_DESK_CHANNEL/,
    page: "kanalı arşivlenmiş",
  },
  not_in_channel: {
    breaks: () => void desk.members.delete(BOT_USER),
    mends: () => void desk.members.add(BOT_USER),
    remedy: /not in the desk's channel.*\/invite/,
    page: "kanalında değilim",
  },
  missing_scope: {
    breaks: () => void (slack.state.scopes = slack.state.scopes.filter((scope) => scope !== "chat:write")),
    mends: () => void slack.state.scopes.push("chat:write"),
    remedy: /lacks the scope chat:write.*manifest/,
    page: "iznim eksik",
  },
  invalid_auth: token("invalid_auth"),
  token_revoked: token("token_revoked"),
  account_inactive: token("account_inactive"),
};
const named = (code: string) => told.some((line) => line.startsWith(`${code}: `) && FAULTS[code]?.remedy.test(line) === true);

describeStores("a desk that cannot be reached", (place) => {
  test.each(Object.keys(FAULTS))(
    "%s midway: the log and the page name it, the question is kept and its card comes once it is mended",
    { timeout: 30_000 },
    async (code) => {
      const fault = FAULTS[code]!;
      await run(await place().open());
      await passOn("qwxz plfk zumrut");
      await slack.until(() => cardsOf(desk, "zumrut").length === 1);
      await mehmet.opensHome().done;
      await slack.until(() => home(mehmet).includes("Yanıt bekleyen"));

      fault.breaks();
      await passOn("qwxz plfk lacivert");
      await slack.until(() => named(code) && told.some((line) => line.startsWith("card ")));
      if (fault.page !== undefined) {
        await mehmet.opensHome().done;
        await slack.until(() => home(mehmet).includes(fault.page!) && home(mehmet).includes("saklanıyor"));
      }
      expect(told.filter((line) => line.startsWith(`${code}: `))).toHaveLength(1);
      expect(told.filter((line) => line.startsWith("card "))).toHaveLength(1);

      fault.mends();
      await slack.until(() => cardsOf(desk, "lacivert").length === 1);
      expect(told.at(-1)).toBe("reachable");
      expect(cardsOf(desk, "zumrut")).toHaveLength(1);
      mehmet.presses(cardsOf(desk, "lacivert")[0], "Üstlen");
      await slack.until(() => JSON.stringify(cardsOf(desk, "lacivert")).includes("Üstlenen"));
      await mehmet.opensHome().done;
      await slack.until(() => !home(mehmet).includes("saklanıyor"));
    },
  );

  test.each(Object.keys(FAULTS).filter((code) => FAULTS[code]?.page !== undefined))(
    "%s at the start: it is named before anybody asks, and the card comes once it is mended",
    { timeout: 30_000 },
    async (code) => {
      const fault = FAULTS[code]!;
      fault.breaks();
      await run(await place().open());
      await slack.until(() => named(code));
      await mehmet.opensHome().done;
      await slack.until(() => home(mehmet).includes(fault.page!));
      await passOn("qwxz plfk zumrut");
      await slack.until(() => told.some((line) => line.startsWith("card ")));
      expect(cardsOf(desk, "zumrut")).toEqual([]);
      fault.mends();
      await slack.until(() => cardsOf(desk, "zumrut").length === 1);
    },
  );

  test("a channel that was deleted is replaced by setting and restart: every open question has its card in the new one", async () => {
    const store = await place().open();
    await run(store);
    const ayse = await passOn("qwxz plfk zumrut");
    await slack.until(() => cardsOf(desk, "zumrut").length === 1);
    slack.state.channels.delete(desk.id);
    await passOn("qwxz plfk lacivert");
    await slack.until(() => named("channel_not_found"));
    await stopAll();

    const other = slack.channel({ name: "yeni-masa", members: [mehmet] });
    await run(store, other);
    await slack.until(() => cardsOf(other, "zumrut").length === 1 && cardsOf(other, "lacivert").length === 1, 20_000);
    mehmet.presses(cardsOf(other, "zumrut")[0], "Üstlen");
    await api.until(() => holding(ayse, "ilgileniyor").length === 1);
    await slack.until(() => JSON.stringify(cardsOf(other, "zumrut")).includes("Üstlenen"));
    expect(cardsOf(other, "zumrut")).toHaveLength(1);
  });
});

test.each(["invalid_auth", "token_revoked", "account_inactive"])(
  "%s at the start ends the process, which names the remedy",
  { timeout: 60_000 },
  async (code) => {
    FAULTS[code]!.breaks();
    const folder = mkdtempSync(path.join(tmpdir(), "imece-desk-"));
    const settings = { ...slackSettings(slack), SLACK_DESK_CHANNEL: desk.id, DATA_DIR: folder };
    const bot = await startProcess(settings);
    expect(await bot.ended).toBe(1);
    expect(bot.output()).toMatch(FAULTS[code]!.remedy);
    rmSync(folder, { recursive: true, force: true });
  },
);

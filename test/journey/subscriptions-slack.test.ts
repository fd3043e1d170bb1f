import { afterEach, beforeEach, expect, test } from "vitest";
import type { Store } from "#core/ports.ts";
import { addressOf, type Subscriber } from "#core/subscription.ts";
import { brought } from "../support/brought.ts";
import type { Person } from "../support/slack/people.ts";
import { startSlack, type Slack } from "../support/slack/server.ts";
import type { Message } from "../support/slack/shapes.ts";
import { runSlackBot, type RunningBot, type RunOptions } from "../support/slack-bot.ts";
import { describeStores } from "../support/store.ts";
import { announced, announcementTo, listed } from "../support/subscribers.ts";

let slack: Slack;
const running: RunningBot[] = [];
beforeEach(async () => {
  slack = await startSlack();
});
afterEach(async () => {
  for (const bot of running.splice(0)) await bot[Symbol.asyncDispose]();
  await slack[Symbol.asyncDispose]();
});

const seen = (of: Message | undefined): string => JSON.stringify(of?.blocks ?? []);

const next = (list: () => readonly Message[], what: () => unknown) => brought(slack, list, what);
const inDm = (person: Person) => () => slack.shown(person.dm.id);
const ask = (person: Person, text: string) => next(inDm(person), () => person.says(text));
const press = (person: Person, on: Message, label: string) => next(inDm(person), () => person.presses(on, label));

/** Presses what changes a message in place, and waits for that. */
async function change(person: Person, on: Message, label: string, shows: string): Promise<void> {
  const now = () => slack.shown(person.dm.id).find(({ ts }) => ts === on.ts);
  person.presses(now() ?? on, label);
  await slack.until(() => seen(now()).includes(shows));
}
const drawn = (store: Store) => expect.poll(async () => (await listed(store)).map(({ subscription }) => subscription));

describeStores("on Slack somebody", (place) => {
  const run = async (options: RunOptions = {}) => {
    const store = await place().open();
    const bot = await runSlackBot(store, slack, { announced, ...options });
    running.push(bot);
    return { store, bot };
  };

  test("chooses in a direct message by the same rules, leaves by one press and takes that back", async () => {
    const { store, bot } = await run();
    const ayse = slack.person();
    const menu = await ask(ayse, "duyurular");
    await change(ayse, menu, "ESMED", "✓ ESMED");
    await change(ayse, menu, "İl seçin", "Hangi ilin");
    expect(seen(await ask(ayse, "izmit"))).toContain("İl: Kocaeli");
    await drawn(store).toMatchObject([{ topics: ["esmed"], city: "Kocaeli", chat: ayse.dm.id }]);

    const [subscriber] = (await listed(store)) as [Subscriber];
    const message = await next(inDm(ayse), () =>
      bot.slack.deliver(addressOf(subscriber), announcementTo(subscriber), { id: "announcement#0", attempts: 0 }),
    );
    expect(seen(message)).toContain("“ESMED, Kocaeli” seçiminiz için gönderildi");
    // Signed with a key that is gone: what can be left is shown.
    const value = "a:k7m2p9qx:2:AAAAAAAAAAAAAAAA x ";
    const stale = await next(inDm(ayse), () => ayse.pressesValue(message, { action_id: "announcement-leave", value }));
    expect(seen(stale)).toContain("Hepsinden çık");
    const left = await press(ayse, message, "Duyurulardan çık");
    expect(seen(left)).toContain("“ESMED” duyurularından çıktınız");
    await drawn(store).toEqual([]);
    await change(ayse, left, "Geri al", "✓ ESMED");
    await drawn(store).toMatchObject([{ topics: ["esmed"], city: "Kocaeli" }]);
  });

  test("chooses nowhere else, and has all of it deleted", async () => {
    const { store } = await run();
    const ayse = slack.person();
    const genel = slack.channel({ name: "genel" });
    const told = await next(
      () => slack.shownOnlyTo(ayse.user.id),
      () => ayse.commands("duyurular", { channel: genel }),
    );
    expect(seen(told)).toContain("özel mesaj yazın");
    await change(ayse, await ask(ayse, "duyurular"), "ESMED", "✓ ESMED");
    await drawn(store).toHaveLength(1);
    await press(ayse, await ask(ayse, "verilerimi sil"), "Evet, sil");
    await drawn(store).toEqual([]);
    const ofItsOwn = ["leases", "owing", "ended"];
    await expect
      .poll(async () => (await place().scan()).filter((line) => !ofItsOwn.some((name) => line.includes(name))))
      .toEqual([]);
  });
});

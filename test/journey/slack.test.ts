import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { brought } from "../support/brought.ts";
import { TOO_MANY } from "../support/slack/faults.ts";
import type { Person } from "../support/slack/people.ts";
import { startSlack, type Slack } from "../support/slack/server.ts";
import type { Channel, Message, View } from "../support/slack/shapes.ts";
import { runSlackBot, type RunningBot, type RunOptions } from "../support/slack-bot.ts";
import { describeStores } from "../support/store.ts";

let slack: Slack;
const running: RunningBot[] = [];
beforeEach(async () => {
  slack = await startSlack();
});
afterEach(async () => {
  for (const bot of running.splice(0)) await bot[Symbol.asyncDispose]();
  await slack[Symbol.asyncDispose]();
});

/** What a reader sees of a message. */
const seen = (of: Message | View | undefined): string =>
  (of?.blocks ?? [])
    .flatMap(({ text, elements = [] }) => [
      text?.text ?? "",
      ...elements.map((each) => (typeof each.text === "string" ? each.text : "")),
    ])
    .join("\n");
const labels = (of: Message | undefined): string[] =>
  (of?.blocks ?? []).flatMap(({ type, elements = [] }) =>
    type === "actions" ? elements.map(({ text }) => (typeof text === "object" ? text.text : "")) : [],
  );

const next = (list: () => readonly Message[], what: () => unknown) => brought(slack, list, what);
const inDm = (person: Person) => () => slack.shown(person.dm.id);
const onlyTo = (person: Person) => () => slack.shownOnlyTo(person.user.id);

/** Someone writes to the bot directly, and reads the one answer. */
const ask = (person: Person, text: string) => next(inDm(person), () => person.says(text));
const press = (person: Person, message: Message, label: string) => next(inDm(person), () => person.presses(message, label));

/** Someone mentions the bot in a channel, and reads the one answer in the thread. */
async function mention(person: Person, channel: Channel, text: string): Promise<{ question: Message; answer: Message }> {
  const { message } = person.says(`${slack.mention} ${text}`, { channel });
  await slack.until(() => slack.shown(channel.id, message.ts).length > 0);
  const [answer] = slack.shown(channel.id, message.ts);
  if (answer === undefined) throw new Error("no answer");
  return { question: message, answer };
}
const allAcknowledged = () => slack.deliveries.all.every(({ acknowledged }) => acknowledged);

describeStores("on Slack someone", (place) => {
  const run = async (options: RunOptions = {}) => {
    const store = await place().open();
    running.push(await runSlackBot(store, slack, options));
    return store;
  };

  test("asks in a direct message and gets an answer with its source, which can be rated", async () => {
    await run();
    const ayse = slack.person();
    const answer = await ask(ayse, "esmede nasil uye oluruz");
    expect(seen(answer)).toMatch(/^\*.*üye olur\?\*\n/);
    expect(seen(answer)).toMatch(/<https?:\/\/[^|]+\|Kaynak: /);
    expect(answer.text).toContain("üye");
    expect(labels(answer)).toContain("İşime yaradı");
    expect(labels(answer)).not.toContain("Herkese göster");
    expect(seen(await press(ayse, answer, "İşime yaradı"))).toContain("Teşekkür");
    expect(slack.callsOf("chat.postMessage").every(({ payload }) => payload["unfurl_links"] === false)).toBe(true);
    expect(allAcknowledged()).toBe(true);
  });

  test("picks by button or by number what was meant, or none of it, and has the question passed on", async () => {
    await run();
    const ayse = slack.person();
    const offer = await ask(ayse, "üyelik");
    const [first = ""] = labels(offer);
    expect(first).toMatch(/^1\. /);
    expect(seen(offer)).toContain(`\n\n${first}`);
    expect(labels(offer).at(-1)).toBe("Hiçbiri değil");
    expect(seen(await press(ayse, offer, first))).toContain("Kaynak: ");
    const [, second = ""] = labels(await ask(ayse, "üyelik"));
    expect(seen(await ask(ayse, "2"))).toContain(second.replace(/^2\. |…$/g, "").slice(0, 20));
    const none = await press(ayse, await ask(ayse, "üyelik"), "Hiçbiri");
    expect(seen(none)).toContain("yanlış bilgi vermek istemem");
    const preview = await press(ayse, none, "Birliğe ilet");
    expect(seen(preview)).toContain("«üyelik»");
    expect(seen(await press(ayse, preview, "Gönder"))).toContain("kaydettim");
  });

  test("mentions it in a channel and is answered in the thread; what is not for it stays unheard", async () => {
    await run();
    const ayse = slack.person();
    const genel = slack.channel({ members: [ayse] });
    ayse.says("yarın toplantı var mı, esmed nedir?", { channel: genel });
    const { question, answer } = await mention(ayse, genel, "esmed ne zaman kuruldu");
    expect(seen(answer)).toContain("Kaynak: ");
    ayse.says(`${slack.mention} peki kimler üye?`, { channel: genel, thread: question });
    await slack.until(() => slack.shown(genel.id, question.ts).length === 2);
    expect(slack.shown(genel.id)).toEqual([]);
  });

  test("presses a button of somebody else and is told alone that it is not theirs", async () => {
    await run();
    const ayse = slack.person();
    const mehmet = slack.person({ name: "mehmet" });
    const genel = slack.channel({ members: [ayse, mehmet] });
    const { question, answer } = await mention(ayse, genel, "üyelik");
    const told = await next(onlyTo(mehmet), () => mehmet.presses(answer, "1."));
    expect(told.text).toContain("size ait değil");
    const value = answer.blocks?.at(-1)?.elements?.[0]?.value ?? "";
    for (const forged of [value.replace(/^\w+/, "9"), "delete-my-data", `${value} x`.replace(genel.id, "C0999")])
      expect(
        (await next(onlyTo(ayse), () => ayse.pressesValue(answer, { action_id: "choice-1", value: forged }))).text,
      ).toContain("geçersiz");
    expect(slack.shown(genel.id, question.ts)).toHaveLength(1);
    ayse.presses(answer, "1.");
    await slack.until(() => slack.shown(genel.id, question.ts).length === 2);
  });

  test("asks with the command, alone, and shows the answer to everyone", async () => {
    await run();
    const ayse = slack.person();
    const genel = slack.channel({ members: [ayse] });
    const answer = await next(onlyTo(ayse), () => ayse.commands("esmed ne zaman kuruldu", { channel: genel }));
    expect(seen(answer)).toContain("Kaynak: ");
    expect(labels(answer).at(-1)).toBe("Herkese göster");
    const shared = await next(
      () => slack.shown(genel.id),
      () => ayse.presses(answer, "Herkese göster"),
    );
    expect(seen(shared)).toContain("Kaynak: ");
    expect(seen(shared)).toContain(`<@${ayse.user.id}> paylaştı`);
    expect(labels(shared)).toEqual([]);
    const offer = await next(onlyTo(ayse), () => ayse.commands("üyelik", { channel: genel }));
    expect(labels(offer)).not.toContain("Herkese göster");
    expect(seen(await next(onlyTo(ayse), () => ayse.commands("1", { channel: genel })))).toContain("Kaynak: ");
    expect(seen(await next(onlyTo(ayse), () => ayse.presses(offer, "Hiçbiri")))).not.toBe("");
    expect(allAcknowledged()).toBe(true);
  });

  test("uses the command where the bot is not, and shows the answer there all the same", async () => {
    await run();
    const ayse = slack.person();
    const away = slack.channel({ members: [ayse], private: true, bot: false });
    const answer = await next(onlyTo(ayse), () => ayse.commands("esmed ne zaman kuruldu", { channel: away }));
    const shared = await next(
      () => slack.shown(away.id),
      () => ayse.presses(answer, "Herkese göster"),
    );
    expect(seen(shared)).toContain("Kaynak: ");
  });

  test("looks a message up with the shortcut; a member's <!channel> stays text", async () => {
    await run();
    const ayse = slack.person();
    const genel = slack.channel({ members: [ayse] });
    const { message } = ayse.says("/esmed ne zaman kuruldu", { channel: genel });
    const answer = await next(onlyTo(ayse), () => ayse.uses("ask-about-message", message));
    expect(seen(answer)).toContain("Kaynak: ");
    const typed = "/birlige_ilet <!channel> & <https://a.example|x>";
    const preview = await next(onlyTo(ayse), () => ayse.commands(typed, { channel: genel }));
    expect(seen(preview)).toContain("&lt;!channel&gt; &amp; &lt;https://a.example|x&gt;");
    expect(seen(preview)).not.toContain("<!channel>");
  });

  test("chooses English, and everything follows, the page of their own too", async () => {
    await run();
    const ayse = slack.person();
    await press(ayse, await ask(ayse, "dil"), "English");
    expect(seen(await ask(ayse, "esmed ne zaman kuruldu"))).toContain("Source: ");
    await ayse.opensHome().done;
    await slack.until(() => slack.state.homes.has(ayse.user.id));
    expect(seen(slack.state.homes.get(ayse.user.id))).toContain("Upcoming events");
    const mehmet = slack.person({ name: "mehmet" });
    await mehmet.opensHome().done;
    await slack.until(() => slack.state.homes.has(mehmet.user.id));
    expect(seen(slack.state.homes.get(mehmet.user.id))).toContain("Yaklaşan etkinlikler");
    expect(seen(slack.state.homes.get(mehmet.user.id))).toContain("/imece gizlilik");
    expect(seen(await ask(mehmet, "when was esmed founded?"))).toContain("Source: ");
  });

  test("reads the privacy notice, gets all that is stored by direct message, has it deleted, and nothing is left", async () => {
    await run();
    const ayse = slack.person();
    const genel = slack.channel({ members: [ayse] });
    expect(seen(await ask(ayse, "gizlilik"))).toContain("/imece verilerim");
    await ask(ayse, "esmed ne zaman kuruldu");
    const file = await next(inDm(ayse), () => ayse.commands("verilerim", { channel: genel }));
    expect(file.files?.[0]?.name).toBe("verilerim.json");
    expect(file.files?.[0]?.content).toContain("esmed ne zaman kuruldu");
    expect(file.text).toContain("/imece verilerimi_sil");
    await slack.until(() => onlyTo(ayse)().length === 1);
    expect(onlyTo(ayse)()[0]?.text).toContain("özel mesajla");
    const gone = await press(ayse, await ask(ayse, "verilerimi sil"), "Evet, sil");
    expect(seen(gone)).toContain("Verileriniz silindi");
    const ofItsOwn = ["leases", "owing", "ended"];
    const left = async () => (await place().scan()).filter((line) => !ofItsOwn.some((name) => line.includes(name)));
    await expect.poll(left).toEqual([]);
  });

  test("has nothing done by a button of the life before a deletion", async () => {
    await run();
    const ayse = slack.person();
    const old = await ask(ayse, "üyelik");
    await press(ayse, await ask(ayse, "verilerimi sil"), "Evet, sil");
    await ask(ayse, "üyelik");
    const before = slack.shown(ayse.dm.id).length;
    const told = await next(onlyTo(ayse), () => ayse.presses(old, "1."));
    expect(told.text).toContain("artık geçerli değil");
    expect(slack.shown(ayse.dm.id)).toHaveLength(before);
  });

  test("gets one kind sentence for a file, and a new answer for a corrected last message", async () => {
    await run();
    const ayse = slack.person();
    expect(seen(await next(inDm(ayse), () => ayse.sendsFile("")))).toContain("Dosyaları açamıyorum");
    expect(seen(await next(inDm(ayse), () => ayse.sendsFile("esmed ne zaman kuruldu")))).toContain("Kaynak: ");
    const { message } = ayse.says("qwxz plfk");
    await slack.until(() => slack.shown(ayse.dm.id).length === 3);
    expect(seen(await next(inDm(ayse), () => ayse.edits(message, "esmed ne zaman kuruldu")))).toContain("Kaynak: ");
    await ask(ayse, "dil");
    await ayse.edits(message, "merhaba")?.done;
    await ayse.deletes(message)?.done;
    await ask(ayse, "teşekkürler");
    expect(slack.shown(ayse.dm.id)).toHaveLength(6);
  });

  test("turns pages in one message, and the same for whoever asked alone", async () => {
    await run();
    const ayse = slack.person();
    const menu = await ask(ayse, "konular");
    ayse.presses(menu, labels(menu).find((label) => label.includes("hukuku")) ?? "");
    await slack.until(() => seen(menu).includes("Sayfa 1 / "));
    ayse.presses(menu, "Devamı");
    await slack.until(() => seen(menu).includes("Sayfa 2 / "));
    expect(slack.shown(ayse.dm.id)).toHaveLength(1);
    const genel = slack.channel({ members: [ayse] });
    const alone = await next(onlyTo(ayse), () => ayse.commands("konular", { channel: genel }));
    ayse.presses(alone, labels(alone).find((label) => label.includes("hukuku")) ?? "");
    await slack.until(() => seen(alone).includes("Sayfa 1 / "));
  });

  test("asks from another workspace in a shared channel; whoever is of no workspace of ours elsewhere is not heard", async () => {
    await run();
    const guest = slack.person({ guest: "stranger" });
    const shared = slack.channel({ members: [guest], shared: true });
    expect(seen((await mention(guest, shared, "esmed ne zaman kuruldu")).answer)).toContain("Kaynak: ");
    const foreign = slack.deliveries.send("events_api", {
      ...slack.deliveries.all[0]?.body,
      event_id: "Ev0FOREIGN",
      team_id: "T0OTHER001",
      authorizations: [{ team_id: "T0OTHER001", is_enterprise_install: false }],
    });
    await foreign.done;
    expect(foreign.acknowledged).toBe(true);
    expect(slack.callsOf("chat.postMessage")).toHaveLength(1);
  });
});

describeStores("whatever comes twice is answered once", (place) => {
  describe.each(["socket", "http"] as const)("over %s", (by) => {
    test("events, commands and presses, copied and replayed", async () => {
      const store = await place().open();
      running.push(await runSlackBot(store, slack, { by }));
      slack.deliveries.mischief.copies = 3;
      const ayse = slack.person();
      const genel = slack.channel({ members: [ayse] });
      const answer = await ask(ayse, "esmed ne zaman kuruldu");
      await press(ayse, answer, "İşime yaradı");
      await next(onlyTo(ayse), () => ayse.commands("dil", { channel: genel }));
      await Promise.all(slack.deliveries.all.map(({ done }) => done));
      for (const delivery of slack.deliveries.all) await slack.deliveries.replay(delivery);
      slack.deliveries.mischief.copies = 1;
      await ask(ayse, "gizlilik");
      expect(slack.shown(ayse.dm.id)).toHaveLength(3);
      expect(slack.shownOnlyTo(ayse.user.id)).toHaveLength(1);
    });
  });
});

describeStores("a message whose arrival nobody knows", (place) => {
  test("is looked for and not posted twice; where it did not arrive it is posted", async () => {
    running.push(await runSlackBot(await place().open(), slack));
    const people = ["reset-after", "status-after", "reset-before", "bad-json-after"].map((kind) => {
      const person = slack.person();
      const trouble = kind === "status-after" ? ({ kind, status: 503 } as const) : ({ kind } as { kind: "reset-after" });
      slack.faults.add({ trouble, method: "chat.postMessage", channel: person.dm.id });
      person.says("dil");
      return person;
    });
    const all = slack.person();
    slack.faults.add({ trouble: { kind: "reset-after" }, method: "chat.postMessage", channel: all.dm.id, times: 3 });
    slack.faults.add({ trouble: { kind: "reset-before" }, method: "conversations.history", channel: all.dm.id, times: 1 });
    all.says("dil");
    await slack.until(() => [...people, all].every((person) => slack.shown(person.dm.id).length > 0), 20_000);
    for (const person of people) expect(seen(await ask(person, "gizlilik"))).toContain("KVKK");
    for (const person of people) expect(slack.shown(person.dm.id)).toHaveLength(2);
    await ask(all, "gizlilik").catch(() => {});
    expect(slack.shown(all.dm.id).filter((message) => seen(message).includes("dilde"))).toHaveLength(1);
  });

  test("waits as long as Slack asks, in one conversation only, and comes once and in order", async () => {
    running.push(await runSlackBot(await place().open(), slack));
    const ayse = slack.person();
    const mehmet = slack.person({ name: "mehmet" });
    slack.faults.add({ trouble: TOO_MANY(2), method: "chat.postMessage", channel: ayse.dm.id });
    ayse.says("dil");
    await slack.until(() => slack.callsOf("chat.postMessage").length === 1);
    const later = ayse.says("gizlilik").delivery;
    await later?.done;
    await ask(mehmet, "dil");
    expect(slack.shown(ayse.dm.id)).toHaveLength(0);
    await slack.until(() => slack.shown(ayse.dm.id).length === 2);
    expect(slack.shown(ayse.dm.id).map(seen)).toEqual([expect.stringContaining("dilde"), expect.stringContaining("KVKK")]);
    const calls = slack.callsOf("chat.postMessage").filter(({ payload }) => payload["channel"] === ayse.dm.id);
    expect((calls[1]?.at ?? 0) - (calls[0]?.at ?? 0)).toBeGreaterThanOrEqual(2000);
  });
});

import { afterEach, beforeEach, expect, test } from "vitest";
import { createSlack, type Slack as Channel } from "#channels/slack/slack.ts";
import type { TextValues } from "#core/message.ts";
import { threadUnder, type Card, type CardPress, type Form, type Staff, type Submission } from "#core/workspace.ts";
import { startSlack, type Slack } from "../../support/slack/server.ts";
import { slackOptions } from "../../support/slack-bot.ts";

let api: Slack;
let stop: AbortController;
let channel: Channel;
let ended: Promise<void>;
beforeEach(async () => {
  api = await startSlack();
  stop = new AbortController();
  channel = createSlack(slackOptions(api, stop.signal));
  ended = channel.start(async () => {});
  await api.until(() => api.sockets.open() === 2);
});
afterEach(async () => {
  stop.abort();
  await ended;
  await api[Symbol.asyncDispose]();
});

const CARD: Card = {
  language: "tr",
  title: { words: "Soru <1> & 2" },
  paragraphs: [{ words: "<!channel> nasıl *üye* olurum? <https://a.example|x>" }],
  fields: [{ label: { words: "Dil" }, value: { words: "Türkçe" } }],
  notes: [{ words: "Açık" }],
  buttons: [
    { label: { words: "Üstlen" }, action: "claim", value: "t-1", weight: "primary" },
    { label: { words: "Yanıtla" }, action: "reply", value: "t-1" },
  ],
};
const FORM: Form = {
  language: "tr",
  name: "reply",
  about: "t-1",
  title: { words: "Yanıt yazın: bu başlık uzunca" },
  paragraphs: [{ words: "Üye bunu soruyor." }],
  fields: [
    { kind: "text", id: "answer", label: { words: "Yanıtınız" }, lines: "many", value: "Merhaba,", most: 2000 },
    {
      kind: "choice",
      id: "way",
      label: { words: "Nasıl" },
      options: [{ label: { words: "Şimdi" }, value: "now" }],
      chosen: ["now"],
    },
    {
      kind: "choices",
      id: "topics",
      label: { words: "Konular" },
      optional: true,
      options: [{ label: { words: "ESMED" }, value: "esmed" }],
    },
  ],
  send: { words: "Gönder" },
  cancel: { words: "Vazgeç" },
};

/** Attends as a desk does, and notes what it was told. */
function attend(change: Partial<Staff> = {}) {
  const presses: CardPress[] = [];
  const submissions: Submission[] = [];
  channel.workspace.attend({
    pressed: async (press) => void presses.push(press),
    submitted: async (submission) => {
      submissions.push(submission);
      return { next: "close" };
    },
    ...change,
  });
  return { presses, submissions };
}

/** Whom a text names. */
function nameIn({ values }: { readonly values?: TextValues }): string {
  const by = values?.["by"];
  return typeof by === "string" ? by : "";
}

test("a card is posted once, found by its delivery, changed in place, and has a thread", async () => {
  const desk = api.channel({ private: true }).id;
  const delivery = { id: "ticket-1/card", attempts: 0 };
  const posted = await channel.workspace.post({ chat: desk }, CARD, delivery);
  if (!posted.ok) throw new Error(posted.why);
  const [card] = api.shown(desk);
  expect(JSON.stringify(card?.blocks)).toContain("&lt;!channel&gt;");
  expect(JSON.stringify(card?.blocks)).not.toContain("<!channel>");
  // As after a crash that came before anybody noted that it had arrived.
  expect(await channel.workspace.post({ chat: desk }, CARD, { ...delivery, attempts: 1 })).toEqual(posted);
  expect(await channel.workspace.find({ chat: desk }, delivery.id)).toEqual({ reference: posted.reference });
  expect(await channel.workspace.find({ chat: desk }, "another")).toBe("none");

  const thread = threadUnder(posted.reference);
  const under = await channel.workspace.post(thread, { ...CARD, buttons: [] }, { id: "ticket-1/note", attempts: 0 });
  expect(under.ok).toBe(true);
  expect(api.shown(desk, card?.ts)).toHaveLength(1);
  await channel.workspace.post(thread, { ...CARD, aloud: true }, { id: "ticket-1/reminder", attempts: 0 });
  expect(api.callsOf("chat.postMessage").map(({ payload }) => payload["reply_broadcast"])).toEqual([undefined, undefined, true]);
  expect(await channel.workspace.find(thread, "ticket-1/note")).toMatchObject({ reference: expect.any(String) });

  expect(await channel.workspace.update(posted.reference, { ...CARD, title: { words: "Üstlenildi" } })).toEqual(posted);
  expect(JSON.stringify(card?.blocks)).toContain("Üstlenildi");
  expect(await channel.workspace.remove(posted.reference)).toEqual(posted);
  expect(await channel.workspace.remove(posted.reference)).toEqual(posted);
  expect(api.shown(desk)).toEqual([]);
  expect(await channel.workspace.update(posted.reference, CARD)).toEqual({ ok: false, why: "gone" });
});

test("a card names who did something, and nobody whom a member or a text wants called", async () => {
  const desk = api.channel().id;
  const named = { key: "share.by", values: { by: "U01001", person: "\uE000U01002\uE001" } } as const;
  const forged = { words: "\uE000U01003\uE001 <@U01004>" };
  await channel.workspace.post({ chat: desk }, { language: "tr", paragraphs: [named, forged] }, { id: "c", attempts: 0 });
  expect(JSON.stringify(api.shown(desk)[0]?.blocks)).not.toMatch(/<@/);
  const by = createSlack({
    ...slackOptions(api, stop.signal),
    words: (text) => ("values" in text ? `${nameIn(text)} üstlendi` : ""),
  });
  await by.workspace.post({ chat: desk }, { language: "tr", paragraphs: [named] }, { id: "d", attempts: 0 });
  expect(JSON.stringify(api.shown(desk)[1]?.blocks)).toContain("<@U01001> üstlendi");
});

test("a card whose arrival is not known is looked for before it is posted again", { timeout: 30_000 }, async () => {
  const desk = api.channel().id;
  for (const kind of ["reset-after", "reset-before"] as const) {
    api.faults.add({ trouble: { kind }, method: "chat.postMessage" });
    const delivery = { id: `ticket-${kind}`, attempts: 0 };
    let posted = await channel.workspace.post({ chat: desk }, CARD, delivery);
    if (!posted.ok) posted = await channel.workspace.post({ chat: desk }, CARD, delivery);
    expect(posted.ok).toBe(true);
  }
  expect(api.shown(desk)).toHaveLength(2);
  api.faults.add({ trouble: { kind: "reset-after" }, method: "chat.postMessage" });
  api.faults.add({ trouble: { kind: "status", status: 500 }, method: "conversations.history", times: 2 });
  const delivery = { id: "ticket-3", attempts: 0 };
  expect(await channel.workspace.post({ chat: desk }, CARD, delivery)).toEqual({ ok: false, why: "unknown" });
  expect(await channel.workspace.post({ chat: desk }, CARD, { ...delivery, attempts: 1 })).toEqual({ ok: false, why: "unknown" });
  expect(await channel.workspace.post({ chat: desk }, CARD, { ...delivery, attempts: 2 })).toMatchObject({ ok: true });
  expect(api.shown(desk)).toHaveLength(3);
});

test("a press opens a form at once; its submission comes with what was filled in, and errors keep it open", async () => {
  const ayse = api.person();
  const desk = api.channel({ members: [ayse] }).id;
  let errors = true;
  const { presses, submissions } = attend({
    pressed: async (press) => {
      presses.push(press);
      expect(await press.open(FORM)).toBe("opened");
      expect(await press.open(FORM)).toBe("too-late");
    },
    submitted: async (submission) => {
      submissions.push(submission);
      if (!errors) return { next: "close" };
      errors = false;
      return { next: "correct", language: "tr", errors: { answer: { words: "Yanıt çok kısa" } } };
    },
  });
  const posted = await channel.workspace.post({ chat: desk }, CARD, { id: "c", attempts: 0 });
  const press = ayse.presses(api.shown(desk)[0], "Yanıtla");
  await press.done;
  expect(press.acknowledged).toBe(true);
  expect(presses).toMatchObject([
    {
      action: "reply",
      value: "t-1",
      by: { person: ayse.user.id, stranger: false },
      place: { chat: desk },
      card: posted.ok && posted.reference,
    },
  ]);
  expect(ayse.modal()?.view).toMatchObject({
    callback_id: "reply",
    private_metadata: "t-1",
    title: { text: "Yanıt yazın: bu başlık…" },
  });
  ayse.submits({ answer: "Kı", way: "now", topics: "esmed" });
  await api.until(() => ayse.modal()?.errors !== undefined);
  expect(ayse.modal()?.errors).toEqual({ answer: "Yanıt çok kısa" });
  ayse.submits({ answer: "Uzun bir yanıt", way: "now" });
  await api.until(() => ayse.modal() === undefined);
  expect(submissions).toMatchObject([
    { form: "reply", about: "t-1", values: { answer: ["Kı"], way: ["now"], topics: ["esmed"] } },
    { values: { answer: ["Uzun bir yanıt"], way: ["now"] } },
  ]);
  expect(submissions[1]?.values).not.toHaveProperty("topics");
  expect(new Set([presses[0]?.id, submissions[0]?.id, submissions[1]?.id]).size).toBe(3);
});

test("a submission may be followed by another form", async () => {
  const ayse = api.person();
  const desk = api.channel({ members: [ayse] }).id;
  attend({
    pressed: async (press) => void (await press.open(FORM)),
    submitted: async () => ({ next: "show", form: { ...FORM, name: "preview", title: { words: "Önizleme" }, fields: [] } }),
  });
  await channel.workspace.post({ chat: desk }, CARD, { id: "c", attempts: 0 });
  await ayse.presses(api.shown(desk)[0], "Üstlen").done;
  ayse.submits({ answer: "Yanıt", way: "now" });
  await api.until(() => ayse.modal()?.view.callback_id === "preview");
});

test("a press that fails is told to whoever pressed; a stranger's is known as one; without a desk nothing happens", async () => {
  const ayse = api.person();
  const guest = api.person({ guest: "stranger" });
  const desk = api.channel({ members: [ayse, guest], shared: true }).id;
  await channel.workspace.post({ chat: desk }, CARD, { id: "c", attempts: 0 });
  const [card] = api.shown(desk);
  const nobody = ayse.presses(card, "Üstlen");
  await nobody.done;
  expect(nobody.acknowledged).toBe(true);
  const { presses } = attend();
  await guest.presses(card, "Üstlen").done;
  expect(presses).toMatchObject([{ by: { person: guest.user.id, stranger: true } }]);
  attend({
    pressed: async () => {
      throw new Error("the store is away");
    },
  });
  await ayse.presses(card, "Üstlen").done;
  await api.until(() => api.shownOnlyTo(ayse.user.id).length === 1);
  expect(api.shownOnlyTo(ayse.user.id)[0]?.text).toContain("yapamadım");
});

test("tells one person alone, knows who is staff, and who belongs to a group", async () => {
  const [ayse, guest, stranger] = [api.person(), api.person({ guest: "guest" }), api.person({ guest: "stranger" })];
  const desk = api.channel({ members: [ayse, guest, stranger], shared: true }).id;
  await channel.workspace.notify(ayse.user.id, { chat: desk }, "tr", { words: "Bunu <!here> Mehmet üstlendi" });
  expect(api.shownOnlyTo(ayse.user.id).map(({ text }) => text)).toEqual(["Bunu &lt;!here&gt; Mehmet üstlendi"]);
  const people = [ayse, guest, stranger].map(({ user }) => user.id);
  expect(await channel.workspace.memberIds(desk)).toEqual(expect.arrayContaining(people));
  const full = () => Promise.all(people.map((each) => channel.workspace.isFullMember(each)));
  expect(await full()).toEqual([true, false, false]);
  api.faults.add({ trouble: { kind: "status", status: 500 }, method: "users.info" });
  expect(await channel.workspace.isFullMember(ayse.user.id)).toBe("unknown");
  api.faults.add({ trouble: { kind: "status", status: 500 }, method: "conversations.members" });
  expect(await channel.workspace.memberIds(desk)).toBeUndefined();
  api.state.groups.set("S01", [ayse.user.id]);
  expect(await channel.workspace.group("S01")).toEqual([ayse.user.id]);
  expect(await channel.workspace.group("S02")).toBeUndefined();
});

test("words after the command go to the desk first, which leaves what is not its own", async () => {
  const ayse = api.person();
  const asked: string[] = [];
  stop.abort();
  await ended;
  await api.until(() => api.sockets.open() === 0);
  stop = new AbortController();
  channel = createSlack(slackOptions(api, stop.signal));
  ended = channel.start(async (_address, incoming, saved) => {
    asked.push(incoming.kind === "message" ? incoming.text : incoming.kind);
    saved?.();
  });
  await api.until(() => api.sockets.open() === 2);
  const heard: string[] = [];
  attend({
    commanded: async ({ words }) => {
      heard.push(words);
      return words === "yanıtsız";
    },
  });
  await ayse.commands("yanıtsız").done;
  await ayse.commands("esmed nedir").done;
  expect(heard).toEqual(["yanıtsız", "esmed nedir"]);
  expect(asked).toEqual(["esmed nedir"]);
});

import { afterEach, beforeEach, expect, test } from "vitest";
import type { Store } from "#core/ports.ts";
import { BLOCKED, INTERNAL as TELEGRAM_INTERNAL, TOO_MANY as TELEGRAM_TOO_MANY } from "../support/bot-api/faults.ts";
import type { Trouble as TelegramTrouble } from "../support/bot-api/faults.ts";
import type { Person as Member } from "../support/bot-api/people.ts";
import { startBotApi, type BotApi } from "../support/bot-api/server.ts";
import { deskSettings, runDeskBot, type DeskBot } from "../support/desk-bot.ts";
import { entryFormOf, seen } from "../support/desk-people.ts";
import { ticketsIn } from "../support/desk-store.ts";
import { FATAL_AFTER, INTERNAL, TOO_MANY, type FaultRule } from "../support/slack/faults.ts";
import type { Person as Colleague } from "../support/slack/people.ts";
import { startSlack, type Slack } from "../support/slack/server.ts";
import type { Channel, Message } from "../support/slack/shapes.ts";
import { describeStores, type Place } from "../support/store.ts";

const WITHIN_MS = 60_000;

let api: BotApi;
let slack: Slack;
let desk: Channel;
let bot: DeskBot;
let store: Store;
beforeEach(async () => {
  api = await startBotApi();
  slack = await startSlack();
});
afterEach(async () => {
  await bot[Symbol.asyncDispose]();
  await slack[Symbol.asyncDispose]();
  await api[Symbol.asyncDispose]();
});

async function run(place: Place, staff: readonly Colleague[], approver: Colleague): Promise<void> {
  desk = slack.channel({ name: "danisma-masasi", members: [...staff, approver] });
  store = await place.open();
  bot = await runDeskBot(store, slack, { ...deskSettings(api, slack, desk), SLACK_APPROVERS: approver.user.id });
}

/** One member, one colleague and a word of their own. */
class Walk {
  readonly word: string;
  readonly ayse: Member = api.person();
  readonly mehmet: Colleague = slack.person();
  constructor(word: string) {
    this.word = word;
  }

  reads(part: string) {
    return api.shown(this.ayse.chat.id).filter(({ text }) => text?.includes(part));
  }
  async hasRead(part: string) {
    await api.until(() => this.reads(part).length > 0, WITHIN_MS);
    return this.reads(part).at(-1);
  }
  async passesOn(): Promise<void> {
    this.ayse.says(`qwxz${this.word} plfk nedir`);
    this.ayse.presses(await this.hasRead("yanlış bilgi"), "Birliğe ilet");
    this.ayse.presses(await this.hasRead("şu metin gidecek"), "Gönder");
  }
  cards(): readonly Message[] {
    return slack.shown(desk.id).filter((card) => seen(card).includes(this.word));
  }
  notes(): readonly Message[] {
    return this.cards().flatMap(({ ts }) => slack.shown(desk.id, ts));
  }
  async cardShows(part: string): Promise<void> {
    await slack.until(() => seen(this.cards()[0]).includes(part), WITHIN_MS);
  }
  async asked(): Promise<void> {
    await this.passesOn();
    await slack.until(() => this.cards().length > 0, WITHIN_MS);
  }
  async claimed(): Promise<void> {
    await this.asked();
    this.mehmet.presses(this.cards()[0], "Üstlen");
    await this.cardShows("Üstlenen");
    await this.hasRead("ilgileniyor");
  }
  async fills(person: Colleague, label: string, title: string, words: string): Promise<void> {
    const at = () => person.modal()?.view.title?.text;
    // A form waits three seconds at most: whoever is told that it came too late presses again.
    while (at() !== title) await person.presses(this.cards()[0], label).done;
    person.submits({ words });
    await slack.until(() => at() === "Üye böyle görecek", WITHIN_MS);
    await person.submits({}).done;
  }
  async answered(): Promise<void> {
    await this.asked();
    await this.fills(this.mehmet, "Yanıtla", "Yanıt yazın", `Yanıt ${this.word}.`);
  }
}

/** Waits until no question owes anything any more. */
async function settled(): Promise<void> {
  while ((await ticketsIn(store)).some(({ owed }) => owed.length > 0)) await slack.until(() => true);
}

const TROUBLES: Readonly<Record<string, Pick<FaultRule, "trouble" | "lastsMs">>> = {
  "429": { trouble: TOO_MANY(1) },
  "500": { trouble: INTERNAL },
  "502 with a page": { trouble: { kind: "html-502" } },
  "503 though it was done": { trouble: FATAL_AFTER },
  "a reset before": { trouble: { kind: "reset-before" } },
  "a lost reply": { trouble: { kind: "reset-after" } },
  "half a reply": { trouble: { kind: "bad-json-after" } },
  "no reply": { trouble: { kind: "hang-after" } },
  "down for some seconds": { trouble: { kind: "reset-before" }, lastsMs: 3000 },
};

type Meet = (method: string, holding: string) => void;
type Step = (walk: Walk, meets: Meet, zeynep: Colleague) => Promise<void>;

const alone = ({ user }: Colleague) => slack.shownOnlyTo(user.id).map(({ text }) => text);

/** What leaves for Slack on the way of a question and of an entry. Each step goes through its trouble, and ends as if there had been none. */
const STEPS: Readonly<Record<string, Step>> = {
  async card(walk, meets) {
    meets("chat.postMessage", walk.word);
    await walk.passesOn();
    await walk.hasRead("Soru no:");
    await slack.until(() => walk.cards().length > 0, WITHIN_MS);
    await walk.fills(walk.mehmet, "Yanıtla", "Yanıt yazın", "Tamam.");
    await walk.cardShows("✓ 1. yanıt ulaştı");
  },
  async update(walk, meets) {
    await walk.asked();
    meets("chat.update", walk.word);
    walk.mehmet.presses(walk.cards()[0], "Üstlen");
    await walk.hasRead("ilgileniyor");
    await walk.cardShows("Üstlenen");
  },
  async note(walk, meets) {
    await walk.claimed();
    meets("chat.postMessage", `eki ${walk.word}`);
    walk.ayse.says(`eki ${walk.word}`);
    await slack.until(() => walk.notes().length > 0, WITHIN_MS);
  },
  async form(walk, meets) {
    await walk.asked();
    meets("views.open", walk.word);
    const { mehmet } = walk;
    // Either it opened, or whoever pressed is told; a form is never owed.
    await mehmet.presses(walk.cards()[0], "Yanıtla").done;
    const opens = () => mehmet.modal()?.view.title?.text === "Yanıt yazın";
    await slack.until(() => opens() || alone(mehmet).length > 0, WITHIN_MS);
    await walk.fills(mehmet, "Yanıtla", "Yanıt yazın", "Tamam.");
    await walk.cardShows("✓ 1. yanıt ulaştı");
  },
  async ephemeral(walk, meets, zeynep) {
    await walk.claimed();
    const { mehmet } = walk;
    meets("chat.postEphemeral", mehmet.user.id);
    await zeynep.presses(walk.cards()[0], "Devral").done;
    await walk.cardShows(zeynep.user.id);
    // Told at once or not at all: whoever is not presses again.
    while (alone(mehmet).length === 0) await mehmet.presses(walk.cards()[0], "Yanıtla").done;
    expect(mehmet.modal()).toBeUndefined();
    expect(alone(mehmet)[0]).toContain(zeynep.user.id);
  },
  async draft(walk, meets, zeynep) {
    const { mehmet, word } = walk;
    // The first who does anything waits until everybody in the channel is known, and a form waits three seconds at most.
    while (mehmet.modal() === undefined) await mehmet.commands("yeni", { channel: desk }).done;
    mehmet.submits(entryFormOf(word));
    await slack.until(() => mehmet.modal()?.view.submit?.text === "Onaya sun", WITHIN_MS);
    meets("chat.postMessage", word);
    await mehmet.submits({}).done;
    await slack.until(() => walk.cards().length > 0, WITHIN_MS);
    meets("chat.update", word);
    zeynep.presses(walk.cards()[0], "Onayla");
    await walk.cardShows("Yayında");
  },
};

describeStores("every step at Slack", (place) => {
  test("goes through every trouble: nothing is lost, and nothing stands there twice", { timeout: 180_000 }, async () => {
    const pairs = Object.entries(STEPS).flatMap(([step, walks]) =>
      Object.entries(TROUBLES).map(([trouble, rule]) => ({ name: `${step}: ${trouble}`, walks, rule })),
    );
    const zeynep = slack.person();
    const all = pairs.map((pair, at) => ({ ...pair, walk: new Walk(`zk${String.fromCodePoint(97 + (at % 26))}${at}w`) }));
    await run(
      place(),
      all.map(({ walk }) => walk.mehmet),
      zeynep,
    );
    const walked = await Promise.allSettled(
      all.map(({ walk, walks, rule }) =>
        walks(walk, (method, holding) => slack.faults.add({ ...rule, method, holding }), zeynep),
      ),
    );
    const failed = walked.flatMap((end, at) => (end.status === "rejected" ? [`${all[at]?.name}: ${String(end.reason)}`] : []));
    expect(failed).toEqual([]);
    await settled();
    const standing = all.map(({ name, walk }) => [name, walk.cards().length, walk.notes().length]);
    expect(standing).toEqual(all.map(({ name }) => [name, 1, name.startsWith("note") ? 1 : 0]));
    expect(all.filter(({ walk }) => walk.reads("ilgileniyor").length > 1 || walk.reads("Tamam.").length > 1)).toEqual([]);
  });
});

const ARRIVED = "✓ 1. yanıt";
const UNCERTAIN = "? 1. yanıt";
const REFUSED: TelegramTrouble = { kind: "refuse", code: 400, description: "Bad Request: TEXTS_EMPTY" };

/** How a message to a member may end, and what the card tells of it then. */
const ENDS: readonly (readonly [string, TelegramTrouble, string])[] = [
  ["429", TELEGRAM_TOO_MANY(1), ARRIVED],
  ["500", TELEGRAM_INTERNAL, UNCERTAIN],
  ["502 with a page", { kind: "html-502" }, UNCERTAIN],
  ["a reset before", { kind: "reset-before" }, UNCERTAIN],
  ["a lost reply", { kind: "reset-after" }, UNCERTAIN],
  ["half a reply", { kind: "bad-json-after" }, UNCERTAIN],
  ["no reply", { kind: "hang-after" }, UNCERTAIN],
  ["a member who blocked the bot", BLOCKED, "✗ 1. yanıt ulaşmadı"],
  ["a message that is refused", REFUSED, "✗ 1. yanıt gönderilemedi: platform"],
];
const DONE = new Set(["reset-after", "bad-json-after", "hang-after"]);

type Method = "sendMessage" | "editMessageText";

/** An answer meets its trouble, and is sent once more by hand where it did not surely arrive. */
async function answerMeets(walk: Walk, name: string, trouble: TelegramTrouble, shows: string): Promise<void> {
  const { mehmet, ayse, word } = walk;
  const words = `Yanıt ${word}.`;
  const card = () => seen(walk.cards()[0]);
  await walk.claimed();
  api.faults.add({ trouble, method: "sendMessage", chat: ayse.chat.id });
  await walk.fills(mehmet, "Yanıtla", "Yanıt yazın", words);
  await walk.cardShows(shows);
  const arrived = shows === ARRIVED || DONE.has(trouble.kind) ? 1 : 0;
  expect([name, walk.reads(words).length]).toEqual([name, arrived]);
  if (shows === ARRIVED) return;
  expect([name, card()]).toEqual([name, expect.stringContaining("Üstlenen")]);
  await slack.until(() => walk.notes().length === 1, WITHIN_MS);
  await mehmet.presses(walk.cards()[0], "Yeniden gönder").done;
  await walk.cardShows("✓ 1. yanıt");
  expect([name, walk.reads(words).length, card()]).toEqual([name, arrived + 1, expect.stringContaining("Yanıtlandı")]);
}

/** A correction meets its trouble: replacing the message, or the note that follows. */
async function correctionMeets(walk: Walk, name: string, trouble: TelegramTrouble, shows: string, method: Method): Promise<void> {
  const { mehmet, ayse, word } = walk;
  const words = `Yenisi ${word}.`;
  await walk.answered();
  await walk.cardShows("✓ 1. yanıt");
  api.faults.add({ trouble, method, chat: ayse.chat.id });
  await walk.fills(mehmet, "Düzelt", "Yanıtı düzeltin", words);
  // Where the message cannot be replaced, the whole is sent; these are refused the edit alone.
  const isRefused = trouble === BLOCKED || trouble === REFUSED;
  const expected = method === "editMessageText" && isRefused ? ARRIVED : shows;
  if (expected === ARRIVED) await walk.hasRead("Düzeltme");
  await walk.cardShows(expected);
  const replaced = method === "sendMessage" || expected === ARRIVED || DONE.has(trouble.kind) ? 1 : 0;
  expect([name, walk.reads(words).length]).toEqual([name, replaced]);
  expect([name, walk.reads("Düzeltme").length <= 1]).toEqual([name, true]);
  if (expected === ARRIVED) return;
  expect([name, seen(walk.cards()[0])]).toEqual([name, expect.stringContaining("Üstlenen")]);
  await mehmet.presses(walk.cards()[0], "Yeniden gönder").done;
  await walk.cardShows("✓ 1. yanıt");
  expect([name, walk.reads(words).length]).toEqual([name, replaced + 1]);
}

describeStores("an answer, and what corrects it, on their way to Telegram", (place) => {
  test(
    "arrive, or are shown as they are; what did not surely arrive leaves the question open and goes again by hand alone",
    {
      timeout: 180_000,
    },
    async () => {
      const meetings = ENDS.flatMap(([name, trouble, shows]) => [
        { name: `answer: ${name}`, trouble, shows, method: undefined },
        { name: `replacing: ${name}`, trouble, shows, method: "editMessageText" as const },
        { name: `note: ${name}`, trouble, shows, method: "sendMessage" as const },
      ]);
      const all = meetings.map((meeting, at) => ({ ...meeting, walk: new Walk(`yk${at}w`) }));
      await run(
        place(),
        all.map(({ walk }) => walk.mehmet),
        slack.person(),
      );
      await Promise.all(
        all.map(({ walk, name, trouble, shows, method }) =>
          method === undefined ? answerMeets(walk, name, trouble, shows) : correctionMeets(walk, name, trouble, shows, method),
        ),
      );
    },
  );
});

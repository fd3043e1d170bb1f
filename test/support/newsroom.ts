import { setTimeout as pause } from "node:timers/promises";
import type { Store } from "#core/ports.ts";
import type { Person as Member } from "./bot-api/people.ts";
import type { Message as Told } from "./bot-api/shapes.ts";
import { startBotApi, type BotApi } from "./bot-api/server.ts";
import { deskSettings, runDeskBot, type DeskBot } from "./desk-bot.ts";
import type { Person as Colleague } from "./slack/people.ts";
import { startSlack, type Slack } from "./slack/server.ts";
import type { Channel, Message, View } from "./slack/shapes.ts";
import type { Place } from "./store.ts";
import { listed } from "./subscribers.ts";

/** What staff write where a test does not say otherwise. */
const USUAL = {
  topics: "events",
  "title-tr": "Buluşmaya bekleriz",
  "body-tr": "Hepinizi bekliyoruz.",
  "title-en": "Join the gathering",
  "body-en": "Everybody is welcome.",
};
type EventValues = Readonly<Record<string, string>> & { readonly "title-tr": string };
/** By how much the time goes faster while somebody waits for a card, which rests for seconds once it is shown. */
const HURRY_MS = 100;

/** Everything of a message or a form, as far as its reader sees it. */
export const contentOf = (of: Message | View | undefined): string => JSON.stringify(of?.blocks ?? []);

/**
 * Staff in Slack who announce, members on Telegram who read, and the bot between them at an hour that only the test moves: the store, too,
 * goes by it. Zeynep and Mehmet may approve; both are in the desk's channel.
 */
export async function openNewsroom() {
  const api: BotApi = await startBotApi();
  const slack: Slack = await startSlack();
  const zeynep = slack.person({ name: "zeynep" });
  const mehmet = slack.person({ name: "mehmet" });
  const desk: Channel = slack.channel({ name: "danisma-masasi", members: [zeynep, mehmet] });
  const running: DeskBot[] = [];
  let opened: Store | undefined;
  let ahead = 0;
  let port = 0;
  const now = () => Date.now() + ahead;
  const at = (moment: string) => {
    ahead = Date.parse(moment) - Date.now();
  };
  // A decent hour, whatever the real one.
  at(`${new Date().toISOString().slice(0, 10)}T11:00:00Z`);

  const start = async (store: Store, settings: Readonly<Record<string, string>> = {}) => {
    const more = { SLACK_APPROVERS: `${zeynep.user.id},${mehmet.user.id}`, PUBLIC_URL: "https://imece.example.org" };
    const hear = { listening: (on: number) => void (port = on) };
    const bot = await runDeskBot(store, slack, { ...deskSettings(api, slack, desk), ...more, ...settings }, hear, now);
    running.push(bot);
    opened = store;
    return bot;
  };
  const stop = async () => {
    for (const bot of running.splice(0)) await bot[Symbol.asyncDispose]();
  };

  const holding = (member: Member, part: string): readonly Told[] =>
    api.shown(member.chat.id).filter(({ text, caption }) => (text ?? caption)?.includes(part) === true);
  const reads = async (member: Member, part: string): Promise<Told> => {
    await api.until(() => holding(member, part).length > 0, 20_000);
    return holding(member, part).at(-1) as Told;
  };
  const isListed = async ({ user }: Member) => {
    const subscribers = opened === undefined ? [] : await listed(opened);
    return subscribers.some(({ person }) => person === String(user.id));
  };
  const cardOf = (title: string) => slack.shown(desk.id).findLast((message) => contentOf(message).includes(title));
  const cardHas = (title: string, part: string | RegExp) =>
    slack.until(() => {
      if (new RegExp(part).test(contentOf(cardOf(title)))) return true;
      ahead += HURRY_MS;
      return false;
    }, 20_000);
  const opens = (person: Colleague, title: string) => slack.until(() => person.modal()?.view.title?.text === title);

  const press = async (person: Colleague, card: string, label: string) => {
    await cardHas(card, `"${label}"`);
    await person.presses(cardOf(card), label).done;
  };
  const fillIn = async (person: Colleague, command: string, title: string, values: Readonly<Record<string, string>>) => {
    await person.commands("", { channel: desk, command }).done;
    await opens(person, title);
    await person.submits(values).done;
  };
  /** Opens the form of events, and gives the key of the one of this title. */
  const keyOf = async (title: string): Promise<string | undefined> => {
    await zeynep.commands("", { channel: desk, command: "/etkinlik" }).done;
    await opens(zeynep, "Etkinlik");
    const fields = zeynep.modal()?.view.blocks ?? [];
    const options = fields.flatMap(({ element }) => (element?.["options"] ?? []) as { text: { text: string }; value: string }[]);
    return options.find(({ text }) => text.text === title)?.value;
  };
  const proposes = async (values: EventValues): Promise<string> => {
    await fillIn(zeynep, "/etkinlik", "Etkinlik", { change: "new" });
    await opens(zeynep, "Yeni etkinlik");
    await zeynep.submits({ topics: "events", ...values }).done;
    await cardHas(`Yeni etkinlik: ${values["title-tr"]}`, "Onay bekliyor");
    return `Yeni etkinlik: ${values["title-tr"]}`;
  };
  const proposesChange = async (
    change: "move" | "cancel",
    title: string,
    values: Readonly<Record<string, string>> = {},
  ): Promise<string> => {
    const event = await keyOf(title);
    if (event === undefined) throw new Error(`There is no event ${title} to be changed.`);
    await zeynep.submits({ change, event }).done;
    await opens(zeynep, change === "move" ? "Tarih/yer değişikliği" : "Etkinliği iptal edin");
    await zeynep.submits(values).done;
    const card = change === "move" ? "Tarih/yer değişikliği:" : "Etkinlik iptali:";
    await cardHas(card, "Onay bekliyor");
    return card;
  };
  const approved = async (card: string, label = "Onayla") => {
    await cardHas(card, "Onay bekliyor");
    await press(mehmet, card, label);
  };

  return {
    api,
    slack,
    desk,
    zeynep,
    mehmet,
    now,
    at,
    /** Begins to run over a store; gives it with the bot. */
    async run(place: Place, settings?: Readonly<Record<string, string>>) {
      const store = await place.open({ now });
      return { store, bot: await start(store, settings) };
    },
    /** Ends what runs, as an operator does, and begins anew over the same store. */
    async restart(store: Store, settings?: Readonly<Record<string, string>>) {
      await stop();
      return start(store, settings);
    },
    /** Where the bot's own server listens. */
    port: () => port,

    /** What a member has of the bot that says so. */
    holding,
    /** The last of them, once there is one. */
    reads,
    /** A member who chose a topic in the menu. */
    async subscribes(language: "tr" | "en"): Promise<Member> {
      const member = api.person({ language });
      member.says(language === "tr" ? "/duyurular" : "/news");
      const menu = await reads(member, language === "tr" ? "Hangi konularda" : "Which");
      member.presses(menu, language === "tr" ? "Etkinlikler" : "Events");
      await reads(member, "✓");
      // The list follows the choice.
      while (!(await isListed(member))) await pause(20);
      return member;
    },

    /** The card that stands last in the desk's channel with these words. */
    cardOf,
    cardHas,
    /** What was shown to a colleague alone. */
    toldAlone: (person: Colleague) => slack.shownOnlyTo(person.user.id).map(({ text }) => text),
    opens,
    press,
    approved,
    /** Zeynep writes an announcement; its card waits. Gives its title. */
    async writes(values: Readonly<Record<string, string>> = {}): Promise<string> {
      const written = { ...USUAL, ...values };
      await fillIn(zeynep, "/duyuru", "Duyuru", written);
      await cardHas(written["title-tr"], "Onay bekliyor");
      return written["title-tr"];
    },
    /** Zeynep writes an event; its card waits. Gives what stands on the card. */
    proposes,
    /** Zeynep writes an event and Mehmet approves it; it can be announced then. */
    async publishes(values: EventValues): Promise<void> {
      const card = await proposes(values);
      await approved(card);
      await cardHas(card, "Yayında");
      while ((await keyOf(values["title-tr"])) === undefined) zeynep.closes();
      zeynep.closes();
    },
    /** Zeynep moves or cancels an event, and somebody approves that. */
    async changes(change: "move" | "cancel", title: string, values: Readonly<Record<string, string>> = {}, by = mehmet) {
      const card = await proposesChange(change, title, values);
      await press(by, card, "Onayla");
    },
    /** The same without an approval; gives what stands on the card. */
    proposesChange,
    /** The key under which the form of events offers one that is known. */
    async eventKey(title: string): Promise<string | undefined> {
      const key = await keyOf(title);
      zeynep.closes();
      return key;
    },

    async [Symbol.asyncDispose]() {
      await stop();
      await slack[Symbol.asyncDispose]();
      await api[Symbol.asyncDispose]();
    },
  };
}

export type Newsroom = Awaited<ReturnType<typeof openNewsroom>>;

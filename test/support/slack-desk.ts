import { afterEach, beforeEach } from "vitest";
import { startBotApi, type BotApi } from "./bot-api/server.ts";
import type { Person as Member } from "./bot-api/people.ts";
import type { Message as Sent } from "./bot-api/shapes.ts";
import { deskSettings, runDeskBot, type DeskBot } from "./desk-bot.ts";
import type { Person as Colleague } from "./slack/people.ts";
import { startSlack, type Slack } from "./slack/server.ts";
import type { Channel, Message, View } from "./slack/shapes.ts";
import type { Place } from "./store.ts";
import type { Store } from "#core/ports.ts";

/** Two colleagues at a desk in the fake Slack, members at the fake Bot API, and the bot between them; new for every test. */
export interface DeskScene {
  readonly api: BotApi;
  readonly slack: Slack;
  readonly desk: Channel;
  readonly mehmet: Colleague;
  readonly zeynep: Colleague;
  /** Runs the bot with both as approvers; closed after the test. */
  readonly run: (place: Place, now?: () => number) => Promise<Store>;
  /** Cards in the desk's channel, oldest first. */
  readonly cards: () => readonly Message[];
  /** The last card that holds a text, waited for. */
  readonly card: (part: string) => Promise<Message>;
  /** The form with that title that somebody looks at, waited for. */
  readonly form: (person: Colleague, title: string, holding?: string) => Promise<View>;
  /** What Slack shows one person alone. */
  readonly toldAlone: (person: Colleague) => readonly string[];
  /** The messages of a member's chat that hold a text. */
  readonly holding: (member: Member, part: string) => readonly Sent[];
  /** The last of them, waited for. */
  readonly reads: (member: Member, part: string) => Promise<Sent>;
}

/** What a reader sees of a message or form, its buttons left out. */
export const seen = (of: Message | View | undefined): string => (of?.blocks ?? []).map(({ text }) => text?.text ?? "").join("\n");

/** The labels of its buttons. */
export const labels = (of: Message | View | undefined): string[] =>
  (of?.blocks ?? []).flatMap(({ type, elements = [] }) =>
    type === "actions" ? elements.map(({ text }) => (typeof text === "object" ? text.text : "")) : [],
  );

/** Sets the scene before every test of the file, and clears it after. */
export function describeDesk(): () => DeskScene {
  let scene: DeskScene | undefined;
  const running: DeskBot[] = [];
  beforeEach(async () => {
    scene = await setScene(running);
  });
  afterEach(async () => {
    for (const bot of running.splice(0)) await bot[Symbol.asyncDispose]();
    await scene?.slack[Symbol.asyncDispose]();
    await scene?.api[Symbol.asyncDispose]();
  });
  return () => {
    if (scene === undefined) throw new Error("Ask for the scene inside a test.");
    return scene;
  };
}

async function setScene(running: DeskBot[]): Promise<DeskScene> {
  const api = await startBotApi();
  const slack = await startSlack();
  const mehmet = slack.person({ name: "mehmet" });
  const zeynep = slack.person({ name: "zeynep" });
  const desk = slack.channel({ name: "danisma-masasi", members: [mehmet, zeynep] });
  const approvers = `${mehmet.user.id},${zeynep.user.id}`;
  const cards = () => slack.shown(desk.id);
  const holding = (member: Member, part: string) => api.shown(member.chat.id).filter(({ text }) => text?.includes(part));
  const lastCard = (part: string) => cards().findLast((each) => seen(each).includes(part));
  return {
    api,
    slack,
    desk,
    mehmet,
    zeynep,
    cards,
    holding,
    async run(place, now) {
      const store = await place.open(now === undefined ? {} : { now });
      running.push(await runDeskBot(store, slack, { ...deskSettings(api, slack, desk), SLACK_APPROVERS: approvers }, {}, now));
      return store;
    },
    async card(part) {
      await slack.until(() => lastCard(part) !== undefined);
      return lastCard(part) as Message;
    },
    async form(person, title, held = "") {
      const wanted = JSON.stringify(held).slice(1, -1);
      await slack.until(() => {
        const view = person.modal()?.view;
        return view?.title?.text === title && JSON.stringify(view).includes(wanted);
      });
      return person.modal()?.view as View;
    },
    toldAlone: (person) => slack.shownOnlyTo(person.user.id).map(({ text }) => text),
    async reads(member, part) {
      await api.until(() => holding(member, part).length > 0);
      return holding(member, part).at(-1) as Sent;
    },
  };
}

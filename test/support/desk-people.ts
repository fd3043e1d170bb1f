import { setTimeout as pause } from "node:timers/promises";
import type { Person as Member } from "./bot-api/people.ts";
import type { Message as Sent } from "./bot-api/shapes.ts";
import type { BotApi } from "./bot-api/server.ts";
import type { Person as Colleague } from "./slack/people.ts";
import type { Slack } from "./slack/server.ts";
import type { Channel, Message, View } from "./slack/shapes.ts";

/** Where members and staff meet: Telegram on one side, a channel of Slack on the other. */
export interface Scene {
  readonly api: BotApi;
  readonly slack: Slack;
  readonly desk: Channel;
  /** How long anybody goes on trying. */
  readonly withinMs: number;
}

/** A member's question and the colleague who answers it. `name` is a word that stands in no other question. */
export interface Talk {
  readonly name: string;
  readonly member: Member;
  readonly colleague: Colleague;
  /** Which steps that a ticket may do without it takes. */
  readonly takes: ReadonlySet<"claim" | "correct" | "close">;
}

/** An entry that a colleague writes and another approves, and a member who asks for what it says. `name` is a word of its own. */
export interface Learning {
  readonly name: string;
  readonly member: Member;
  readonly author: Colleague;
  /** All of them press at once. */
  readonly approvers: readonly Colleague[];
}

/** How long a person waits before trying again what seems to have had no effect. */
const PATIENCE_MS = 1500;
/** Whoever sends more than thirty messages a minute is passed over. */
const ASKS_AGAIN_MS = 4000;
/** What a member wrote or pressed is never lost, and a reply only where two tries had no known end. */
const READS_AGAIN_MS = 45_000;

/** What a reader sees of a message or form, its buttons left out. */
export const seen = (of: Message | View | undefined): string => (of?.blocks ?? []).map(({ text }) => text?.text ?? "").join("\n");

/** Tries again, as people do, until what they want to see is there. */
async function insist({ withinMs }: Scene, what: () => boolean, act: () => unknown, patienceMs = PATIENCE_MS): Promise<void> {
  const end = Date.now() + withinMs;
  while (!what()) {
    if (Date.now() > end) throw new Error(`This did not happen: ${what.toString()}`);
    act();
    const patient = Date.now() + patienceMs;
    while (!what() && Date.now() < patient) await pause(20);
  }
}

/** Whoever pressed twice may have two forms open, and goes on with the first. */
function tidy({ slack }: Scene, person: Colleague): void {
  while (slack.state.modals.filter(({ user }) => user === person.user.id).length > 1) person.closes();
}

/** What a member was told that has these words in it. */
export function told({ api }: Scene, { member }: { readonly member: Member }, part: string): readonly Sent[] {
  return api.shown(member.chat.id).filter(({ text }) => text?.includes(part));
}

export function cardsOf({ slack, desk }: Scene, { name }: Talk): readonly Message[] {
  return slack.shown(desk.id).filter((card) => seen(card).includes(`qwxz${name} `));
}

export function draftsOf({ slack, desk }: Scene, { name }: Learning): readonly Message[] {
  return slack.shown(desk.id).filter((card) => seen(card).includes(`Kayıt taslağı: ${titleOf(name)}`));
}

export function notesOf(scene: Scene, talk: Talk): readonly string[] {
  const notes = cardsOf(scene, talk).flatMap(({ ts }) => scene.slack.shown(scene.desk.id, ts).map(seen));
  return notes.filter((note) => note.includes(remarkOf(talk)));
}

const remarkOf = ({ name }: Talk) => `teşekkürler ${name} numara`;
export const answerOf = ({ name }: Talk) => `Yanıt ${name}.`;
export const correctionOf = ({ name }: Talk) => `Yenisi ${name}.`;
export const newsOf = ({ name }: Pick<Learning, "name">) => `${name} her salı kalkar.`;
const titleOf = (name: string) => `${name} turu ne zaman?`;

/** The whole way of a ticket: asked, claimed, answered, corrected, talked about, closed. */
export async function live(scene: Scene, talk: Talk): Promise<void> {
  const { slack, withinMs } = scene;
  const { name, member, colleague, takes } = talk;
  const reads = (part: string) => told(scene, talk, part).at(-1);
  const card = () => cardsOf(scene, talk)[0];
  const shows = (part: string | RegExp) => new RegExp(part).test(seen(card()));
  const title = () => colleague.modal()?.view.title?.text;
  const until = (what: () => boolean) => insist(scene, what, () => {}, PATIENCE_MS);
  const fills = async (label: string, form: string, words: string, done: () => boolean) => {
    await insist(
      scene,
      () => title() === form,
      () => colleague.presses(card(), label),
    );
    await insist(
      scene,
      () => title() === "Üye böyle görecek" || done(),
      () => {
        tidy(scene, colleague);
        colleague.submits({ words });
      },
    );
    await insist(scene, done, () => {
      tidy(scene, colleague);
      if (title() === "Üye böyle görecek") colleague.submits({ words });
    });
    while (colleague.modal() !== undefined) colleague.closes();
  };

  const question = `qwxz${name} plfk nedir`;
  await insist(
    scene,
    () => reads("yanlış bilgi") !== undefined,
    () => member.says(question),
    READS_AGAIN_MS,
  );
  await insist(
    scene,
    () => reads("şu metin gidecek") !== undefined,
    () => member.presses(reads("yanlış bilgi"), "Birliğe ilet"),
    READS_AGAIN_MS,
  );
  // Whoever was shown the text twice and presses under the first is told that nothing was sent, and asks for it once more.
  const [previews, voids] = ["şu metin gidecek", "hiçbir şey göndermedim"].map(
    (part) => () => told(scene, talk, part).length,
  ) as [() => number, () => number];
  let pressed = 0;
  let refused = 0;
  await insist(
    scene,
    () => card() !== undefined || reads("Soru no:") !== undefined,
    () => {
      if (voids() > refused) member.says("/birlige_ilet");
      else if (previews() > pressed && (pressed === 0 || refused > 0)) member.presses(reads("şu metin gidecek"), "Gönder");
      else return;
      refused = voids();
      pressed = previews();
    },
  );
  await slack.until(() => card() !== undefined, withinMs);
  if (takes.has("claim"))
    await insist(
      scene,
      () => shows("Üstlenen"),
      () => colleague.presses(card(), "Üstlen"),
    );
  await fills("Yanıtla", "Yanıt yazın", answerOf(talk), () => shows("1\\. yanıt"));
  await until(() => shows("[✓?] 1\\. yanıt"));
  if (takes.has("correct") && shows("✓ 1\\. yanıt")) {
    // Corrected again only once it is known how the correction arrived.
    const corrected = () => told(scene, talk, correctionOf(talk)).length > 0 || !shows("✓ 1\\. yanıt");
    await fills("Düzelt", "Yanıtı düzeltin", correctionOf(talk), corrected);
    await until(() => shows("[✓?] 1\\. yanıt"));
  }
  member.says(remarkOf(talk));
  await slack.until(() => notesOf(scene, talk).length > 0, withinMs);
  if (!takes.has("close")) return;
  await insist(
    scene,
    () => title() === "Soruyu kapatın",
    () => colleague.presses(card(), "Kapat"),
  );
  await insist(
    scene,
    () => shows("Kapandı"),
    () => {
      if (title() === "Soruyu kapatın") colleague.submits({ reason: "not-ours" });
    },
  );
}

/** What an author writes into the form of an entry. */
export function entryFormOf(name: string): Readonly<Record<string, string>> {
  return {
    topic: "union",
    "title-tr": titleOf(name),
    "title-en": `When is the tour of ${name}?`,
    "questions-tr": ["turu", "ne zaman kalkıyor", "ile gezi var mı", "gezisi saati", "nasıl binilir"]
      .map((rest) => `${name} ${rest}`)
      .join("\n"),
    "questions-en": [`${name} tour`, `when does ${name} leave`, `is there a trip with ${name}`].join("\n"),
    "answer-tr": newsOf({ name }),
    "answer-en": `${name} leaves every Tuesday.`,
    "source-title": "Birlik: duyurular",
    "source-date": "2026-11",
  };
}

/** The whole way of an entry: written, shown, approved, and answered with. */
export async function learn(scene: Scene, learning: Learning): Promise<void> {
  const { desk } = scene;
  const { name, member, author, approvers } = learning;
  const draft = () => draftsOf(scene, learning)[0];
  const waiting = () => author.modal()?.view.title?.text === "Bilgi bankası kaydı";
  const isSeen = () => author.modal()?.view.submit?.text === "Onaya sun";
  await insist(scene, waiting, () => author.commands("yeni", { channel: desk }));
  await insist(
    scene,
    () => isSeen() || draft() !== undefined,
    () => {
      tidy(scene, author);
      author.submits(entryFormOf(name));
    },
  );
  await insist(
    scene,
    () => draft() !== undefined,
    () => {
      tidy(scene, author);
      if (isSeen()) author.submits({});
    },
  );
  await insist(
    scene,
    () => seen(draft()).includes("Yayında"),
    () => {
      for (const each of approvers) if (JSON.stringify(draft()).includes("Onayla")) each.presses(draft(), "Onayla");
    },
  );
  await insist(
    scene,
    () => told(scene, learning, newsOf(learning)).length > 0,
    () => member.says(`${name} ne zaman kalkıyor`),
    ASKS_AGAIN_MS,
  );
}

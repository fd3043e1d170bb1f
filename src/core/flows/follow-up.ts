import type { Conversation } from "#core/conversation.ts";
import type { Entry } from "#core/entry.ts";
import type { Event } from "#core/event.ts";
import { answerWith } from "#core/flows/answer.ts";
import { standsAbove } from "#core/flows/above.ts";
import { offer } from "#core/flows/offer.ts";
import type { Text } from "#core/message.ts";
import type { Scene, Step } from "#core/step.ts";
import { text } from "#core/step.ts";
import { cityInWords } from "#text/city-names.ts";
import { periodInWords } from "#text/dates.ts";
import { isFunctionWord } from "#text/function-words.ts";
import { words } from "#text/words.ts";

type Subject = NonNullable<Conversation["subject"]>;

/** After this long a question stands alone again. */
const TALK_LASTS_MS = 30 * 60_000;
const MOST_WORDS = 7;

const WHEN = /^(?:zaman\w*|tarih\w*|saat\w*|gun|gunu|when|dates?|time)$/;
const WHERE = /^(?:ner[ed]\w*|yer|yeri|yerde|mekan\w*|adres\w*|where|venue|place|location|city|sehir\w*)$/;
const OTHER =
  /^(?:kim|kim[ei]|kimin|kimden|kimdi|kimler\w*|kadar|katil\w*|konus\w*|duzenle\w*|ucret\w*|fiyat\w*|paral\w*|kac\w*|nasil|neden|niye|nicin|who\w*|attend\w*|participa\w*|organi[sz]\w*|fees?|costs?|price|much|why|how)$/;
const AROUND = /^(?:peki|ya|yapil\w*|gercekles\w*|oldu\w*|gecti|kisi\w*|etkinli\w*|held|took|happen\w*|people|event|then)$/;

/** What was spoken of last, while the talk lasts. */
export function subjectOf({ conversation, now }: Scene): Subject | undefined {
  const { subject } = conversation;
  return subject && now - subject.at <= TALK_LASTS_MS ? subject : undefined;
}

/** A question without a subject of its own ("peki nerede?", "kimler katıldı") is about what was just answered or offered. */
export function followUp(scene: Scene, question: string, written = question): Step | undefined {
  const subject = subjectOf(scene);
  const typed = words(question).map((word) => word.folded);
  if (!subject || subject.entries.length === 0 || typed.length > MOST_WORDS) return undefined;
  const asks = (aspect: RegExp) => typed.some((word) => aspect.test(word));
  const when = asks(WHEN);
  const where = asks(WHERE);
  if (!when && !where && !asks(OTHER)) return undefined;
  const known = (word: string) => [WHEN, WHERE, OTHER, AROUND].some((each) => each.test(word)) || isFunctionWord(word);
  if (!typed.every(known)) return undefined;

  const event = eventOf(scene, subject);
  const told = event && (when || where) ? dateOrPlace(scene, event, written, { when, where }) : undefined;
  return told ?? aboutSubject(scene, subject, question, written);
}

/** The event that most of the entries spoken of are about. */
function eventOf({ knowledge }: Scene, { entries }: Subject): Event | undefined {
  const keys = entries.map((id) => knowledge.entry(id)?.event);
  const most = keys.find((key) => key !== undefined && keys.filter((each) => each === key).length > keys.length / 2);
  return most === undefined ? undefined : knowledge.event(most);
}

/** Answers with the entry of the event that is about its date or place, or with the one about the event as a whole. */
function dateOrPlace(scene: Scene, event: Event, question: string, asked: { when: boolean; where: boolean }): Step | undefined {
  const entries = event.entries.flatMap((id) => scene.knowledge.entry(id) ?? []);
  const says = (entry: Entry) => titled(entry, asked.when ? WHEN : WHERE);
  const entry = entries.find(says) ?? entries[0];
  if (!entry) return undefined;
  const found = { verdict: "sure", confidence: 1, candidates: [{ id: entry.id, score: 1 }] } as const;
  if (entry.id !== scene.conversation.subject?.shown) return answerWith(scene, entry, found, question);
  return standsAbove(scene, entry, found, question, factsOf(scene, event, asked));
}

function titled(entry: Entry, aspect: RegExp): boolean {
  return words(entry.title.tr).some((word) => aspect.test(word.folded));
}

function factsOf({ language }: Scene, event: Event, asked: { when: boolean; where: boolean }): Text[] {
  const facts: Text[] = [];
  if (asked.when && event.start !== undefined)
    facts.push(text("followUp.when", { date: periodInWords(event.start, event.end, language) }));
  const city = event.city === undefined ? undefined : cityInWords(event.city, language);
  const place = [event.venue, city].filter((each) => each !== undefined).join(", ");
  if (asked.where && place !== "") facts.push(text("followUp.where", { place }));
  return facts;
}

/** Goes to the entries near the subject and to no other. */
function aboutSubject(scene: Scene, subject: Subject, question: string, written: string): Step {
  const { knowledge, language } = scene;
  const found = knowledge.search({ question, language, context: subject });
  const near = nearOf(scene, subject);
  const candidates = found.candidates.filter((candidate) => near.has(candidate.id));
  const best = knowledge.entry(candidates[0]?.id ?? "");
  const shown = knowledge.entry(subject.shown ?? "");
  if (best && best !== shown && found.verdict === "sure") return answerWith(scene, best, { ...found, candidates }, written);
  if (shown && (best === shown || best === undefined || found.verdict === "nothing"))
    return standsAbove(scene, shown, found, written, []);
  const rest = subject.entries.map((id) => ({ id, score: 0 }));
  const offered = found.verdict === "unsure" && candidates.length > 0 ? candidates : rest;
  return offer(scene, { confidence: found.confidence, candidates: offered }, `${subject.question} – ${written}`, "offer.which");
}

function nearOf({ knowledge }: Scene, { entries }: Subject): ReadonlySet<string> {
  const spoken = entries.flatMap((id) => knowledge.entry(id) ?? []);
  const events = spoken.flatMap((entry) => (entry.event === undefined ? [] : (knowledge.event(entry.event)?.entries ?? [])));
  return new Set([...entries, ...events, ...spoken.flatMap((entry) => entry.related)]);
}

import type { Entry } from "#core/entry.ts";
import type { Event } from "#core/event.ts";
import { standsAbove } from "#core/flows/above.ts";
import { answerWith } from "#core/flows/answer.ts";
import { admit, offer } from "#core/flows/offer.ts";
import type { Text } from "#core/message.ts";
import type { Scene, Step } from "#core/step.ts";
import { text } from "#core/step.ts";
import type { Subject } from "#core/subject.ts";
import { namingSubject, subjectOf, withSubject } from "#core/subject.ts";
import { cityInWords } from "#text/city-names.ts";
import { periodInWords } from "#text/dates.ts";
import { isFunctionWord } from "#text/function-words.ts";
import { foldedWords, words } from "#text/words.ts";

const MOST_WORDS = 7;

const WHEN = /^(?:(?:ne)?zaman\w*|tarih\w*|saat\w*|gun\w*|sur(?:du|mus|er|mustu)|whens?|dates?|time|days?|long)$/;
const WHERE = /^(?:ner[ed]\w*|yer|yeri|yerde|mekan\w*|adres\w*|wheres?|venue|place|location|city|sehir\w*)$/;
const OTHER =
  /^(?:kim|kim[ei]|kimin|kimden|kimdi|kimler\w*|kadar|katil\w*|konus\w*|duzenle\w*|ucret\w*|fiyat\w*|paral\w*|kac\w*|nasil|neden|niye|nicin|who\w*|attend\w*|participa\w*|organi[sz]\w*|fees?|costs?|price|much|why|how)$/;
const AROUND =
  /^(?:peki|ya|whats|came|spoke|joined|yapil\w*|gercekles\w*|oldu\w*|gecti|kisi\w*|kur(?:du|mus|uldu\w*|ulmus\w*)|etkinli\w*|held|took|last|lasted|happen\w*|founded|people|event|then)$/;

/** A question without a subject of its own ("peki nerede?", "kimler katıldı") is about what was just answered or offered. */
export function followUp(scene: Scene, question: string, written = question): Step | undefined {
  const subject = subjectOf(scene);
  const typed = foldedWords(question);
  if (!subject || subject.entries.length === 0 || typed.length > MOST_WORDS) return undefined;
  const asks = (aspect: RegExp) => typed.some((word) => aspect.test(word));
  const when = asks(WHEN);
  const where = asks(WHERE);
  if (!when && !where && !asks(OTHER)) return undefined;
  const known = (word: string) => [WHEN, WHERE, OTHER, AROUND].some((each) => each.test(word)) || isFunctionWord(word);
  if (!typed.every(known)) return undefined;

  const asked = withSubject(scene, subject, written);
  const event = eventOf(scene, subject);
  const told = event && (when || where) ? dateOrPlace(scene, event, asked, { when, where }) : undefined;
  return told ?? aboutSubject(scene, subject, question, asked);
}

/** The event that most of the entries spoken of are about. */
function eventOf({ knowledge }: Scene, { entries }: Subject): Event | undefined {
  const keys = entries.map((id) => knowledge.entry(id)?.event);
  const most = keys.find((key) => key !== undefined && keys.filter((each) => each === key).length > keys.length / 2);
  return most === undefined ? undefined : knowledge.event(most);
}

/** Answers with the entry of the event that is about its date or place, or with the one about the event as a whole. */
function dateOrPlace(scene: Scene, event: Event, asked: string, aspects: { when: boolean; where: boolean }): Step | undefined {
  const entries = event.entries.flatMap((id) => scene.knowledge.entry(id) ?? []);
  const says = (entry: Entry) => titled(entry, aspects.when ? WHEN : WHERE);
  const entry = entries.find(says) ?? entries[0];
  if (!entry) return undefined;
  const found = { verdict: "sure", confidence: 1, candidates: [{ id: entry.id, score: 1 }] } as const;
  if (entry.id !== scene.conversation.subject?.shown) return answerWith(scene, entry, found, asked);
  const facts = factsOf(scene, event, aspects);
  return facts.length === 0 ? undefined : standsAbove(scene, entry, found, asked, facts);
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

/** Goes to the entries near the subject and to no other. `asked` is the question with its subject, as it is remembered. */
function aboutSubject(scene: Scene, subject: Subject, question: string, asked: string): Step {
  const { knowledge, language } = scene;
  const found = knowledge.search({ question, language, context: subject });
  const near = nearOf(scene, subject);
  const candidates = found.candidates.filter((candidate) => near.has(candidate.id));
  const best = knowledge.entry(candidates[0]?.id ?? "");
  const shown = knowledge.entry(subject.shown ?? "");
  if (best && best !== shown && found.verdict === "sure") return answerWith(scene, best, { ...found, candidates }, asked);

  if (!shown) {
    const rest = subject.entries.map((id) => ({ id, score: 0 }));
    const offered = found.verdict === "unsure" && candidates.length > 0 ? candidates : rest;
    return offer(scene, { confidence: found.confidence, candidates: offered }, asked, "offer.which");
  }
  return aboutShown(scene, shown, { question: namingSubject(scene, subject, question), asked, near });
}

interface Named {
  /** With the names of the subject in it. */
  readonly question: string;
  readonly asked: string;
  readonly near: ReadonlySet<string>;
}

/** Another entry about the same thing says it, or the one above does, or nobody does. */
function aboutShown(scene: Scene, shown: Entry, { question, asked, near }: Named): Step {
  const { knowledge, language } = scene;
  const found = knowledge.search({ question, language });
  const first = knowledge.entry(found.candidates[0]?.id ?? "");
  const titled = knowledge.titled(question);
  if (titled && titled !== shown)
    return answerWith(scene, titled, { confidence: 1, candidates: [{ id: titled.id, score: 1 }] }, asked);
  if (found.verdict === "sure" && first && first !== shown && near.has(first.id)) return answerWith(scene, first, found, asked);

  const says = (entry: Entry) => knowledge.holds(entry, question, language);
  if (says(shown) ?? (first === shown && found.verdict === "sure")) return standsAbove(scene, shown, found, asked);
  const candidates = found.candidates.filter(({ id }) => {
    const entry = knowledge.entry(id);
    if (entry === undefined || entry === shown || found.verdict === "nothing") return false;
    const said = says(entry);
    return said === undefined ? entry.topic === shown.topic : said && near.has(id);
  });
  if (candidates.length === 0) return admit(scene, asked, found);
  return offer(scene, { ...found, candidates }, asked, "offer.which");
}

function nearOf({ knowledge }: Scene, { entries }: Subject): ReadonlySet<string> {
  const spoken = entries.flatMap((id) => knowledge.entry(id) ?? []);
  const events = spoken.flatMap((entry) => (entry.event === undefined ? [] : (knowledge.event(entry.event)?.entries ?? [])));
  return new Set([...entries, ...events, ...spoken.flatMap((entry) => entry.related)]);
}

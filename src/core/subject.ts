import type { Conversation } from "#core/conversation.ts";
import type { Entry } from "#core/entry.ts";
import type { Scene } from "#core/step.ts";
import { askedFor } from "#text/asked.ts";
import { fold } from "#text/fold.ts";
import { isFunctionWord } from "#text/function-words.ts";
import { foldedWords, words } from "#text/words.ts";

export type Subject = NonNullable<Conversation["subject"]>;

/** After this long a question stands alone again. */
const TALK_LASTS_MS = 30 * 60_000;
const MOST_NAME_WORDS = 6;
const MOST_LEANING_WORDS = 7;
const JOINED = " – ";

const PRONOUN =
  /^(?:o|onu|onun|ona|ondan|onlar\w*|bunu|bunun|buna|bundan|bunlar\w*|orada|oraya|orasi|it|its|they|them|their|there|that|those)$/;
/** "üyesi", "başkanı", "members": of something that was named before. */
const POSSESSED = /[iu]$|[^s]s$/;

/** "nasıl üye olurum", "how do I join": of what is left open. */
const MEMBERSHIP = /^(?:uye ol\p{L}*|become members?|join)$/u;

/** What was spoken of last, while the talk lasts. */
export function subjectOf({ conversation, now }: Scene): Subject | undefined {
  const { subject } = conversation;
  return subject && now - subject.at <= TALK_LASTS_MS ? subject : undefined;
}

/** Whether a question needs what was spoken of to be understood: "who pays for it?", "kaç üyesi var?". */
export function leansOnSubject(question: string): boolean {
  const typed = foldedWords(question);
  if (typed.length > MOST_LEANING_WORDS) return false;
  if (typed.some((word) => PRONOUN.test(word))) return true;
  const own = typed.filter((word) => !isFunctionWord(word));
  if (MEMBERSHIP.test(own.join(" "))) return true;
  return own.length === 1 && POSSESSED.test(own[0] ?? "") && askedFor(typed.join(" ")) !== 0;
}

/** A question with what it is about before it: what a person at the desk needs to understand "peki nerede?". */
export function withSubject(scene: Scene, subject: Subject, question: string): string {
  const about = aboutOf(scene, subject);
  return about === "" ? question : `${about}${JOINED}${question}`;
}

/** A question with the names of its subject among its words, for the search: "ESMED ne zaman". */
export function namingSubject(scene: Scene, subject: Subject, question: string): string {
  const about = aboutOf(scene, subject).replace(/\([^)]*\)/g, " ");
  const own = words(about).filter((word) => !isFunctionWord(word.folded));
  const names = namesIn(about);
  const said = names.length > 0 ? names : own.slice(0, MOST_NAME_WORDS).map((word) => word.exact);
  return [...said, question].join(" ");
}

/** Whether an entry is of a body that neither the question nor its subject names: "nasıl üye olunur" after TÜRKİYE KOOP is not about ESMED. */
export function strays(scene: Scene, subject: Subject, question: string, entry: Entry): boolean {
  const spokenOf = namesIn(aboutOf(scene, subject)).map(fold);
  const others = namesIn(entry.title[scene.language]).map(fold);
  if (spokenOf.length === 0 || others.length === 0) return false;
  // "esmede", "ESMED'in": a name goes on with its suffixes.
  const said = [...spokenOf, ...foldedWords(question)];
  return !others.some((name) => said.some((word) => word.startsWith(name)));
}

/** The names in capitals in a title: "ESMED", "TÜRKİYE KOOP". */
function namesIn(title: string): string[] {
  return title.match(/(?<!\p{L})\p{Lu}{3,}(?!\p{L})/gu) ?? [];
}

function aboutOf({ knowledge, language }: Scene, { shown, question }: Subject): string {
  const title = knowledge.entry(shown ?? "")?.title[language];
  return title ?? question.split(JOINED)[0] ?? "";
}

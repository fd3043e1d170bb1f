import type { InLanguages } from "#core/entry.ts";
import { standsAbove } from "#core/flows/above.ts";
import { answerWith } from "#core/flows/answer.ts";
import { showEvents } from "#core/flows/events.ts";
import { followUp } from "#core/flows/follow-up.ts";
import { admit, headOf, offer } from "#core/flows/offer.ts";
import type { Found } from "#core/search.ts";
import type { Scene, Step } from "#core/step.ts";
import type { Subject } from "#core/subject.ts";
import { CHAT, choices, listed, say, text } from "#core/step.ts";
import { leansOnSubject, namingSubject, strays, subjectOf, withSubject } from "#core/subject.ts";
import { isLongNumber } from "#core/typed-number.ts";
import { dayAt } from "#text/dates.ts";
import { fold } from "#text/fold.ts";
import { oddityOf } from "#text/oddity.ts";

const MOST_TOLD = 3;

/**
 * Follow-up, event finder, then search: one of three ways, answer, offer, or an honest "I do not know". `question` is what is looked for;
 * `written` is the message it stood in, which is remembered, recorded and passed on as it was written.
 */
export function answerQuestion(scene: Scene, question: string, written = question): Step {
  const odd = oddityOf(written);
  if (odd) return { replies: [say(scene, text(`odd.${odd}`))], outcome: CHAT };

  const followed = followUp(scene, question, written);
  if (followed) return followed;

  const subject = subjectOf(scene);
  const events = scene.knowledge.findEvents(question, dayAt(scene.now, scene.settings.timeZone), subject?.events);
  if (events) return showEvents(scene, events, written);

  const alone = scene.knowledge.search({ question, language: scene.language, context: subject });
  const leans = subject !== undefined && needsSubject(scene, subject, question, alone);
  const beside = leans ? searchBesideShown(scene, subject, question) : undefined;
  const found = beside ?? alone;
  const asked = leans && (beside !== undefined || leansOnSubject(question)) ? withSubject(scene, subject, written) : written;
  const first = scene.knowledge.entry(found.candidates[0]?.id ?? "");
  if (found.verdict === "sure" && first) {
    return isJustShown(scene, first.id) ? standsAbove(scene, first, found, asked) : answerWith(scene, first, found, asked);
  }
  const titled = scene.knowledge.titled(question);
  if (titled) return answerWith(scene, titled, { confidence: 1, candidates: [{ id: titled.id, score: 1 }] }, asked);
  const meaning = scene.knowledge.meaning(question);
  // "nisap" stands for "nisap": that would tell nothing in Turkish.
  if (meaning && !fold(question).includes(fold(meaning[scene.language]))) return explain(scene, meaning, written);
  if (found.verdict === "unsure") return offer(scene, found, asked, headOf(question));
  if (isLongNumber(question)) return { replies: [say(scene, text("number.noList"))], outcome: CHAT };
  return admit(scene, asked, found);
}

/** Not clear by itself, or clear about something that was not spoken of: "who runs it?" after an answer is hardly about the bot. */
function needsSubject(scene: Scene, subject: Subject, question: string, { verdict, candidates }: Found): boolean {
  const first = scene.knowledge.entry(candidates[0]?.id ?? "");
  if (verdict !== "nothing" && first && subject.shown !== undefined && strays(scene, subject, question, first)) return true;
  const spokenOf = scene.knowledge.entry(subject.entries[0] ?? "");
  return (verdict !== "sure" || first?.topic !== spokenOf?.topic) && leansOnSubject(question);
}

/** What is found of a question that names nothing ("kaç üyesi var?") once it names the subject, where that stays with its topic. */
function searchBesideShown(scene: Scene, subject: Subject, question: string): Found | undefined {
  const found = scene.knowledge.search({ question: namingSubject(scene, subject, question), language: scene.language });
  const first = scene.knowledge.entry(found.candidates[0]?.id ?? "");
  const spokenOf = scene.knowledge.entry(subject.entries[0] ?? "");
  return found.verdict !== "nothing" && first !== undefined && first.topic === spokenOf?.topic ? found : undefined;
}

/** What a term stands for, and the entries that tell more of it. */
function explain(scene: Scene, { tr, en }: InLanguages<string>, question: string): Step {
  const { verdict, candidates, confidence } = scene.knowledge.search({ question: tr, language: "tr" });
  const near = verdict === "nothing" ? [] : candidates.slice(0, MOST_TOLD);
  const entries = near.flatMap(({ id }) => scene.knowledge.entry(id) ?? []);
  const options = entries.map((entry) => listed(entry.title[scene.language], { act: "answer", entry: entry.id }));
  const outcome = { is: "suggest", confidence, candidates: near } as const;
  const said = text("meaning.is", { tr, en });
  if (options.length === 0) return { replies: [say(scene, said)], outcome };
  return {
    replies: [choices(scene, [said, text("meaning.more")], options)],
    remember: { question: undefined, subject: { question, entries: entries.map(({ id }) => id), at: scene.now } },
    outcome,
  };
}

/** Whether the last thing said was the answer of this entry. */
function isJustShown({ conversation }: Scene, entry: string): boolean {
  const last = conversation.offers.at(-1);
  if (last?.turn !== conversation.turn) return false;
  return last.actions.some((action) => action.act === "rate" && action.entry === entry);
}

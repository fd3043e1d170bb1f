import type { InLanguages } from "#core/entry.ts";
import { standsAbove } from "#core/flows/above.ts";
import { answerWith } from "#core/flows/answer.ts";
import { showEvents } from "#core/flows/events.ts";
import { followUp, subjectOf } from "#core/flows/follow-up.ts";
import { admit, headOf, offer } from "#core/flows/offer.ts";
import type { Scene, Step } from "#core/step.ts";
import { CHAT, choices, listed, say, text } from "#core/step.ts";
import { isLongNumber } from "#core/typed-number.ts";
import { dayAt } from "#text/dates.ts";
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

  const found = scene.knowledge.search({ question, language: scene.language, context: subject });
  const first = scene.knowledge.entry(found.candidates[0]?.id ?? "");
  if (found.verdict === "sure" && first) {
    return isJustShown(scene, first.id) ? standsAbove(scene, first, found, written) : answerWith(scene, first, found, written);
  }
  const meaning = scene.knowledge.meaning(question);
  if (meaning) return explain(scene, meaning, written);
  if (found.verdict === "unsure") return offer(scene, found, written, headOf(question));
  if (isLongNumber(question)) return { replies: [say(scene, text("number.noList"))], outcome: CHAT };
  return admit(scene, written, found);
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

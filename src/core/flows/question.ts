import { answerWith } from "#core/flows/answer.ts";
import { showEvents } from "#core/flows/events.ts";
import { admit, offer } from "#core/flows/offer.ts";
import type { SearchContext } from "#core/search.ts";
import type { Scene, Step } from "#core/step.ts";
import { CHAT, say, text } from "#core/step.ts";
import { dayAt } from "#text/dates.ts";
import { oddityOf } from "#text/oddity.ts";

/** After this long a question stands alone again. */
const TALK_LASTS_MS = 30 * 60_000;

/** Event finder, then search: one of three ways, answer, offer, or an honest "I do not know". */
export function answerQuestion(scene: Scene, question: string): Step {
  const odd = oddityOf(question);
  if (odd) return { replies: [say(scene, text(`odd.${odd}`))], outcome: CHAT };

  const events = scene.knowledge.findEvents(question, dayAt(scene.now, scene.settings.timeZone));
  if (events) return showEvents(scene, events, question);

  const found = scene.knowledge.search({ question, language: scene.language, context: contextOf(scene) });
  const first = scene.knowledge.entry(found.candidates[0]?.id ?? "");
  if (found.verdict === "sure" && first) return answerWith(scene, first, found, question);
  if (found.verdict === "unsure") return offer(scene, found, question);
  return admit(scene, question, found);
}

function contextOf({ conversation, now }: Scene): SearchContext | undefined {
  const { subject } = conversation;
  return subject && now - subject.at <= TALK_LASTS_MS ? subject : undefined;
}

import type { Entry } from "#core/entry.ts";
import { relatedOptions } from "#core/flows/answer.ts";
import { passOnOrCall, unanswered } from "#core/flows/offer.ts";
import type { Text } from "#core/message.ts";
import type { Found } from "#core/search.ts";
import type { Scene, Step } from "#core/step.ts";
import { button, choices, text } from "#core/step.ts";

/**
 * The best answer is the one that stands right above: it is pointed to and not said again word for word. `facts` are what the event record
 * says to the very question; without any, a question that says no more than "how much?" is recorded as unanswered, with what it is about.
 */
export function standsAbove(scene: Scene, entry: Entry, found: Found, question: string, facts?: readonly Text[]): Step {
  const asked = facts === undefined ? question : `${entry.title[scene.language]} – ${question}`;
  const options = [...relatedOptions(scene, entry), button("button.passOn", { act: "pass-on" })];
  return {
    replies: [choices(scene, [...(facts ?? []), text("followUp.above"), passOnOrCall(scene)], options)],
    effects: facts?.length === 0 ? [unanswered(scene, asked, [entry.id])] : [],
    remember: {
      subject: { question: asked, entries: [entry.id], at: scene.now, shown: entry.id },
      question: asked,
    },
    outcome: { is: "answer", entry: entry.id, confidence: found.confidence, candidates: found.candidates },
  };
}

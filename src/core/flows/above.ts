import type { Entry } from "#core/entry.ts";
import { relatedOptions } from "#core/flows/answer.ts";
import { passOnOrCall } from "#core/flows/offer.ts";
import type { Text } from "#core/message.ts";
import type { Found } from "#core/search.ts";
import type { Scene, Step } from "#core/step.ts";
import { button, choices, text } from "#core/step.ts";

/**
 * The best answer is the one that stands right above: it is pointed to and not said again word for word. `asked` is the question with what
 * it is about; `facts` are what the event record says to
 * it, and then enough.
 */
export function standsAbove(scene: Scene, entry: Entry, found: Found, asked: string, facts: readonly Text[] = []): Step {
  const told = facts.length > 0 ? facts : [text("followUp.above"), ...passOnOrCall(scene)];
  const options = [...relatedOptions(scene, entry), button("button.passOn", { act: "pass-on" })];
  return {
    replies: [choices(scene, told, options)],
    remember: {
      subject: { question: asked, entries: [entry.id], at: scene.now, shown: entry.id },
      question: asked,
    },
    outcome: { is: "answer", entry: entry.id, confidence: found.confidence, candidates: found.candidates },
  };
}

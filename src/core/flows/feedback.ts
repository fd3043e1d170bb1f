import { answerWith } from "#core/flows/answer.ts";
import { confirmPassOn } from "#core/flows/pass-on.ts";
import { wayOn } from "#core/flows/offer.ts";
import type { Scene, Step } from "#core/step.ts";
import { CHAT, choices, say, text } from "#core/step.ts";
import { maskNumbers } from "#text/mask.ts";

const WAITS_MS = 10 * 60_000;

/** A verdict on an answer: a helpful one is thanked for, an unhelpful one is asked about. */
export function rate(scene: Scene, entry: string, helpful: boolean): Step {
  const effects = [{ kind: "record-feedback", entry, helpful } as const];
  if (helpful) return { replies: [say(scene, text("feedback.thanks"))], effects, outcome: CHAT };
  const asked = scene.conversation.question;
  return {
    replies: [
      choices(scene, [text("feedback.sorry")], wayOn()),
      { kind: "form", language: scene.language, question: text("feedback.missing"), field: "missing" },
    ],
    effects:
      asked === undefined
        ? effects
        : [
            ...effects,
            {
              kind: "record-unanswered",
              question: maskNumbers(asked),
              language: scene.language,
              offered: [entry],
              passedOn: false,
            },
          ],
    remember: { waiting: { for: "missing", entry, until: scene.now + WAITS_MS } },
    outcome: CHAT,
  };
}

/** Free text that was asked for, unless it came too late or is a question the bot is sure of. */
export function receiveAwaited(scene: Scene, message: string): Step | undefined {
  const { waiting } = scene.conversation;
  if (!waiting || waiting.until < scene.now || message.trim() === "") return undefined;
  if (waiting.for === "question-to-pass-on") return confirmPassOn(scene, message);
  const found = scene.knowledge.search({ question: message, language: scene.language });
  const entry = scene.knowledge.entry(found.candidates[0]?.id ?? "");
  if (found.verdict === "sure" && entry && entry.id !== waiting.entry) {
    const step = answerWith(scene, entry, found, message);
    return { ...step, remember: { ...step.remember, waiting: undefined } };
  }
  return {
    replies: [say(scene, text("feedback.noted"))],
    effects: [{ kind: "record-feedback", entry: waiting.entry, helpful: false, missing: maskNumbers(message) }],
    remember: { waiting: undefined },
    outcome: CHAT,
  };
}

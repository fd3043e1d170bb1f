import type { Scene, Step } from "#core/step.ts";
import { CHAT, button, choices, say, text } from "#core/step.ts";
import { maskNumbers } from "#text/mask.ts";

const WAITS_MS = 10 * 60_000;

/** Hands a question to the union: the last one asked, or the one written next. */
export function passOn(scene: Scene, written: string): Step {
  const question = written.trim() === "" ? scene.conversation.question : written;
  if (question !== undefined) return confirmPassOn(scene, question);
  return {
    replies: [{ kind: "form", language: scene.language, question: text("passOn.write"), field: "question" }],
    remember: { waiting: { for: "question-to-pass-on", until: scene.now + WAITS_MS } },
    outcome: CHAT,
  };
}

/** Shows exactly what would be passed on, private numbers hidden, before anything is. */
export function confirmPassOn(scene: Scene, question: string): Step {
  const masked = maskNumbers(question);
  const options = [button("button.send", { act: "pass-on-confirmed" }), button("button.cancel", { act: "cancel" })];
  return {
    replies: [choices(scene, [text("passOn.preview", { question: masked }), text("passOn.masked")], options)],
    remember: { question: masked, waiting: undefined },
    outcome: CHAT,
  };
}

/** Records it. Until the union answers from here, nobody is promised an answer. */
export function passOnConfirmed(scene: Scene): Step {
  const { question } = scene.conversation;
  if (question === undefined) return passOn(scene, "");
  const telephone = scene.settings.telephone;
  return {
    replies: [say(scene, text("passOn.recorded"), ...(telephone === undefined ? [] : [text("passOn.call", { telephone })]))],
    effects: [
      { kind: "record-unanswered", question: maskNumbers(question), language: scene.language, offered: [], passedOn: true },
    ],
    remember: { question: undefined },
    outcome: CHAT,
  };
}

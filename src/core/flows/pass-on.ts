import { handOverAlone } from "#core/flows/alone.ts";
import { LONGEST_PASSED_ON, preview } from "#core/flows/hand-over.ts";
import { unanswered } from "#core/flows/offer.ts";
import type { Text } from "#core/message.ts";
import { reactionOf } from "#core/said.ts";
import type { Scene, Step } from "#core/step.ts";
import { askQuestion, CHAT, button, choices, noLongerWaiting, say, text } from "#core/step.ts";
import { typedNumber } from "#core/typed-number.ts";
import { maskNumbers } from "#text/mask.ts";
import { capText } from "#text/words.ts";

/** Hands a question to the union: the one written with the command, the last one that found no answer, or the one written next. */
export function passOn(scene: Scene, written: string): Step {
  const isQuestion = written.trim() !== "" && reactionOf(written) === undefined && typedNumber(written) === undefined;
  const question = isQuestion ? written : scene.conversation.question;
  const alone = handOverAlone(scene, question);
  if (alone !== undefined) return alone;
  return question === undefined ? askQuestion(scene) : confirmPassOn(scene, question);
}

/** Shows exactly what would be passed on, private numbers hidden, and what becomes of it, before anything is. */
export function confirmPassOn(scene: Scene, question: string): Step {
  if (scene.settings.desk !== undefined) return handOverAlone(scene, question) ?? preview(scene, question);
  const masked = maskNumbers(question);
  const passed = capText(masked, LONGEST_PASSED_ON);
  const shown: Text[] = [text("passOn.preview", { question: passed })];
  if (passed !== masked) shown.push(text("passOn.cut"));
  if (masked !== question) shown.push(text("passOn.masked"));
  shown.push(text("passOn.notYet"));
  const options = [button("button.send", { act: "pass-on-confirmed" }), button("button.cancel", { act: "cancel" })];
  return noLongerWaiting({ replies: [choices(scene, shown, options)], remember: { question: passed }, outcome: CHAT });
}

/** Records it. That nobody answers from here yet was said before it was sent. */
export function passOnConfirmed(scene: Scene): Step {
  const { question } = scene.conversation;
  if (question === undefined) return passOn(scene, "");
  const telephone = scene.settings.telephone;
  return {
    replies: [say(scene, text("passOn.recorded"), ...(telephone === undefined ? [] : [text("passOn.call", { telephone })]))],
    effects: [unanswered(scene, question, [], true)],
    remember: { question: undefined },
    settlesOffer: true,
    outcome: CHAT,
  };
}

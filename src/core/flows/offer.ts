import type { Effect, Option, Text } from "#core/message.ts";
import { tellMeOffer, tellMeOption } from "#core/flows/tell-me.ts";
import type { Candidate } from "#core/search.ts";
import type { Outcome, Scene, Step } from "#core/step.ts";
import { button, choices, listed, text } from "#core/step.ts";
import { isFunctionWord } from "#text/function-words.ts";
import { maskNumbers } from "#text/mask.ts";
import { words } from "#text/words.ts";

const MOST_OFFERED = 3;

interface FoundSoFar {
  readonly confidence: number;
  readonly candidates: readonly Candidate[];
}

/** Not sure: at most three titles to pick from. */
export function offer(scene: Scene, found: FoundSoFar, question: string, head: "offer.which" | "offer.question"): Step {
  const entries = found.candidates.flatMap((candidate) => scene.knowledge.entry(candidate.id) ?? []).slice(0, MOST_OFFERED);
  const options: Option[] = entries.map((entry) => listed(entry.title[scene.language], { act: "answer", entry: entry.id }));
  options.push(button("button.noneOfThese", { act: "none-of-these" }));
  return {
    replies: [choices(scene, [text(head), text("offer.how")], options)],
    remember: { question, subject: { question, entries: entries.map((entry) => entry.id), at: scene.now } },
    outcome: { is: "suggest", confidence: found.confidence, candidates: found.candidates },
  };
}

/** One or two subject words are well understood: they only do not say what about it is asked. */
export function headOf(question: string): "offer.which" | "offer.question" {
  const typed = words(question);
  return typed.length <= 2 && !typed.some((word) => isFunctionWord(word.folded)) ? "offer.which" : "offer.question";
}

/** Nothing found, or nothing of what was offered: says so, records the question where there is one, and offers a person. */
export function admit(scene: Scene, question: string | undefined, found: FoundSoFar): Step {
  const outcome: Outcome = { is: "none", confidence: found.confidence, candidates: found.candidates };
  if (question === undefined) return { replies: [choices(scene, dontKnow(scene), wayOn())], outcome };
  const [passOn, ...others] = wayOn();
  const options = [...(passOn === undefined ? [] : [passOn]), ...tellMeOption(scene, question), ...others];
  return {
    replies: [choices(scene, [...dontKnow(scene), ...tellMeOffer(scene)], options)],
    effects: [
      unanswered(
        scene,
        question,
        found.candidates.slice(0, MOST_OFFERED).map((candidate) => candidate.id),
      ),
    ],
    remember: { question },
    outcome,
  };
}

/** The record of a question that was asked and not answered. */
export function unanswered(scene: Scene, question: string, offered: readonly string[], passedOn = false): Effect {
  return { kind: "record-unanswered", question: maskNumbers(question), language: scene.language, offered, passedOn };
}

/** "I do not know", with the way to a person. */
export function dontKnow(scene: Scene): Text[] {
  return [text("nothing.known"), ...passOnOrCall(scene)];
}

/** The way to a person, with the telephone where there is one. */
export function passOnOrCall(scene: Scene): Text[] {
  const { telephone } = scene.settings;
  return [passOnOffer(scene), ...(telephone === undefined ? [] : [text("passOn.orCall", { telephone })])];
}

/** What can be done with a question: it goes to staff, or it is recorded for them where nobody answers from here. */
export function passOnOffer({ settings: { desk } }: Scene): Text {
  return text(desk === undefined ? "passOn.offer" : "handOver.offer");
}

export function wayOn(): Option[] {
  return [button("button.passOn", { act: "pass-on" }), button("button.topics", { act: "topics" })];
}

import type { Option, Text } from "#core/message.ts";
import type { Candidate } from "#core/search.ts";
import type { Outcome, Scene, Step } from "#core/step.ts";
import { button, choices, listed, text } from "#core/step.ts";
import { maskNumbers } from "#text/mask.ts";

const MOST_OFFERED = 3;

interface FoundSoFar {
  readonly confidence: number;
  readonly candidates: readonly Candidate[];
}

/** Not sure: at most three titles to pick from. */
export function offer(scene: Scene, found: FoundSoFar, question: string): Step {
  const entries = found.candidates.flatMap((candidate) => scene.knowledge.entry(candidate.id) ?? []).slice(0, MOST_OFFERED);
  const options: Option[] = entries.map((entry) => listed(entry.title[scene.language], { act: "answer", entry: entry.id }));
  options.push(button("button.noneOfThese", { act: "none-of-these" }));
  return {
    replies: [choices(scene, [text("offer.question"), text("offer.how")], options)],
    remember: { question, subject: { question, entries: entries.map((entry) => entry.id), at: scene.now } },
    outcome: { is: "suggest", confidence: found.confidence, candidates: found.candidates },
  };
}

/** Nothing found, or nothing of what was offered: says so, records the question, and offers a person. */
export function admit(scene: Scene, question: string, found: FoundSoFar): Step {
  const outcome: Outcome = { is: "none", confidence: found.confidence, candidates: found.candidates };
  return {
    replies: [choices(scene, dontKnow(scene), wayOn())],
    effects: [
      {
        kind: "record-unanswered",
        question: maskNumbers(question),
        language: scene.language,
        offered: found.candidates.slice(0, MOST_OFFERED).map((candidate) => candidate.id),
        passedOn: false,
      },
    ],
    remember: { question },
    outcome,
  };
}

/** "I do not know", with the telephone where there is one. */
export function dontKnow({ settings }: Scene): Text[] {
  const way =
    settings.telephone === undefined ? text("nothing.passOn") : text("nothing.passOnOrCall", { telephone: settings.telephone });
  return [text("nothing.known"), way];
}

export function wayOn(): Option[] {
  return [button("button.passOn", { act: "pass-on" }), button("button.topics", { act: "topics" })];
}

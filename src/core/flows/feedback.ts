import { askCityAgain } from "#core/flows/cities.ts";
import { answerWith } from "#core/flows/answer.ts";
import { askTelephone } from "#core/flows/hand-over.ts";
import { confirmPassOn } from "#core/flows/pass-on.ts";
import { passOnOffer, unanswered, wayOn } from "#core/flows/offer.ts";
import { answerQuestion } from "#core/flows/question.ts";
import type { Scene, Step } from "#core/step.ts";
import { CHAT, choices, noLongerWaiting, say, text, waitFor } from "#core/step.ts";
import { maskNumbers } from "#text/mask.ts";
import { oddityOf } from "#text/oddity.ts";
import { foldedWords } from "#text/words.ts";

const INSULT = "hakaret";
const QUESTION_WORDS: ReadonlySet<string> = new Set(
  "kim kimi kime kimin kimler nerede nerde nereye nereden neresi nasil kac hangi ne neden nicin niye nezaman mi mu miyim miyiz midir mudur who what when where how which why".split(
    " ",
  ),
);

/** A verdict on an answer: a helpful one is thanked for, an unhelpful one is asked about. */
export function rate(scene: Scene, entry: string, helpful: boolean): Step {
  const effects = [{ kind: "record-feedback", entry, helpful } as const];
  if (helpful) return { replies: [say(scene, text("feedback.thanks"))], effects, outcome: CHAT };
  const { subject } = scene.conversation;
  const asked = subject?.entries.includes(entry) ? subject.question : undefined;
  return {
    replies: [
      choices(scene, [text("feedback.sorry"), passOnOffer(scene)], wayOn()),
      { kind: "form", language: scene.language, question: text("feedback.missing"), field: "missing" },
    ],
    effects: [...effects, ...(asked === undefined ? [] : [unanswered(scene, asked, [entry])])],
    // Asked and not answered after all: it may be handed on.
    remember: {
      waiting: waitFor(scene, { for: "missing", entry }),
      ...(asked === undefined ? {} : { question: asked }),
    },
    outcome: CHAT,
  };
}

/** Free text that was asked for, unless it came too late, or says something of its own. */
export function receiveAwaited(scene: Scene, message: string): Step | undefined {
  const { waiting } = scene.conversation;
  if (!waiting || waiting.until < scene.now || saysNothing(scene, message)) return undefined;
  if (waiting.for === "telephone") return surelyAnswered(scene, message) ?? askTelephone(scene, "handOver.telephoneAgain");
  if (waiting.for === "city") return surelyAnswered(scene, message) ?? askCityAgain(scene, message);
  if (waiting.for === "question-to-pass-on") return confirmPassOn(scene, message);
  return askedInstead(scene, message, waiting.entry) ?? note(scene, message, waiting.entry);
}

/** A greeting, a thanks or an empty message is no comment; an insult is one. */
function saysNothing(scene: Scene, message: string): boolean {
  const odd = oddityOf(message);
  if (odd === "empty" || odd === "symbols") return true;
  const { said, rest } = scene.knowledge.smallTalk(message);
  return said.length > 0 && rest === "" && !said.some((entry) => entry.id === INSULT);
}

/** A question the bot is sure of. Entries about the bot itself take complaints, and a complaint is what was asked for. */
function askedInstead(scene: Scene, message: string, about: string): Step | undefined {
  const found = scene.knowledge.search({ question: message, language: scene.language });
  const entry = scene.knowledge.entry(found.candidates[0]?.id ?? "");
  if (found.verdict === "sure" && entry && entry.id !== about && entry.topic !== "service")
    return noLongerWaiting(answerWith(scene, entry, found, message));
  // "kim çağırır" is sure only with what was spoken of; "tarihi eksik" would be too, and asks nothing.
  return asks(message) ? surelyAnswered(scene, message, about) : undefined;
}

/** The step of a question that is answered, as it would be with nothing waited for; `about`: not by that entry, which stands above. */
function surelyAnswered(scene: Scene, message: string, about?: string): Step | undefined {
  const step = answerQuestion(scene, message);
  const { outcome } = step;
  const answered = outcome.is === "answer" ? outcome.entry !== about : outcome.is === "events";
  return answered ? noLongerWaiting(step) : undefined;
}

function asks(message: string): boolean {
  return /\?\s*$/.test(message) || foldedWords(message).some((word) => QUESTION_WORDS.has(word));
}

function note(scene: Scene, message: string, entry: string): Step {
  return {
    replies: [say(scene, text("feedback.noted"))],
    effects: [{ kind: "record-comment", entry, missing: maskNumbers(message) }],
    remember: { waiting: undefined },
    outcome: CHAT,
  };
}

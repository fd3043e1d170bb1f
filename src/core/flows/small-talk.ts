import type { Scene, Step } from "#core/step.ts";
import { CHAT, choices, say } from "#core/step.ts";
import { aboutTheBot } from "#core/flows/answer.ts";
import { answerQuestion } from "#core/flows/question.ts";
import { wayOn } from "#core/flows/offer.ts";

/** Entries after which a way to a person belongs. */
const OFFERS_A_PERSON = new Set(["hakaret", "robot-musun"]);

/** Answers greetings and the like; a greeting before a question gives way to the question. */
export function talkSmall(scene: Scene, message: string): Step | undefined {
  const { said, rest } = scene.knowledge.smallTalk(message);
  const entry = said.at(-1);
  if (!entry) return undefined;
  if (rest !== "") return answerQuestion(scene, rest, message);
  const words = aboutTheBot(scene, entry);
  const person = said.some((each) => OFFERS_A_PERSON.has(each.id));
  return { replies: [person ? choices(scene, [words], wayOn()) : say(scene, words)], outcome: CHAT };
}

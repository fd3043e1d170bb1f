import { answerWith, shownAnswer } from "#core/flows/answer.ts";
import type { Option, Text } from "#core/message.ts";
import type { Notice } from "#core/notice.ts";
import type { Scene, Step } from "#core/step.ts";
import { CHAT, button, choices, say, text } from "#core/step.ts";
import { maskNumbers } from "#text/mask.ts";
import { capText } from "#text/words.ts";

const LONGEST_QUESTION = 600;
/** The wording that a member agrees to. It changes with `tellMe.offer`. */
const TEXT_VERSION = "2026-11-24";

/** What is said of being told once the answer is known. Nothing where nobody answers from here, as nothing would come. */
export function tellMeOffer({ settings: { desk, retentionDays } }: Scene): Text[] {
  return desk === undefined ? [] : [text("tellMe.offer", { days: retentionDays })];
}

export function tellMeOption({ settings: { desk } }: Scene, question: string): Option[] {
  const kept = capText(maskNumbers(question), LONGEST_QUESTION);
  return desk === undefined ? [] : [button("button.tellMe", { act: "tell-me", question: kept })];
}

/** Keeps the question until it is answered; where it is by now, it is answered. */
export function tellMe(scene: Scene, question: string): Step {
  const { language } = scene;
  const found = scene.knowledge.search({ question, language });
  const entry = scene.knowledge.entry(found.candidates[0]?.id ?? "");
  if (found.verdict === "sure" && entry) return answerWith(scene, entry, found, question);
  const { id: awaited } = scene.incoming;
  const said = [text("tellMe.agreed", { question }), text("tellMe.until", { days: scene.settings.retentionDays })];
  return {
    replies: [choices(scene, said, [button("button.tellMeNot", { act: "tell-me-not", awaited })])],
    effects: [{ kind: "await-answer", awaited, question, language, textVersion: TEXT_VERSION }],
    outcome: CHAT,
  };
}

export function tellMeNot(scene: Scene, awaited: string): Step {
  return { replies: [say(scene, text("tellMe.off"))], effects: [{ kind: "await-no-more", awaited }], outcome: CHAT };
}

/** The answer that somebody wanted to be told of: once, in the language of the question unless they chose another. */
export function answerFound(told: Scene, notice: Extract<Notice, { about: "answer-found" }>): Step {
  const { question } = notice;
  const scene = { ...told, language: told.person.language ?? notice.language };
  const entry = scene.knowledge.entry(notice.entry);
  if (entry === undefined) return { replies: [], outcome: CHAT };
  const { paragraphs, options } = shownAnswer(scene, entry);
  return {
    replies: [],
    effects: [{ kind: "send-once", reply: choices(scene, [text("tellMe.found", { question }), ...paragraphs], options) }],
    remember: {
      subject: { question, entries: [entry.id], at: scene.now, shown: entry.id },
      ...(scene.conversation.question === question ? { question: undefined } : {}),
    },
    outcome: CHAT,
  };
}

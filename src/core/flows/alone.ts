import { preview } from "#core/flows/hand-over.ts";
import type { Notice } from "#core/notice.ts";
import type { Scene, Step } from "#core/step.ts";
import { askQuestion, CHAT, noLongerWaiting, say, text } from "#core/step.ts";

/** What a link that leads to handing a question over says to the bot. */
export const HAND_OVER_LINK = "ilet";

/**
 * Where others read along nothing is handed over: what is asked and answered is the person's own affair. They go on in their own chat;
 * `undefined` where this is it, or where nobody answers from here.
 */
export function handOverAlone(scene: Scene, question?: string): Step | undefined {
  const { chat, settings, language, conversation } = scene;
  if (settings.desk === undefined || chat?.is !== "shared") return undefined;
  if (chat.botOpens !== true) {
    const open = text("handOver.openOwn");
    const link = chat.link === undefined ? [] : [{ ...open, url: `${chat.link}${HAND_OVER_LINK}` }];
    return noLongerWaiting({ replies: [say(scene, text("handOver.notHere"), ...link)], outcome: CHAT });
  }
  const { subject } = conversation;
  const offered = subject?.shown === undefined && subject?.question === question ? (subject?.entries ?? []) : [];
  const effect = { kind: "hand-over-alone", offered, language, ...(question === undefined ? {} : { question }) } as const;
  return noLongerWaiting({
    replies: [say(scene, text("handOver.alone"))],
    effects: [effect],
    remember: { question: undefined },
    outcome: CHAT,
  });
}

/** Goes on, in the person's own chat, with what was asked where others read along. */
export function handOverHere(scene: Scene, { question, offered }: Extract<Notice, { about: "hand-over" }>): Step {
  if (question === undefined) return askQuestion(scene);
  const step = preview(scene, question);
  return { ...step, remember: { ...step.remember, subject: { question, entries: offered, at: scene.now } } };
}

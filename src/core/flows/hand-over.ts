import type { Effect, Option, Text } from "#core/message.ts";
import type { Scene, Step } from "#core/step.ts";
import { askQuestion, CHAT, button, choices, noLongerWaiting, say, text, waitFor } from "#core/step.ts";
import type { AnswerTime } from "#core/answer-time.ts";
import { ticketNumber } from "#core/ticket.ts";
import { dayInWords } from "#text/dates.ts";
import { HIDDEN, maskNumbers } from "#text/mask.ts";
import { capText } from "#text/words.ts";

/** What a person at the desk reads at a glance. */
export const LONGEST_PASSED_ON = 600;
/**
 * The wording that a member confirms. It changes with `passOn.preview`, `passOn.masked`, `handOver.call` and `handOver.seen`; for *Bunu da ilet* and
 * what is written in a talk, with `button.passAlso` and `news.talk`.
 */
export const TEXT_VERSION = "2026-11-24";

/** Shows exactly what will be passed on, private numbers hidden, before anything is. `telephone` was given on purpose. */
export function preview(scene: Scene, question: string, telephone?: string): Step {
  const passed = passedOf(question);
  const shown: Text[] = [text("passOn.preview", { question: passed })];
  if (passed !== maskNumbers(question)) shown.push(text("passOn.cut"));
  if (telephone !== undefined) shown.push(text("handOver.call", { telephone }));
  if (passed.includes(HIDDEN)) shown.push(text("passOn.masked"));
  shown.push(text("handOver.seen"));
  const send = { act: "pass-on-confirmed" } as const;
  const options: Option[] = [
    button("button.send", telephone === undefined ? send : { ...send, telephone }),
    button("button.edit", { act: "pass-on-edit" }),
    ...(telephone === undefined ? [button("button.callMe", { act: "call-me" })] : []),
    button("button.cancel", { act: "cancel" }),
  ];
  return noLongerWaiting({ replies: [choices(scene, shown, options)], remember: { question: passed }, outcome: CHAT });
}

function passedOf(question: string): string {
  return capText(maskNumbers(question), LONGEST_PASSED_ON);
}

/** Asks for the text anew. */
export function editQuestion(scene: Scene): Step {
  return { ...askQuestion(scene), settlesOffer: true };
}

/** Asks for the number to call. */
export function askTelephone(scene: Scene, asked: "handOver.telephone" | "handOver.telephoneAgain" = "handOver.telephone"): Step {
  return {
    replies: [{ kind: "form", language: scene.language, question: text(asked), field: "telephone" }],
    remember: { waiting: waitFor(scene, { for: "telephone" }) },
    settlesOffer: true,
    outcome: CHAT,
  };
}

/** The number that was asked for, shown once more before it is passed on. */
export function receiveTelephone(scene: Scene, message: string): Step | undefined {
  const { waiting, question } = scene.conversation;
  if (waiting?.for !== "telephone" || waiting.until < scene.now || question === undefined) return undefined;
  const telephone = telephoneIn(message);
  return telephone === undefined ? undefined : preview(scene, question, telephone);
}

/** A message that is a telephone number and nothing else. */
function telephoneIn(message: string): string | undefined {
  const written = message.trim();
  const digits = written.replace(/\D/g, "").length;
  return /^[+\d][\d\s()./-]*$/.test(written) && digits >= 10 && digits <= 15 ? written : undefined;
}

/** Passes it on: as a ticket of its own, or added to the one that is open. */
export function confirmed(scene: Scene, telephone?: string): Step {
  const { question, ticket, subject } = scene.conversation;
  if (question === undefined) return editQuestion(scene);
  if (ticket !== undefined && ticket.state !== "closed") {
    return add(scene, ticket.id, telephone === undefined ? question : `${question} (${telephone})`, "pass-on");
  }
  const offered = subject?.shown === undefined && passedOf(subject?.question ?? "") === question ? (subject?.entries ?? []) : [];
  const { id } = scene.incoming;
  const opening: Effect = {
    kind: "open-ticket",
    ticket: id,
    question,
    language: scene.language,
    offered,
    textVersion: TEXT_VERSION,
    ...(telephone === undefined ? {} : { telephone }),
    ...(ticket === undefined ? {} : { follows: ticket.id }),
  };
  const shown = [text("handOver.received", { number: ticketNumber(id) }), ...expected(scene), text("handOver.meanwhile")];
  return {
    replies: [choices(scene, shown, [button("button.withdraw", { act: "withdraw", ticket: id })])],
    effects: [opening],
    remember: { question: undefined, ticket: { id, state: "open", at: scene.now, staffMessages: [] } },
    settlesOffer: true,
    outcome: CHAT,
  };
}

/** Adds to the open ticket. `words` have private numbers hidden, or hold one on purpose. */
export function add(scene: Scene, ticket: string, words: string, to: "pass-on" | "pass-also"): Step {
  // What was confirmed was shown before, with that said.
  const hidden = to === "pass-also" && words.includes(HIDDEN) ? [text("passOn.masked")] : [];
  return {
    replies: [say(scene, text("handOver.added", { number: ticketNumber(ticket) }), ...hidden)],
    effects: [
      {
        kind: "tell-desk",
        ticket,
        act: { do: "member-writes", words },
        language: scene.language,
        consent: { to, textVersion: TEXT_VERSION },
      },
    ],
    remember: { question: undefined },
    settlesOffer: true,
    outcome: CHAT,
  };
}

function expected({ settings, now, language }: Scene): Text[] {
  const when = settings.desk?.whenAnswered(now);
  return when === undefined ? [] : [answerTimeInWords(when, language)];
}

function answerTimeInWords(when: AnswerTime, language: Scene["language"]): Text {
  switch (when.is) {
    case "today":
      return text("handOver.today", { time: language === "tr" ? when.until.replace(":", ".") : when.until });
    case "later":
      return text(when.open ? "handOver.laterOpen" : "handOver.later", { day: dayInWords(when.day, language) });
    case "after-holiday":
      return text(when.feast ? "handOver.afterFeast" : "handOver.afterHoliday", {
        holiday: when.holiday[language],
        day: dayInWords(when.day, language),
      });
  }
}

import type { OwnTicket } from "#core/conversation.ts";
import type { Effect, Reply, Text } from "#core/message.ts";
import type { Notice } from "#core/notice.ts";
import { isTalking } from "#core/flows/talk.ts";
import type { Scene, Step } from "#core/step.ts";
import { CHAT, button, choices, say, text } from "#core/step.ts";
import type { TicketNews } from "#core/ticket.ts";
import { ticketNumber } from "#core/ticket.ts";

const MOST_STAFF_MESSAGES = 20;

/** What staff did with the member's question. All of it goes out at most once. */
export function hearNews(scene: Scene, id: string, news: TicketNews): Step {
  const { ticket: known } = scene.conversation;
  const ticket: OwnTicket =
    known?.id === id ? known : { id, state: "open", at: scene.now, staffMessages: known?.staffMessages ?? [] };
  // What is told of an earlier one leaves the one of now as it is.
  const other = known !== undefined && known.id !== id ? known : undefined;
  const number = ticketNumber(id);
  switch (news.is) {
    case "claimed": {
      const reply = talking(scene, [text("news.claimed", { number }), text("news.talk")]);
      const claimed: OwnTicket = { ...ticket, state: "claimed", at: scene.now, ended: false };
      return notAsking(scene, told(claimed, { kind: "send-once", reply }));
    }
    case "answered": {
      const { answer, send } = news;
      const [answered = []] = messagesOf(id, news);
      const of = { ticket: id, answer, send };
      const tell = (after: OwnTicket, reply: Reply) => told(after, { kind: "send-once", reply, of });
      // An answer to an earlier question, or to one that is closed, begins no talk, and nor does one to who ended the talk.
      if (other !== undefined && other.state !== "closed") return tell(other, say(scene, ...answered));
      if (ticket.state === "closed") return tell({ ...ticket, staffAt: scene.now }, say(scene, ...answered));
      const after: OwnTicket = { ...ticket, state: "answered", at: scene.now, staffAt: scene.now };
      if (ticket.ended === true) return tell(after, say(scene, ...answered, text("news.reply")));
      const begins = isTalking(scene) && other === undefined ? [] : [text("news.talkOn")];
      return notAsking(scene, tell(after, talking(scene, [...answered, ...begins])));
    }
    case "corrected": {
      const { answer, send, reference } = news;
      const { language } = scene;
      const [whole = []] = messagesOf(id, { ...news, reference: undefined });
      const [amended = [], note = []] = messagesOf(id, news);
      const instead = { kind: "say", language, paragraphs: amended } as const;
      return told(other ?? { ...ticket, staffAt: scene.now }, {
        kind: "send-once",
        reply: say(scene, ...whole),
        of: { ticket: id, answer, send },
        ...(reference === undefined
          ? {}
          : { amends: { amended: { kind: "amend", language, reference, reply: instead }, note: say(scene, ...note) } }),
      });
    }
    case "closed": {
      const reply = say(scene, text("news.closed", { number }), ...whyClosed(news.reason));
      return told(other ?? { ...ticket, state: "closed" }, { kind: "send-once", reply });
    }
  }
}

function whyClosed(reason: Extract<TicketNews, { is: "closed" }>["reason"]): Text[] {
  switch (reason) {
    case "known":
      return [text("news.closedKnown")];
    case "not-ours":
      return [text("news.closedNotOurs")];
    case "unclear":
      return [text("news.closedUnclear")];
    case "answered":
    case "ended":
    case "withdrawn":
    case "erased":
      return [];
  }
}

/** How a send of an answer ended: its message is remembered, so that a reply to it is known, and the desk is told. */
export function noteDelivery(scene: Scene, { about: _about, ...report }: Extract<Notice, { about: "delivery" }>): Step {
  const { ticket } = scene.conversation;
  const { reference } = report;
  const effects: Effect[] = [{ kind: "report-delivery", ...report }];
  if (ticket === undefined || reference === undefined || ticket.staffMessages.includes(reference)) {
    return { replies: [], effects, keepsOffer: true, outcome: CHAT };
  }
  const staffMessages = [...ticket.staffMessages, reference].slice(-MOST_STAFF_MESSAGES);
  // Nothing was said: what could be pressed or typed still can.
  return { replies: [], effects, remember: { ticket: { ...ticket, staffMessages } }, keepsOffer: true, outcome: CHAT };
}

/**
 * What the member reads of an answer to the ticket `id`, message by message: whoever writes it is shown just this before. Of a correction the
 * first takes the place of the message that the member has, where that is known.
 */
export function messagesOf(
  id: string,
  {
    is,
    words,
    reference,
  }: { readonly is: "answered" | "corrected"; readonly words: string; readonly reference?: string | undefined },
): readonly (readonly Text[])[] {
  const number = ticketNumber(id);
  const answered = [text("news.answer", { number }), { words }];
  if (is === "answered") return [answered];
  if (reference === undefined) return [[text("news.corrected", { number }), { words }]];
  return [answered, [text("news.correctedAbove", { number })]];
}

function talking(scene: Scene, paragraphs: readonly Text[]) {
  return choices(scene, paragraphs, [button("button.endTalk", { act: "end-talk" })]);
}

function told(ticket: OwnTicket, effect: Effect): Step {
  return { replies: [], effects: [effect], remember: { ticket }, outcome: CHAT };
}

/** What is written next goes to staff: it is no comment on an entry that was rated before. */
function notAsking({ conversation: { waiting } }: Scene, step: Step): Step {
  return waiting?.for === "missing" ? { ...step, remember: { ...step.remember, waiting: undefined } } : step;
}

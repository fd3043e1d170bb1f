import type { OwnTicket } from "#core/conversation.ts";
import { add, preview, TEXT_VERSION } from "#core/flows/hand-over.ts";
import type { Incoming, MessageReference, Reply, Text } from "#core/message.ts";
import { labelTyped, saysCancel } from "#core/said.ts";
import type { Scene, Step } from "#core/step.ts";
import { CHAT, button, choices, say, text } from "#core/step.ts";
import type { MemberAct } from "#core/ticket.ts";
import { continued, TALK_LASTS_MS, ticketNumber } from "#core/ticket.ts";
import { typedNumber } from "#core/typed-number.ts";
import { maskNumbers } from "#text/mask.ts";
import { splitWords } from "#text/split.ts";

const DAY_MS = 86_400_000;
/** Of one message to staff; what is longer goes as several. */
const LONGEST_WORDS = 3000;
const THANKS = "tesekkur";

/** Whether what is written goes to staff: since the question was claimed, until someone ends it or half an hour passes in silence. */
export function isTalking({ conversation: { ticket }, now }: Scene): boolean {
  if (ticket === undefined || ticket.ended === true) return false;
  return (ticket.state === "claimed" || ticket.state === "answered") && now - ticket.at < TALK_LASTS_MS;
}

/** A message of the talk with staff, or a reply to one of theirs; `undefined` for what the bot answers itself. */
export function talkToStaff(scene: Scene, message: string): Step | undefined {
  const { ticket } = scene.conversation;
  if (ticket === undefined || message.trim() === "" || scene.settings.desk === undefined) return undefined;
  const replying = repliesToStaff(scene, ticket);
  if (!replying && (!isTalking(scene) || answersScreen(scene, message))) return undefined;
  if (!replying && (saysEnd(scene, message) || saysCancel(message))) return endTalk(scene);
  const thanks = onlyThanks(scene, message);
  if (ticket.state === "closed" && thanks) return undefined;
  const words = maskNumbers(message);
  const acts = splitWords(words, LONGEST_WORDS).map((part): MemberAct => ({
    do: "member-writes",
    words: part,
    ...(thanks ? { thanks } : {}),
  }));
  return tell(scene, ticket, acts, words === message ? [text("talk.told")] : [text("talk.told"), text("talk.hidden")], thanks);
}

/** Of a picture or a voice message staff are told its kind and length; the thing itself stays here. */
export function sendToStaff(scene: Scene, sent: Extract<Incoming, { kind: "attachment" }>): Step | undefined {
  const { ticket } = scene.conversation;
  if (ticket === undefined || scene.settings.desk === undefined) return undefined;
  const { what, seconds } = sent;
  const open = ticket.state !== "closed" && what !== "sticker";
  const replying = repliesToStaff(scene, ticket) && !(ticket.state === "closed" && what === "sticker");
  if (!open && !isTalking(scene) && !replying) return undefined;
  const act: MemberAct = { do: "member-sends", what, ...(seconds === undefined ? {} : { seconds }) };
  return tell(scene, ticket, [act], [text("talk.attachment")]);
}

/** Where the question is closed, what goes to staff begins another, so that no word is lost. */
function tell(scene: Scene, ticket: OwnTicket, acts: readonly MemberAct[], told: readonly Text[], thanks = false): Step {
  const { language, now } = scene;
  // Of what holds no words nothing is passed on but that it came.
  const consentTo = (act: MemberAct) =>
    act.do === "member-writes" ? { consent: { to: "talk", textVersion: TEXT_VERSION } as const } : {};
  const effects = acts.map((act) => ({ kind: "tell-desk", ticket: ticket.id, act, language, ...consentTo(act) }) as const);
  if (ticket.state === "closed") {
    const id = continued(ticket.id);
    const said = [...told, text("handOver.continued", { number: ticketNumber(id) })];
    const next: OwnTicket = { ...ticket, id, state: "open", at: now, ended: false };
    return {
      replies: [choices(scene, said, [button("button.withdraw", { act: "withdraw", ticket: id })])],
      effects,
      remember: { ticket: next },
      outcome: CHAT,
    };
  }
  // What was answered waits again, as at the desk.
  const state = ticket.state === "answered" && !thanks ? "claimed" : ticket.state;
  const talks = state !== "open";
  return {
    replies: [talks ? choices(scene, told, [button("button.endTalk", { act: "end-talk" })]) : say(scene, ...told)],
    effects,
    remember: { ticket: { ...ticket, state, at: now, ended: false } },
    outcome: CHAT,
  };
}

function onlyThanks({ knowledge }: Scene, message: string): boolean {
  const { said, rest } = knowledge.smallTalk(message);
  return rest === "" && said.length > 0 && said.every(({ id }) => id === THANKS);
}

function repliesToStaff({ incoming }: Scene, { staffMessages }: OwnTicket): boolean {
  const to: MessageReference | undefined =
    incoming.kind === "message" || incoming.kind === "attachment" ? incoming.repliesTo : undefined;
  return to !== undefined && staffMessages.includes(to);
}

/** Whether it answers a screen that was asked for during the talk. */
function answersScreen({ conversation, now, knowledge }: Scene, message: string): boolean {
  if (conversation.waiting !== undefined && conversation.waiting.until >= now) return true;
  const offer = conversation.offers.at(-1);
  if (offer?.turn !== conversation.turn || offer.actions.some(({ act }) => act === "end-talk")) return false;
  return labelTyped(message, offer, true, knowledge) !== undefined || typedNumber(message) !== undefined;
}

function saysEnd({ conversation, knowledge }: Scene, message: string): boolean {
  const ends = { turn: conversation.turn, actions: [{ act: "end-talk" }], labels: ["button.endTalk"] } as const;
  return labelTyped(message, ends, false, knowledge) !== undefined;
}

/** Ends the talk. An answered question is closed with it; another stays owed. */
export function endTalk(scene: Scene): Step {
  const { ticket } = scene.conversation;
  if (ticket === undefined || ticket.state === "closed" || ticket.ended === true) {
    return { replies: [say(scene, text("talk.none"))], outcome: CHAT };
  }
  const answered = ticket.state === "answered";
  return {
    replies: [say(scene, text(answered ? "talk.endedAnswered" : "talk.ended"))],
    effects: [{ kind: "tell-desk", ticket: ticket.id, act: { do: "member-ends" }, language: scene.language }],
    remember: { ticket: { ...ticket, ended: true, state: answered ? "closed" : ticket.state }, waiting: undefined },
    outcome: CHAT,
  };
}

/** Takes a question back: pressed under it, or typed while it is the last thing said. */
export function withdraw(scene: Scene, id: string, last: boolean): Step {
  const { ticket } = scene.conversation;
  const pressed = last || scene.incoming.kind === "choice";
  if (ticket?.id !== id || ticket.state === "closed" || !pressed) {
    return { replies: [say(scene, text("choice.expired"))], outcome: CHAT };
  }
  return {
    replies: [say(scene, text("talk.withdrawn", { number: ticketNumber(id) }))],
    effects: [{ kind: "tell-desk", ticket: id, act: { do: "withdraw" }, language: scene.language }],
    remember: { ticket: { ...ticket, state: "closed" } },
    outcome: CHAT,
  };
}

/** Adds what was asked to the open ticket; where that is closed by now, it is shown as a question of its own. */
export function passAlso(scene: Scene, words: string): Step {
  const { ticket } = scene.conversation;
  return ticket === undefined || ticket.state === "closed" ? preview(scene, words) : add(scene, ticket.id, words, "pass-also");
}

/** The step with *Bunu da ilet* among its choices, while staff have a question or for a day after they said something: then it comes first. */
export function alsoToDesk(scene: Scene, message: string, step: Step): Step {
  const { ticket } = scene.conversation;
  if (ticket === undefined) return step;
  const first = ticket.staffAt !== undefined && scene.now - ticket.staffAt < DAY_MS;
  if (ticket.state === "closed" && !first) return step;
  const also = button("button.passAlso", { act: "pass-also", words: maskNumbers(message) });
  return { ...step, replies: step.replies.map((reply) => withChoice(reply, also, first)) };
}

function withChoice(reply: Reply, also: ReturnType<typeof button>, first: boolean): Reply {
  if (reply.kind !== "choices") return reply;
  // To pass on anew is not offered beside it, and listed ones keep their numbers.
  const others = reply.options.filter(({ action }) => action.act !== "pass-on");
  const listed = others.filter((option) => option.listed).length;
  const place = first ? listed : others.length;
  return { ...reply, options: others.toSpliced(place, 0, also) };
}

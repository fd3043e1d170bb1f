import type { Conversation, Person } from "#core/conversation.ts";
import { afterTurn, keepOfferOpen, openToDecide } from "#core/conversation.ts";
import { perform } from "#core/flows/actions.ts";
import { receiveAttachment } from "#core/flows/attachment.ts";
import { runCommand } from "#core/flows/commands.ts";
import { handOverHere } from "#core/flows/alone.ts";
import { hear } from "#core/flows/hear.ts";
import { showMyData } from "#core/flows/privacy.ts";
import { remind } from "#core/flows/reminders.ts";
import { reaching } from "#core/flows/subscription.ts";
import { answerFound } from "#core/flows/tell-me.ts";
import { hearNews, noteDelivery } from "#core/flows/ticket-news.ts";
import { notePresence, pressUnderAnnouncement } from "#core/flows/under-announcement.ts";
import type { Effect, Option, Reply, Text } from "#core/message.ts";
import type { Notice } from "#core/notice.ts";
import type { Outcome, Scene, Step, World } from "#core/step.ts";
import { noLongerWaiting, say, text } from "#core/step.ts";
import type { Language } from "#text/language.ts";
import { languageOf } from "#text/language.ts";

export type Turn =
  | { readonly kind: "repeated" }
  | {
      readonly kind: "taken";
      readonly conversation: Conversation;
      readonly person: Person;
      readonly replies: readonly Reply[];
      readonly effects: readonly Effect[];
      readonly outcome: Outcome;
    };

/**
 * What the bot does: a function of values. The same world gives the same turn, so a lost race is simply run again; an incoming
 * that was taken before changes nothing.
 */
export function takeTurn(world: World): Turn {
  if (world.conversation.taken.includes(world.incoming.id)) return { kind: "repeated" };
  const scene: Scene = { ...world, language: languageFor(world) };
  return finish(scene, decide(scene));
}

/** The turn that apologises for one that could not be taken: it says so, and marks the incoming as taken. */
export function apologise(world: World): Turn {
  const scene: Scene = { ...world, language: languageFor(world) };
  return finish(scene, { replies: [say(scene, text("fault.apology"))], outcome: { is: "chat" } });
}

/** What is said once to somebody who sends more than can be taken; the rest of it is passed over in silence. */
export function askForPatience(world: World): Reply {
  return say({ ...world, language: languageFor(world) }, text("rate.tooMany"));
}

/** What is said instead of a promise that could not be kept, as nothing can be recorded now. */
export function declineToRecord(world: World): Reply {
  const { telephone } = world.settings;
  const call = telephone === undefined ? [] : [text("passOn.call", { telephone })];
  return say({ ...world, language: languageFor(world) }, text("fault.cannotRecord"), ...call);
}

function finish(scene: Scene, decided: Step): Turn {
  const step = leavingUndone(scene, decided);
  const { replies } = step;
  const person = seen(scene, step.person ?? scene.person);
  const before = step.keepsOffer === true ? keepOfferOpen(scene.conversation) : scene.conversation;
  const remembered = { ...before, language: scene.language, ...step.remember };
  return {
    kind: "taken",
    conversation: afterTurn(remembered, scene.incoming.id, [...replies, ...sentOnce(step)].flatMap(optionsOf)),
    person,
    replies,
    effects: [...(step.effects ?? []), ...listing(scene.person, person)],
    outcome: step.outcome,
  };
}

/** Whoever writes in their own chat can be reached there again, even where no platform told so. */
function seen(scene: Scene, person: Person): Person {
  const theirs = scene.incoming.kind !== "notice" && scene.incoming.kind !== "presence" && scene.chat?.is === "own";
  return theirs ? reaching({ ...scene, person }, true).person : person;
}

/** A choice is the person's own; the list from which an audience is drawn follows it. */
function listing({ subscription: before }: Person, { subscription }: Person): Effect[] {
  return subscription === undefined || subscription === before ? [] : [{ kind: "save-subscription", subscription }];
}

/**
 * What was about to be sent or deleted is not, once something else was said: that is told, and not dropped without a word. A text that was
 * to be passed on stays, unless the new message leaves another question to pass on.
 */
function leavingUndone(scene: Scene, step: Step): Step {
  const open = openToDecide(scene.conversation) ?? (leavesTelephone(scene, step) ? "pass-on-confirmed" : undefined);
  const asksAgain = step.replies.flatMap(optionsOf).some(({ action }) => action.act === open);
  const settled =
    step.settlesOffer === true ||
    step.keepsOffer === true ||
    asksAgain ||
    scene.incoming.kind === "notice" ||
    scene.incoming.kind === "presence";
  if (open === undefined || settled) return step;
  const tell = (...told: Text[]): Step => ({ ...step, replies: [say(scene, ...told), ...step.replies] });
  if (open === "delete-my-data") return tell(text("deletion.undone"));
  const { question: another, ...remember } = step.remember ?? {};
  if (another !== undefined) return tell(text("passOn.undone"));
  return { ...tell(text("passOn.undone"), text("passOn.undoneHow")), remember };
}

/** The number to call under was asked for, and something else is answered. */
function leavesTelephone({ conversation: { waiting }, now }: Scene, { remember = {} }: Step): boolean {
  return waiting?.for === "telephone" && waiting.until >= now && "waiting" in remember && remember.waiting === undefined;
}

function decide(scene: Scene): Step {
  const { conversation, incoming } = scene;
  switch (incoming.kind) {
    case "notice":
      return hearNotice(scene, incoming.notice);
    case "attachment":
      return receiveAttachment(scene, incoming);
    case "command":
      return noLongerWaiting(runCommand(scene, incoming.command, incoming.argument));
    case "choice": {
      const offer = conversation.offers.find((each) => each.turn === incoming.turn);
      const last = offer !== undefined && offer.turn === conversation.turn;
      return noLongerWaiting(perform(scene, offer?.actions[incoming.option - 1], last));
    }
    case "announcement-press":
      return noLongerWaiting(pressUnderAnnouncement(scene, incoming.announcement, incoming.button));
    case "presence":
      return notePresence(scene, incoming.reachable);
    case "message":
      return hear(scene, incoming.text);
  }
}

function hearNotice(scene: Scene, notice: Notice): Step {
  switch (notice.about) {
    case "my-data":
      return showMyData(scene, notice.json);
    case "ticket":
      return hearNews(scene, notice.ticket, notice.news);
    case "answer-found":
      return answerFound(scene, notice);
    case "hand-over":
      return handOverHere(scene, notice);
    case "delivery":
      return noteDelivery(scene, notice);
    case "reminder":
      return remind(scene, notice);
    case "unreachable":
      return notePresence(scene, false);
  }
}

/** What goes out at most once can be pressed like any reply. */
function sentOnce({ effects = [] }: Step): readonly Reply[] {
  return effects.flatMap((effect) => (effect.kind === "send-once" ? [effect.reply] : []));
}

function optionsOf(reply: Reply): readonly Option[] {
  const shown = reply.kind === "edit" || reply.kind === "amend" ? reply.reply : reply;
  return shown.kind === "choices" ? shown.options : [];
}

/** The person's choice; else the words; else what was spoken here before; else the client's; else the installation's. */
function languageFor({ incoming, person, conversation, settings }: World): Language {
  const spoken = incoming.kind === "message" ? languageOf(incoming.text) : undefined;
  return person.language ?? spoken ?? conversation.language ?? incoming.clientLanguage ?? settings.defaultLanguage;
}

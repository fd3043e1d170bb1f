import type { Conversation, Person } from "#core/conversation.ts";
import { afterTurn } from "#core/conversation.ts";
import { answerQuestion } from "#core/flows/question.ts";
import { perform } from "#core/flows/actions.ts";
import { receiveAttachment } from "#core/flows/attachment.ts";
import { runCommand } from "#core/flows/commands.ts";
import { receiveAwaited } from "#core/flows/feedback.ts";
import { showMyData } from "#core/flows/privacy.ts";
import { talkSmall } from "#core/flows/small-talk.ts";
import type { Action, Effect, Reply } from "#core/message.ts";
import type { Outcome, Scene, Step, World } from "#core/step.ts";
import { say, text } from "#core/step.ts";
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

function finish(scene: Scene, step: Step): Turn {
  const remembered = { ...scene.conversation, language: scene.language, ...step.remember };
  return {
    kind: "taken",
    conversation: afterTurn(remembered, scene.incoming.id, step.replies.flatMap(actionsOf)),
    person: step.person ?? scene.person,
    replies: step.replies,
    effects: step.effects ?? [],
    outcome: step.outcome,
  };
}

function decide(scene: Scene): Step {
  const { incoming } = scene;
  switch (incoming.kind) {
    case "notice":
      return showMyData(scene, incoming.notice.json);
    case "attachment":
      return receiveAttachment(scene, incoming.what);
    case "command":
      return runCommand(scene, incoming.command, incoming.argument);
    case "choice":
      return perform(scene, chosen(scene.conversation, incoming.turn, incoming.option));
    case "message": {
      const typed = /^\s*(\d{1,2})[.)]?\s*$/.exec(incoming.text)?.[1];
      const last = scene.conversation.offers.at(-1);
      if (typed !== undefined && last !== undefined) {
        const action = last.actions[Number(typed) - 1];
        if (action) return perform(scene, action);
      }
      return receiveAwaited(scene, incoming.text) ?? talkSmall(scene, incoming.text) ?? answerQuestion(scene, incoming.text);
    }
  }
}

function chosen(conversation: Conversation, turn: number, option: number): Action | undefined {
  return conversation.offers.find((offer) => offer.turn === turn)?.actions[option - 1];
}

function actionsOf(reply: Reply): Action[] {
  const shown = reply.kind === "edit" ? reply.reply : reply;
  return shown.kind === "choices" ? shown.options.map((option) => option.action) : [];
}

/** The person's choice; else the words; else what was spoken here before; else the client's; else the installation's. */
function languageFor({ incoming, person, conversation, settings }: World): Language {
  const spoken = incoming.kind === "message" ? languageOf(incoming.text) : undefined;
  return person.language ?? spoken ?? conversation.language ?? incoming.clientLanguage ?? settings.defaultLanguage;
}

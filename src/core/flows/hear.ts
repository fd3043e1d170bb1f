import { nearestCommand, parseCommand, speaksLikeCommand } from "#core/command-names.ts";
import { perform } from "#core/flows/actions.ts";
import { receiveCity } from "#core/flows/cities.ts";
import { cancel, runCommand } from "#core/flows/commands.ts";
import { rate, receiveAwaited } from "#core/flows/feedback.ts";
import { chooseLanguage, languageAskedFor } from "#core/flows/language.ts";
import { passOnOffer, wayOn } from "#core/flows/offer.ts";
import { receiveTelephone } from "#core/flows/hand-over.ts";
import { passOn } from "#core/flows/pass-on.ts";
import { answerQuestion } from "#core/flows/question.ts";
import { hearSeveral } from "#core/flows/several.ts";
import { topicsMenu } from "#core/flows/topics.ts";
import { alsoToDesk, talkToStaff } from "#core/flows/talk.ts";
import { talkSmall } from "#core/flows/small-talk.ts";
import type { Text } from "#core/message.ts";
import { labelTyped, reactionOf, saysCancel } from "#core/said.ts";
import type { Scene, Step } from "#core/step.ts";
import { CHAT, choices, noLongerWaiting, say, text } from "#core/step.ts";
import { subjectOf } from "#core/subject.ts";
import { countedIn, typedNumber } from "#core/typed-number.ts";

/** A message that was typed: a command, a press in words, what was waited for, small talk, or a question. */
export function hear(scene: Scene, message: string): Step {
  const language = languageAskedFor(message);
  return (
    hearCommand(scene, message) ??
    receiveTelephone(scene, message) ??
    receiveCity(scene, message) ??
    talkToStaff(scene, message) ??
    hearSeveral(scene, message) ??
    hearChoice(scene, message) ??
    (language === undefined ? undefined : chooseLanguage(scene, language)) ??
    react(scene, message) ??
    receiveAwaited(scene, message) ??
    talkSmall(scene, message) ??
    alsoToDesk(scene, message, answerQuestion(scene, message))
  );
}

function hearCommand(scene: Scene, message: string): Step | undefined {
  const known = parseCommand(message) ?? nearestCommand(message);
  if (known) return noLongerWaiting(runCommand(scene, known.command, known.argument));
  return speaksLikeCommand(message) ? { replies: [say(scene, text("command.unknown"))], outcome: CHAT } : undefined;
}

/** A number or a label picks from what was shown last. A number that picks nothing is told so, and is never a question. */
function hearChoice(scene: Scene, message: string): Step | undefined {
  const { conversation, knowledge } = scene;
  if (saysCancel(message)) return cancel(scene);
  const offer = conversation.offers.at(-1);
  const last = offer?.turn === conversation.turn;
  const number = typedNumber(message);
  if (number !== undefined) {
    if (conversation.waiting?.for === "question-to-pass-on" && !last) return passOn(scene, "");
    const numbered = scene.incoming.kind === "message" && scene.incoming.numbered === true;
    const counted = offer === undefined ? [] : countedIn(offer, message, numbered);
    const action = counted[number - 1];
    if (action) return noLongerWaiting(perform(scene, action, last));
    return { replies: [say(scene, notListed(counted.length))], keepsOffer: true, outcome: CHAT };
  }
  const action = offer && labelTyped(message, offer, last, knowledge);
  return action && noLongerWaiting(perform(scene, action, last));
}

/** A word that answers a screen, with no such screen open: it is understood kindly and never searched for. */
function react(scene: Scene, message: string): Step | undefined {
  const reaction = reactionOf(message);
  switch (reaction) {
    case undefined:
      return undefined;
    case "cancel":
      return cancel(scene);
    case "none":
      return noLongerWaiting({
        replies: [choices(scene, [text("reaction.none"), passOnOffer(scene)], wayOn())],
        outcome: CHAT,
      });
    case "confirm":
      return scene.knowledge.smallTalk(message).said.length > 0 ? undefined : chat(scene, "reaction.confirm");
    case "passOn":
      return noLongerWaiting(passOn(scene, ""));
    case "topics":
      return noLongerWaiting(topicsMenu(scene));
    case "more":
      return chat(scene, "reaction.more");
    case "helpful":
    case "notHelpful": {
      const shown = answerAbove(scene);
      if (shown !== undefined) return noLongerWaiting(rate(scene, shown, reaction === "helpful"));
      return reaction === "helpful"
        ? chat(scene, "feedback.thanks")
        : { replies: [choices(scene, [text("reaction.notHelpful"), passOnOffer(scene)], wayOn())], outcome: CHAT };
    }
  }
}

/** The entry whose answer a verdict would be about: none where something asked since then was not answered. */
function answerAbove(scene: Scene): string | undefined {
  const subject = subjectOf(scene);
  const { question = subject?.question } = scene.conversation;
  return question === subject?.question ? subject?.shown : undefined;
}

function chat(scene: Scene, key: "reaction.confirm" | "reaction.more" | "feedback.thanks"): Step {
  return { replies: [say(scene, text(key))], outcome: CHAT };
}

function notListed(count: number): Text {
  if (count === 0) return text("number.noList");
  return count === 1 ? text("number.onlyOne") : text("number.notListed", { count });
}

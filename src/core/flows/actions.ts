import { answerWith } from "#core/flows/answer.ts";
import { cancel } from "#core/flows/commands.ts";
import { eventsOfYear, showEvent } from "#core/flows/events.ts";
import { rate } from "#core/flows/feedback.ts";
import { chooseLanguage } from "#core/flows/language.ts";
import { admit } from "#core/flows/offer.ts";
import { passOn, passOnConfirmed } from "#core/flows/pass-on.ts";
import { deleteMyData } from "#core/flows/privacy.ts";
import { topicPage, topicsMenu } from "#core/flows/topics.ts";
import type { Action } from "#core/message.ts";
import type { Scene, Step } from "#core/step.ts";
import { CHAT, say, text } from "#core/step.ts";

/** What a press, or the number of a choice, does. A press that is no longer known is told so. */
export function perform(scene: Scene, action: Action | undefined): Step {
  if (action === undefined) return expired(scene);
  switch (action.act) {
    case "answer": {
      const entry = scene.knowledge.entry(action.entry);
      if (!entry) return expired(scene);
      return answerWith(scene, entry, { confidence: 1, candidates: [{ id: entry.id, score: 1 }] });
    }
    case "none-of-these": {
      const { question, subject } = scene.conversation;
      const offered = (subject?.entries ?? []).map((id) => ({ id, score: 0 }));
      return admit(scene, question ?? "", { confidence: 0, candidates: offered });
    }
    case "rate":
      return rate(scene, action.entry, action.helpful);
    case "pass-on":
      return passOn(scene, "");
    case "pass-on-confirmed":
      return passOnConfirmed(scene);
    case "cancel":
      return cancel(scene);
    case "topics":
      return topicsMenu(scene);
    case "topic":
      return topicPage(scene, action.topic, action.page);
    case "events":
      return eventsOfYear(scene, action.year, action.page);
    case "event":
      return showEvent(scene, action.key);
    case "language":
      return chooseLanguage(scene, action.language);
    case "delete-my-data":
      return deleteMyData(scene);
  }
}

function expired(scene: Scene): Step {
  return { replies: [say(scene, text("choice.expired"))], outcome: CHAT };
}

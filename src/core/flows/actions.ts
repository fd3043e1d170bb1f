import { announcementsMenu, leaveAll, setSubscription, subscribe } from "#core/flows/announcements.ts";
import { answerWith } from "#core/flows/answer.ts";
import { addToCalendar } from "#core/flows/calendar.ts";
import { chooseCity, citiesPage } from "#core/flows/cities.ts";
import { cancel } from "#core/flows/commands.ts";
import { eventsPage, showEvent } from "#core/flows/events.ts";
import { rate } from "#core/flows/feedback.ts";
import { chooseLanguage } from "#core/flows/language.ts";
import { admit } from "#core/flows/offer.ts";
import { askTelephone, confirmed, editQuestion } from "#core/flows/hand-over.ts";
import { endTalk, passAlso, withdraw } from "#core/flows/talk.ts";
import { passOn, passOnConfirmed } from "#core/flows/pass-on.ts";
import { deleteMyData } from "#core/flows/privacy.ts";
import { setReminder } from "#core/flows/reminders.ts";
import { tellMe, tellMeNot } from "#core/flows/tell-me.ts";
import { topicPage, topicsMenu } from "#core/flows/topics.ts";
import type { Action } from "#core/action.ts";
import type { Scene, Step } from "#core/step.ts";
import { CHAT, say, text } from "#core/step.ts";

/**
 * What a press, a number or a typed label does. `last`: nothing was said since the options were shown. Where something was, nothing is
 * deleted or sent any more, since the person may have forgotten what the number stood for.
 */
export function perform(scene: Scene, action: Action | undefined, last: boolean): Step {
  if (action === undefined) return expired(scene);
  switch (action.act) {
    case "answer":
      return choose(scene, action.entry);
    case "none-of-these": {
      const { question, subject } = scene.conversation;
      const offered = (subject?.entries ?? []).map((id) => ({ id, score: 0 }));
      return admit(scene, question, { confidence: 0, candidates: offered });
    }
    case "rate":
      return rate(scene, action.entry, action.helpful);
    case "pass-on":
      return passOn(scene, "");
    case "pass-on-confirmed":
      if (!last) return { replies: [say(scene, text("passOn.void"))], outcome: CHAT };
      return scene.settings.desk === undefined ? passOnConfirmed(scene) : confirmed(scene, action.telephone);
    case "pass-on-edit":
      return editQuestion(scene);
    case "call-me":
      return last ? askTelephone(scene) : { replies: [say(scene, text("passOn.void"))], outcome: CHAT };
    case "pass-also":
      return passAlso(scene, action.words);
    case "tell-me":
      return tellMe(scene, action.question);
    case "tell-me-not":
      return tellMeNot(scene, action.awaited);
    case "withdraw":
      return withdraw(scene, action.ticket, last);
    case "end-talk":
      return endTalk(scene);
    case "cancel":
      return cancel(scene);
    case "topics":
      return topicsMenu(scene);
    case "topic":
      return topicPage(scene, action.topic, action.page);
    case "events":
      return eventsPage(scene, action, action.page);
    case "event":
      return showEvent(scene, action.key);
    case "calendar":
      return addToCalendar(scene, action.events);
    case "remind":
      return setReminder(scene, action.event, action.on);
    case "language":
      return chooseLanguage(scene, action.language);
    case "announcements":
      return announcementsMenu(scene);
    case "subscribe":
      return subscribe(scene, action.topics, action.on);
    case "set-subscription":
      return setSubscription(scene, action);
    case "cities":
      return citiesPage(scene, action.page);
    case "city":
      return chooseCity(scene, action.city);
    case "leave-all":
      return leaveAll(scene);
    case "delete-my-data":
      return last ? deleteMyData(scene) : { replies: [say(scene, text("deletion.void"))], outcome: CHAT };
  }
}

/** One of the offered entries answers the question they were offered for; one found by browsing leaves that question open. */
function choose(scene: Scene, id: string): Step {
  const entry = scene.knowledge.entry(id);
  if (!entry) return expired(scene);
  const { question, subject } = scene.conversation;
  const asked = subject?.shown === undefined && subject?.entries.includes(id) && subject.question === question;
  return answerWith(scene, entry, { confidence: 1, candidates: [{ id, score: 1 }] }, asked ? question : undefined);
}

/** A late press does nothing, and so takes nothing away either. */
function expired(scene: Scene): Step {
  return { replies: [say(scene, text("choice.expired"))], keepsOffer: true, outcome: CHAT };
}

import { HAND_OVER_LINK } from "#core/flows/alone.ts";
import { announcementsCommand, announcementsLink } from "#core/flows/announcements-command.ts";
import { answerWith } from "#core/flows/answer.ts";
import { eventsMenu, showEvent } from "#core/flows/events.ts";
import { askLanguage } from "#core/flows/language.ts";
import { endTalk, isTalking } from "#core/flows/talk.ts";
import { passOn } from "#core/flows/pass-on.ts";
import { askMyData, confirmDeletion, privacyNotice } from "#core/flows/privacy.ts";
import { topicsMenu } from "#core/flows/topics.ts";
import { openToDecide } from "#core/conversation.ts";
import type { Command } from "#core/command-names.ts";
import type { Scene, Step } from "#core/step.ts";
import { askQuestion, CHAT, button, choices, say, text } from "#core/step.ts";

export function runCommand(scene: Scene, command: Command, argument: string): Step {
  switch (command) {
    case "start":
      return start(scene, argument);
    case "help":
      return { replies: [say(scene, text("help.what"), text("help.commands"))], outcome: CHAT };
    case "topics":
      return topicsMenu(scene);
    case "events":
      return eventsMenu(scene);
    case "announcements":
      return announcementsCommand(scene, argument);
    case "pass-on":
      return passOn(scene, argument);
    case "language":
      return askLanguage(scene);
    case "privacy":
      return privacyNotice(scene);
    case "my-data":
      return askMyData();
    case "delete-my-data":
      return confirmDeletion(scene);
    case "cancel":
      return cancel(scene);
  }
}

/** Drops whatever the conversation was waiting for; where it waits for nothing, the talk with staff ends; else it says that there is nothing. */
export function cancel(scene: Scene): Step {
  const { conversation, now } = scene;
  const waits = (conversation.waiting?.until ?? 0) >= now;
  const done = waits || openToDecide(conversation) !== undefined || scene.incoming.kind === "choice";
  if (!done && isTalking(scene)) return endTalk(scene);
  const said = text(done ? "cancel.done" : "cancel.nothing");
  return { replies: [say(scene, said)], remember: { waiting: undefined }, settlesOffer: true, outcome: CHAT };
}

/** Welcome, or straight to what a link leads to: `e_<entry>`, `ev_<event>`, `sub_<topic>`. */
function start(scene: Scene, argument: string): Step {
  const entry = argument.startsWith("e_") ? scene.knowledge.entry(argument.slice(2)) : undefined;
  if (entry) return answerWith(scene, entry, { confidence: 1, candidates: [{ id: entry.id, score: 1 }] });
  if (argument.startsWith("ev_") && scene.knowledge.event(argument.slice(3))) return showEvent(scene, argument.slice(3));
  if (argument === HAND_OVER_LINK) return askQuestion(scene);
  const announcements = announcementsLink(scene, argument);
  if (announcements) return announcements;
  const other =
    scene.language === "tr"
      ? button("button.english", { act: "language", language: "en" })
      : button("button.turkish", { act: "language", language: "tr" });
  const options = [
    button("button.topics", { act: "topics" }),
    button("button.events", { act: "topic", topic: "events", page: 0 }),
    other,
  ];
  const paragraphs = [text("welcome.hello"), text("welcome.ask"), text("welcome.honest"), text("welcome.privacy")];
  return { replies: [choices(scene, paragraphs, options)], outcome: CHAT };
}

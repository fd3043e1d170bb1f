import { calendarLinkOptions } from "#core/flows/calendar-link.ts";
import { choosing } from "#core/flows/subscription.ts";
import type { Action, SubscriptionSet } from "#core/action.ts";
import type { Option, Reply, Text } from "#core/message.ts";
import type { Scene, Step } from "#core/step.ts";
import { CHAT, button, choices, say, text } from "#core/step.ts";
import type { AnnouncedTopic } from "#core/subscription.ts";
import { ANNOUNCED_TOPICS } from "#core/subscription.ts";
import { cityInWords } from "#text/city-names.ts";

type SubscribeAct = Extract<Action, { act: "subscribe" }>;

/** Topics are chosen, or chosen no longer. */
export function subscribe(scene: Scene, topics: readonly AnnouncedTopic[], on: boolean): Step {
  return chosen(choosing(scene, { topics: on ? joined(scene, topics) : without(scene, topics) }));
}

/** Several topics pressed at once: each is chosen, or chosen no longer. */
export function subscribeEach(scene: Scene, pressed: readonly SubscribeAct[]): Step {
  const one = (before: Scene, { topics, on }: SubscribeAct) =>
    choosing(before, { topics: on ? joined(before, topics) : without(before, topics) });
  return chosen(pressed.reduce(one, scene));
}

/** How announcements come. */
export function setSubscription(scene: Scene, { language, reminders, weekly }: SubscriptionSet): Step {
  const set = {
    ...(language === undefined ? {} : { language }),
    ...(reminders === undefined ? {} : { reminders }),
    ...(weekly === undefined ? {} : { weekly }),
  };
  return chosen(choosing(scene, set));
}

/** No announcements of any kind; the other choices are kept. */
export function leaveAll(scene: Scene): Step {
  const before = topicsOf(scene);
  if (before.length === 0) return announcementsMenu(scene, text("announcements.none"));
  const left = choosing(scene, { topics: [] });
  const options = [button("button.undo", { act: "subscribe", topics: before, on: true })];
  return { ...shown(left, choices(left, [text("left.all"), text("left.told")], options)), person: left.person };
}

/** The menu after a choice, which is saved with it. */
export function chosen(scene: Scene): Step {
  return { ...announcementsMenu(scene), person: scene.person };
}

/** What is chosen, and what can be, below what else there is to say. Pressed in it, it changes in place. */
export function announcementsMenu(scene: Scene, ...above: Text[]): Step {
  if (scene.chat?.is !== "own") return chosenPrivately(scene);
  const options = [...topicOptions(scene), ...settingOptions(scene), ...calendarLinkOptions(scene)];
  return shown(scene, choices(scene, [...above, ...menuParagraphs(scene)], options));
}

/** A reply to a press takes the place of what was pressed. */
export function shown({ incoming, language }: Scene, reply: Reply): Step {
  if (incoming.kind !== "choice" || (reply.kind !== "choices" && reply.kind !== "say"))
    return { replies: [reply], outcome: CHAT };
  return { replies: [{ kind: "edit", language, turn: incoming.turn, reply }], outcome: CHAT };
}

export function topicsOf({ person }: Scene): readonly AnnouncedTopic[] {
  return person.subscription?.topics ?? [];
}

/** The topics that stay once some are left. */
export function without(scene: Scene, topics: readonly AnnouncedTopic[]): AnnouncedTopic[] {
  return topicsOf(scene).filter((each) => !topics.includes(each));
}

/** The topics once some are added. */
export function joined(scene: Scene, topics: readonly AnnouncedTopic[]): AnnouncedTopic[] {
  const had = topicsOf(scene);
  return ANNOUNCED_TOPICS.filter((topic) => had.includes(topic) || topics.includes(topic));
}

/** Others would read what one of them chose, and all of them what is sent. */
export function chosenPrivately(scene: Scene): Step {
  const link = scene.chat?.is === "shared" ? scene.chat.link : undefined;
  const told = text("announcements.privately");
  return { replies: [say(scene, link === undefined ? told : { ...told, url: `${link}sub` })], outcome: CHAT };
}

function menuParagraphs({ person: { subscription }, language, now }: Scene): Text[] {
  const head = [text("announcements.question"), text("announcements.how")];
  const city = subscription?.city;
  const where =
    city === undefined ? text("announcements.allCities") : text("announcements.city", { city: cityInWords(city, language) });
  if (subscription === undefined || subscription.topics.length === 0) {
    const set = [
      ...(city === undefined ? [] : [where]),
      ...(subscription?.reminders === false ? [text("announcements.remindersOff")] : []),
      ...(subscription?.weekly === true ? [text("announcements.weekly")] : []),
    ];
    return [...head, ...set, text("announcements.consent"), text("welcome.privacy")];
  }
  // With the first topic it is said once more what that means: a link or a command may have chosen it without the menu.
  const agrees = subscription.consent.at === now && subscription.changedAt === now;
  const agreed = agrees ? [text("announcements.consent"), text("welcome.privacy")] : [text("announcements.free")];
  const inWords = { key: subscription.language === "tr" ? "button.turkish" : "button.english" } as const;
  return [
    ...head,
    where,
    text("announcements.language", { language: inWords }),
    text(subscription.reminders ? "announcements.remindersOn" : "announcements.remindersOff"),
    text(subscription.weekly ? "announcements.weekly" : "announcements.each"),
    ...agreed,
  ];
}

function topicOptions(scene: Scene): Option[] {
  const had = topicsOf(scene);
  return ANNOUNCED_TOPICS.map((topic) => {
    const on = had.includes(topic);
    const name = { key: `topic.${topic}` } as const;
    const label = on ? text("announcements.chosen", { topic: name }) : name;
    return { label, action: { act: "subscribe", topics: [topic], on: !on }, listed: true };
  });
}

function settingOptions(scene: Scene): Option[] {
  const city = button("button.city", { act: "cities", page: 0 });
  const { subscription } = scene.person;
  if (subscription === undefined || subscription.topics.length === 0) return [city];
  const { language, reminders, weekly } = subscription;
  const other = language === "tr" ? "en" : "tr";
  return [
    city,
    button(other === "en" ? "button.inEnglish" : "button.inTurkish", { act: "set-subscription", language: other }),
    button(reminders ? "button.remindersOff" : "button.remindersOn", { act: "set-subscription", reminders: !reminders }),
    button(weekly ? "button.each" : "button.weekly", { act: "set-subscription", weekly: !weekly }),
    button("button.leaveAll", { act: "leave-all" }),
  ];
}

import { CALENDAR_LINK, calendarLink, calendarLinkOptions } from "#core/flows/calendar-link.ts";
import { choosing } from "#core/flows/subscription.ts";
import type { SubscriptionSet } from "#core/action.ts";
import type { Option, Reply, Text } from "#core/message.ts";
import type { Scene, Step } from "#core/step.ts";
import { CHAT, button, choices, say, text } from "#core/step.ts";
import type { AnnouncedTopic } from "#core/subscription.ts";
import { ANNOUNCED_TOPICS } from "#core/subscription.ts";
import { cityInWords } from "#text/city-names.ts";
import { fold } from "#text/fold.ts";
import { provinceIn } from "#text/provinces.ts";

/** What people write for a topic, folded: the beginnings of words. */
const TOPIC_WORDS: Readonly<Record<AnnouncedTopic, RegExp>> = {
  events: /\b(?:etkinlik|event)/,
  "social-economy": /\b(?:sosyal ekonomi|social economy|social-economy)/,
  cooperatives: /\b(?:kooperatifcilik|kooperatifler|cooperatives)/,
  law: /\b(?:hukuk|mevzuat|kanun|law)/,
  union: /\b(?:birlik|birligi|union)/,
  esmed: /\besmed/,
};
const CALENDAR = /\b(?:takvim|calendar)/;
const ANOTHER = /\b(?:yeni|yenile|new|renew)/;
const LEAVING = /\b(?:cik|cikar|cikarin|cikmak|kapat|durdur|iptal|stop|leave|off|unsubscribe)\b/;

/** `/duyurular`: what the person chose, to be changed; topics, a province, leaving or the calendar may be named after it. */
export function announcementsCommand(scene: Scene, argument: string): Step {
  const said = fold(argument);
  if (CALENDAR.test(said)) return calendarLink(scene, LEAVING.test(said) ? "close" : ANOTHER.test(said) ? "renew" : "show");
  if (scene.chat?.is !== "own") return chosenPrivately(scene);
  if (LEAVING.test(said)) return leaveAll(scene);
  const city = provinceIn(argument);
  const topics = ANNOUNCED_TOPICS.filter((topic) => TOPIC_WORDS[topic].test(said));
  if (city === undefined && topics.length === 0) return announcementsMenu(scene);
  const named = city === undefined ? {} : { city };
  return chosen(choosing(scene, topics.length === 0 ? named : { ...named, topics: joined(scene, topics) }));
}

/** Where a link leads to: `sub_<topic>`, `sub` to the menu, `sub_calendar` to the address of a calendar. `undefined` for any other. */
export function announcementsLink(scene: Scene, argument: string): Step | undefined {
  if (argument === "sub") return announcementsMenu(scene);
  if (argument === CALENDAR_LINK) return calendarLink(scene, "show");
  const topic = ANNOUNCED_TOPICS.find((each) => argument === `sub_${each}` || argument === `sub_${each.replaceAll("-", "_")}`);
  if (topic !== undefined) return subscribe(scene, [topic], true);
  return argument.startsWith("sub_") ? announcementsMenu(scene) : undefined;
}

/** Topics are chosen, or chosen no longer. */
export function subscribe(scene: Scene, topics: readonly AnnouncedTopic[], on: boolean): Step {
  return chosen(choosing(scene, { topics: on ? joined(scene, topics) : without(scene, topics) }));
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
  if (before.length === 0) return announcementsMenu(scene);
  const left = choosing(scene, { topics: [] });
  const options = [button("button.undo", { act: "subscribe", topics: before, on: true })];
  return { ...shown(left, choices(left, [text("left.all"), text("left.told")], options)), person: left.person };
}

/** The menu after a choice, which is saved with it. */
export function chosen(scene: Scene): Step {
  return { ...announcementsMenu(scene), person: scene.person };
}

/** What is chosen, and what can be. Pressed in it, it changes in place. */
export function announcementsMenu(scene: Scene): Step {
  if (scene.chat?.is !== "own") return chosenPrivately(scene);
  return shown(
    scene,
    choices(scene, menuParagraphs(scene), [...topicOptions(scene), ...settingOptions(scene), ...calendarLinkOptions(scene)]),
  );
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

function joined(scene: Scene, topics: readonly AnnouncedTopic[]): AnnouncedTopic[] {
  const had = topicsOf(scene);
  return ANNOUNCED_TOPICS.filter((topic) => had.includes(topic) || topics.includes(topic));
}

/** Others would read what one of them chose, and all of them what is sent. */
function chosenPrivately(scene: Scene): Step {
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
    return [...head, ...(city === undefined ? [] : [where]), text("announcements.consent"), text("welcome.privacy")];
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

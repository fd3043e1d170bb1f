import { announcementsMenu, chosen, chosenPrivately, joined, leaveAll, subscribe, topicsOf } from "#core/flows/announcements.ts";
import { CALENDAR_LINK, calendarLink } from "#core/flows/calendar-link.ts";
import type { Choice } from "#core/flows/subscription.ts";
import { askWhichCity } from "#core/flows/cities.ts";
import { choosing } from "#core/flows/subscription.ts";
import type { Scene, Step } from "#core/step.ts";
import { text } from "#core/step.ts";
import type { AnnouncedTopic } from "#core/subscription.ts";
import { ANNOUNCED_TOPICS } from "#core/subscription.ts";
import { fold } from "#text/fold.ts";
import { provinceMeant, provincesIn } from "#text/provinces.ts";
import { foldedWords } from "#text/words.ts";

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
const REMINDERS = /\b(?:hatirlat|remind)/;
const WEEKLY = /\b(?:haftalik|haftada|weekly|once a week)\b/;
const EACH = /\b(?:yayimlandikca|yayinlandikca|as published)\b/;
const IN_ENGLISH = /\b(?:ingilizce|english)\b/;
const IN_TURKISH = /\b(?:turkce|turkish)\b/;
const LEAVING =
  /\b(?:cik|cikar|cikarin|cikmak|kapat|kapatin|dur|durdur|durdurun|birak|istemiyorum|iptal|stop|leave|off|cancel|unsubscribe)\b/;
/** Asks for the menu and names nothing in it. */
const MENU = /^(?:(?:neler|nedir|ne|var|goster|liste|listele|menu|ayarlar|ac|show|list|settings|menu|open)\s*)*\W*$/;

/** `/duyurular`: what the person chose, to be changed; topics, a province, how they come, leaving or the calendar may be named after it. */
export function announcementsCommand(scene: Scene, argument: string): Step {
  const said = fold(argument);
  const leaves = LEAVING.test(said);
  if (CALENDAR.test(said)) return calendarLink(scene, leaves ? "close" : ANOTHER.test(said) ? "renew" : "show");
  if (scene.chat?.is !== "own") return chosenPrivately(scene);
  const set = settingsIn(said, leaves);
  // "etkinlik hatırlatmalarını kapat" is about reminders, and chooses or leaves no topic.
  const topics = ANNOUNCED_TOPICS.filter((topic) => TOPIC_WORDS[topic].test(said) && set.reminders === undefined);
  const sets = Object.keys(set).length > 0;
  if (leaves && !sets) return topicsOf(scene).length > 0 && topics.length > 0 ? subscribe(scene, topics, false) : leaveAll(scene);
  const cities = provincesIn(argument);
  const nothingElse = cities.length === 0 && topics.length === 0 && !sets;
  const city = cities[0] ?? (nothingElse ? slippedCity(argument) : undefined);
  if (city === undefined && topics.length === 0 && !sets) {
    return MENU.test(said) ? announcementsMenu(scene) : announcementsMenu(scene, text("announcements.notUnderstood"));
  }
  const named = topics.length === 0 ? set : { ...set, topics: joined(scene, topics) };
  if (cities.length < 2) return chosen(choosing(scene, city === undefined ? named : { ...named, city }));
  const choosingOthers = topics.length > 0 || sets ? choosing(scene, named) : scene;
  return { ...askWhichCity(choosingOthers, cities), person: choosingOthers.person };
}

/** A single word, which can mean one province by a slip of the hand. */
function slippedCity(argument: string): string | undefined {
  const [word = "", ...others] = foldedWords(argument);
  return others.length === 0 ? provinceMeant(word) : undefined;
}

/** Where a link leads to: `sub_<topic>`, `sub` to the menu, `sub_calendar` to the address of a calendar. `undefined` for any other. */
export function announcementsLink(scene: Scene, argument: string): Step | undefined {
  if (argument === "sub") return announcementsMenu(scene);
  if (argument === CALENDAR_LINK) return calendarLink(scene, "show");
  const topic = ANNOUNCED_TOPICS.find((each) => argument === `sub_${each}` || argument === `sub_${each.replaceAll("-", "_")}`);
  if (topic !== undefined) return subscribe(scene, [topic], true);
  return argument.startsWith("sub_") ? announcementsMenu(scene) : undefined;
}

/** How announcements are to come, as far as that was said. */
function settingsIn(said: string, leaves: boolean): Pick<Choice, "reminders" | "weekly" | "language"> {
  return {
    ...(REMINDERS.test(said) ? { reminders: !leaves } : {}),
    ...(WEEKLY.test(said) ? { weekly: !leaves } : EACH.test(said) ? { weekly: false } : {}),
    ...(IN_ENGLISH.test(said) ? { language: "en" } : IN_TURKISH.test(said) ? { language: "tr" } : {}),
  };
}

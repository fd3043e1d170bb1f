import type { Offer } from "#core/conversation.ts";
import type { KnowledgeBase } from "#core/knowledge-base.ts";
import type { Action } from "#core/action.ts";
import type { TextKey } from "#core/texts.ts";
import { foldedWords } from "#text/words.ts";

/** What people type for a button, folded, in both languages, the label itself first. */
const SAID: Readonly<Partial<Record<TextKey, string>>> = {
  "button.topics": "konular|topics",
  "button.events": "etkinlikler|events",
  "button.passOn": "birlige ilet|pass it on|birlige iletin|ilet|pass on",
  "button.noneOfThese": "hicbiri degil|none of these|hicbiri|hic biri|hic biri degil|none of them|none|neither|degil|hayir|no",
  "button.helpful": "isime yaradi|this helped|yaradi|helpful|it helped|helped",
  "button.notHelpful":
    "yaramadi|not helpful|isime yaramadi|unhelpful|did not help|this did not help|it did not help|didn help|it didn help",
  "button.calendar": "takvime ekle|add to calendar|takvimime ekle|add to my calendar|takvim|calendar",
  "button.calendarLink": "takvim baglantisi|calendar link|takvim linki|takvim baglantim",
  "button.newCalendarLink": "yeni baglanti|new link|yeni link",
  "button.closeCalendarLink": "baglantiyi kapat|close the link|linki kapat|close link",
  "button.remind": "bana hatirlat|remind me|hatirlat|beni hatirlat|reminder",
  "button.dontRemind":
    "hatirlatmayi kaldir|remove the reminder|hatirlatma|hatirlatmayi iptal et|hatirlatmayi sil|do not remind me|remove reminder",
  "button.more": "devami|more|devam|daha|next",
  "button.back": "onceki|back|geri|previous",
  "button.turkish": "turkce|turkish",
  "button.english": "english|ingilizce",
  "button.send": "gonder|send|evet|yes|evet gonder|yes send|send it|yes send it|tamam|olur|ok|okay",
  "button.edit": "duzelt|edit",
  "button.callMe": "beni arayin|call me|arayin",
  "button.passAlso": "bunu da ilet|pass this on too|bunu da iletin",
  "button.tellMe":
    "yanit bulununca haber verin|tell me once you know|haber verin|haber ver|bana haber verin|bana haber ver|tell me|let me know",
  "button.tellMeNot": "haber vermeyin|stop waiting|haber verme|bana haber vermeyin",
  "button.withdraw": "sorumu geri cek|withdraw my question|geri cek|withdraw",
  "button.endTalk": "gorusmeyi bitir|end the talk|bitir",
  "button.announcements": "duyurular|announcements|news",
  "button.city": "il secin|choose a province|il|il sec|il degistir|ili degistir|sehir|sehir sec|province|choose province|city",
  "button.inEnglish":
    "ingilizce gonderin|send them in english|ingilizce gonder|ingilizce gelsin|ingilizce duyuru|send in english",
  "button.inTurkish": "turkce gonderin|send them in turkish|turkce gonder|turkce gelsin|turkce duyuru|send in turkish",
  "button.remindersOn":
    "hatirlatmalari ac|turn reminders on|hatirlatmalari acin|hatirlatma ac|hatirlatma|hatirlatmalar|reminders on|turn on reminders|reminders",
  "button.remindersOff":
    "hatirlatmalari kapat|turn reminders off|hatirlatmalari kapatin|hatirlatma kapat|hatirlatma|hatirlatmalar|reminders off|turn off reminders|no reminders|reminders",
  "button.weekly":
    "haftada bir gonderin|send once a week|haftada bir|haftada bir gonder|haftalik|haftalik gonder|haftalik gonderin|weekly|once a week|send weekly",
  "button.each":
    "yayimlandikca gonderin|send as published|yayimlandikca|yayimlandikca gonder|yayinlandikca|yayinlandikca gonderin|as published|as they are published|as they come",
  "button.undo": "geri al|undo",
  "button.leaveAll": "hepsinden cik|stop all|hepsinden cikar|tumunden cik|dur|durdur|stop|stop them all",
  "button.allCities": "butun iller|all provinces|hepsi|tum iller",
  "button.cancel": "vazgec|cancel|hayir|no|hayir vazgec|hayir silme|hayir gonderme|iptal",
  "button.delete": "evet sil|yes delete|evet|yes|sil|delete|yes delete it|delete it",
  "topic.events": "etkinlikler|events",
  "topic.social-economy": "sosyal ekonomi|social economy",
  "topic.cooperatives": "kooperatifcilik|cooperatives",
  "topic.law": "kooperatif hukuku|cooperative law",
  "topic.union": "birlik|the union",
  "topic.esmed": "esmed",
  "topic.service": "bu hizmet hakkinda|about this service",
};
const CANCEL = /^(?:vazgec|vazgectim|vazgeciyorum|iptal|iptal et|bosver|bos ver|cancel|cancel it|never mind|nevermind)$/;
const POLITE = new Set(["lutfen", "please"]);
const SHORTEST_BEGINNING = 4;

/** A word that answers a screen rather than asks: it is no question, whatever is open. */
export type Reaction = "cancel" | "none" | "confirm" | "more" | "helpful" | "notHelpful" | "passOn" | "topics";

const REACTIONS: readonly (readonly [Reaction, TextKey])[] = [
  ["none", "button.noneOfThese"],
  ["confirm", "button.send"],
  ["confirm", "button.delete"],
  ["more", "button.more"],
  ["more", "button.back"],
  ["helpful", "button.helpful"],
  ["notHelpful", "button.notHelpful"],
  ["passOn", "button.passOn"],
  ["topics", "button.topics"],
];

/** Whether a message, and nothing besides, takes back what is going on: "vazgeç", "cancel". */
export function saysCancel(message: string): boolean {
  return CANCEL.test(phraseOf(message));
}

/** The reaction a message is, where it is one. */
export function reactionOf(message: string): Reaction | undefined {
  if (saysCancel(message)) return "cancel";
  const phrase = phraseOf(message);
  return REACTIONS.find(([, key]) => saidFor(key).includes(phrase))?.[0];
}

/**
 * The option of an offer whose label was typed. Titles, and beginnings of at least four letters, count only while the offer is the last thing
 * said: later they are more likely a question.
 */
export function labelTyped(message: string, offer: Offer, last: boolean, knowledge: KnowledgeBase): Action | undefined {
  const phrase = phraseOf(message);
  if (phrase === "") return undefined;
  const names = offer.actions.map((action, position) => {
    const key = offer.labels?.[position] ?? "";
    // A topic to browse and one to be told of bear the same name: it is this one only while this is what was asked.
    if (action.act === "subscribe" && action.topics.length === 1 && !key.startsWith("button.")) {
      return last ? action.topics.flatMap((topic) => saidFor(`topic.${topic}`)) : [];
    }
    return key in SAID ? saidFor(key as TextKey) : last ? titlesOf(action, knowledge) : [];
  });
  const exact = names.findIndex((each) => each.includes(phrase));
  if (exact >= 0) return offer.actions[exact];
  // Under an answer the titles are only related ones: half of such a title is a new question.
  const underAnswer = offer.actions.some((action) => action.act === "rate");
  if (!last || phrase.length < SHORTEST_BEGINNING || underAnswer) return undefined;
  // "izmir" asks for what is in the city, although a title may begin with it.
  if (knowledge.findEvents(phrase, "", {})) return undefined;
  const begun = offer.actions.filter((_, position) => names[position]?.some((name) => name.startsWith(phrase)));
  return begun.length === 1 ? begun[0] : undefined;
}

function saidFor(key: TextKey): readonly string[] {
  return SAID[key]?.split("|") ?? [];
}

function titlesOf(action: Action, knowledge: KnowledgeBase): readonly string[] {
  switch (action.act) {
    case "answer":
      return Object.values(knowledge.entry(action.entry)?.title ?? {}).map(phraseOf);
    case "event":
      return Object.values(knowledge.event(action.key)?.title ?? {}).map(phraseOf);
    case "events":
      return action.year === undefined ? [] : [String(action.year)];
    default:
      return [];
  }
}

function phraseOf(text: string): string {
  return foldedWords(text.slice(0, 120))
    .filter((word) => !POLITE.has(word))
    .join(" ");
}

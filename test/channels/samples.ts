import type { Option, Reply, Text } from "#core/message.ts";

const words = (text: string, url?: string): Text => (url === undefined ? { words: text } : { words: text, url });
const action = { act: "topics" } as const;
const listed = (label: string): Option => ({ label: words(label), action, listed: true });
const button = (label: Text): Option => ({ label, action, listed: false });
const source: Text = {
  key: "answer.source",
  values: { title: 'Kooperatifler Kanunu <1163> & "ekleri"', date: "24 Nisan 1969" },
  url: "https://www.mevzuat.gov.tr/mevzuat?MevzuatNo=1163&MevzuatTur=1",
};
const sentence = "Genel kurul, ortakların tümünü temsil eden en yetkili organdır; İĞÜŞÇÖ ığüşçö. ";

/** Replies that have been hard to show somewhere; the golden files hold what each looks like. */
export const SAMPLES: Readonly<Record<string, Reply>> = {
  welcome: {
    kind: "choices",
    language: "tr",
    turn: 1,
    paragraphs: [{ key: "welcome.hello" }, { key: "welcome.ask" }, { key: "welcome.honest" }, { key: "welcome.privacy" }],
    options: [button({ key: "button.topics" }), button({ key: "button.events" }), button({ key: "button.english" })],
  },
  answer: {
    kind: "choices",
    language: "tr",
    turn: 12,
    paragraphs: [
      words("Genel kurulda vekâletle oy kullanılabilir mi?"),
      words("Evet. Bir ortak, başka bir ortağı yazıyla yetkilendirebilir.\n\nHer ortağın yalnız bir oyu vardır."),
      source,
      { key: "answer.asOf", values: { date: "2021" } },
      { key: "answer.basis", values: { basis: "1163 sayılı Kanun, m. 49" } },
    ],
    options: [
      button({ key: "button.helpful" }),
      button({ key: "button.notHelpful" }),
      button(words("Genel kurul toplantısına eşim ya da avukatım benim yerime katılabilir mi?")),
    ],
  },
  unsure: {
    kind: "choices",
    language: "tr",
    turn: 3,
    paragraphs: [{ key: "offer.question" }, { key: "offer.how" }],
    options: [
      listed("ESMED nedir?"),
      listed("Bir kuruluş ESMED'e nasıl üye olur?"),
      listed("ESMED'in kurucu üyeleri kimlerdir ve hangi ülkelerden gelmişlerdir?"),
      button({ key: "button.noneOfThese" }),
    ],
  },
  years: {
    kind: "choices",
    language: "tr",
    turn: 4,
    paragraphs: [{ key: "events.noneUpcoming" }, { key: "events.pastYears" }],
    options: [listed("2025"), listed("2024"), button({ key: "button.more" })],
  },
  markup: {
    kind: "say",
    language: "tr",
    paragraphs: [
      words('<b>3 < 5 && "7" > 6</b> &lt; &amp;amp; <a href="javascript:1">x</a>'),
      words("\u202Eters\u202C \u0000\u0007 \uD83D yarım", "javascript:alert(1)"),
      words("bağ", 'https://example.org/?a="><b>&b=1'),
    ],
  },
  long: {
    kind: "choices",
    language: "tr",
    turn: 5,
    paragraphs: [words("Uzun yanıt"), words(`${sentence.repeat(60).trim()}\n\n${sentence.repeat(40).trim()}`), source],
    options: [button({ key: "button.helpful" }), button({ key: "button.notHelpful" })],
  },
  "emoji at the cut": { kind: "say", language: "tr", paragraphs: [words(`${"a".repeat(4090)}👨‍👩‍👧‍👦👨‍👩‍👧‍👦 son`)] },
  "no space to cut at": { kind: "say", language: "en", paragraphs: [words("😀".repeat(2100), "https://example.org/")] },
  document: {
    kind: "document",
    language: "tr",
    caption: { key: "language.chosen" },
    name: "verilerim.json",
    content: '{ "a": "<&>" }',
  },
  announcement: {
    kind: "announcement",
    language: "tr",
    announcement: "k7m2p9qx",
    buttons: ["calendar", "remind", "leave"],
    paragraphs: [
      words("Kooperatif eğitimi: <b>ücretsiz</b> & herkese açık"),
      words("5 Aralık 2026 Cumartesi, 14.00\nÇankaya, Ankara\n\nKayıt için yanıt yazmanız yeter."),
      { key: "announcement.because", values: { topic: { key: "topic.events" }, city: "Ankara" } },
    ],
  },
  "an announcement in Turkish only": {
    kind: "announcement",
    language: "en",
    announcement: "k7m2p9qx",
    buttons: ["leave"],
    paragraphs: [
      { key: "announcement.onlyTurkish" },
      words("Toplantı iptal edildi"),
      words("Yeni tarihi ayrıca duyuracağız."),
      { key: "announcement.becauseTold" },
    ],
  },
  "a weekly message": {
    kind: "digest",
    language: "tr",
    announcements: [
      { id: "k7m2p9qx", title: "Ankara buluşmasına bekleriz" },
      { id: "aaaa1111", title: "Yeni *rehber* <yayında> & açık; uzun bir başlık olduğu için düğmesine sığmıyor" },
    ],
    paragraphs: [
      { key: "digest.title" },
      { key: "digest.open" },
      { key: "digest.more", values: { count: 3 } },
      { key: "events.upcoming" },
      words("Buluşma · 5 Aralık 2026, Ankara"),
      { key: "digest.leave" },
    ],
  },
  "an address to be copied": {
    kind: "choices",
    language: "tr",
    turn: 6,
    paragraphs: [
      { key: "calendarLink.yours" },
      { words: "https://imece.example.org/calendar/_a-_b*c~d&e<f>:smile:.ics", toCopy: true },
      { words: "` içinde", toCopy: true },
      { key: "calendarLink.how" },
    ],
    options: [button({ key: "button.newCalendarLink" })],
  },
  form: { kind: "form", language: "tr", question: { key: "feedback.missing" }, field: "missing" },
  "an edited menu": {
    kind: "edit",
    language: "tr",
    turn: 7,
    reply: {
      kind: "choices",
      language: "tr",
      turn: 8,
      paragraphs: [{ key: "topic.esmed" }, { key: "topics.page", values: { page: 2, pages: 3 } }],
      options: [
        listed("Akdeniz için Birlik nedir?"),
        button({ key: "button.back" }),
        button({ key: "button.more" }),
        button({ key: "button.topics" }),
      ],
    },
  },
};

import type { Entry } from "#core/entry.ts";

/** An entry that the project does not have, as staff may write one. */
export const ZEPPELIN: Entry = {
  id: "zeplin-turu-ne-zaman",
  topic: "union",
  title: { tr: "Zeplin turu ne zaman?", en: "When is the zeppelin tour?" },
  questions: {
    tr: ["zeplin turu", "zeplin ne zaman kalkıyor", "zeplinle gezi var mı", "zeplin gezisi saati", "zepline nasıl binilir"],
    en: ["zeppelin tour", "when does the zeppelin leave", "is there a zeppelin trip"],
  },
  answer: { tr: 'Zeplin her salı kalkar.\nYer ayırtılır: "çağrı" yeter.', en: "The zeppelin leaves every Tuesday." },
  sources: [{ title: "Birlik: duyurular", read: "2026-11-24" }],
  asOf: "2026",
  owner: "egitim",
  related: [],
  doesNotCover: { tr: ["zeplin bileti kaç lira"], en: [] },
  smallTalk: false,
};

import type { Incoming, Reply } from "#core/message.ts";
import { announcementFor } from "#core/announcement-reply.ts";
import type { Subscription } from "#core/subscription.ts";
import { ANNOUNCEMENT } from "./subscribers.ts";
import { lastOf, talk } from "./talk.ts";

/** One exchange: what a member wrote or pressed, and what came back. */
export interface Exchange {
  readonly said: string;
  readonly replies: readonly Reply[];
}

export interface Transcript {
  readonly title: string;
  readonly exchanges: readonly Exchange[];
}

/** The exchanges of one conversation; only the last ones where the beginning is shown elsewhere. */
function exchanges(said: readonly string[], last = said.length): Exchange[] {
  return talk(...said)
    .map((turn, at) => ({ said: said[at] ?? "", replies: turn.replies }))
    .slice(-last);
}

const subscription: Subscription = {
  topics: ["events"],
  city: "İzmir",
  language: "tr",
  reminders: true,
  weekly: false,
  chat: "c",
  changedAt: 0,
  consent: { textVersion: "", at: 0 },
};
const left: Incoming = { id: "left", kind: "announcement-press", announcement: ANNOUNCEMENT.id, button: "leave" };

const kept = { conversations: [{ conversation: { taken: ["a", "b", "c"] } }], records: [{ collection: "feedback" }] };
const myData: Incoming = { id: "notice", kind: "notice", notice: { about: "my-data", json: JSON.stringify(kept) } };
const deleted = (language: "tr" | "en"): Reply => ({ kind: "say", language, paragraphs: [{ key: "deletion.done" }] });

/** The messages that matter most, as the bot gives them. */
export const TRANSCRIPTS: readonly Transcript[] = [
  { title: "Welcome", exchanges: [...exchanges(["/start"]), ...exchanges(["English", "/start"], 1)] },
  { title: "A sure answer, asked without Turkish letters", exchanges: exchanges(["esmede nasil uye oluruz"]) },
  { title: "Unsure, and picked by its number", exchanges: exchanges(["üyelik", "2"]) },
  { title: "Not known", exchanges: [...exchanges(["zzzz"]), ...exchanges(["English", "zzzz"], 1)] },
  {
    title: "Handing a question to the union, with what is private hidden",
    exchanges: exchanges(
      ["zzzz", "Birliğe ilet", "/birlige_ilet Ortaklık payım 05321234567 numarama bildirilir mi?", "Gönder"],
      2,
    ),
  },
  {
    title: "Law: with its basis and what it is not",
    exchanges: exchanges(["how many people do we need to found a cooperative?"]),
  },
  { title: "Events, and one of them", exchanges: exchanges(["2022 izmir", "1"]) },
  { title: "Choosing announcements, and a province by typing it", exchanges: exchanges(["/duyurular", "1", "7", "antep"]) },
  {
    title: "An announcement, and leaving it",
    exchanges: [
      { said: "(an announcement comes)", replies: [announcementFor(ANNOUNCEMENT, subscription)] },
      { said: "Duyurulardan çık", replies: talk("/duyurular etkinlik izmir", left).at(-1)?.replies ?? [] },
    ],
  },
  {
    title: "A voice message or a photo",
    exchanges: [{ said: "(a voice message)", replies: lastOf({ id: "v", kind: "attachment", what: "voice" }).replies }],
  },
  {
    title: "Privacy, and all that is kept",
    exchanges: [...exchanges(["/gizlilik"]), { said: "/verilerim", replies: lastOf(myData).replies }],
  },
  {
    title: "Deletion",
    exchanges: [
      ...exchanges(["/verilerimi_sil"]),
      { said: "Evet, sil", replies: [deleted("tr")] },
      ...exchanges(["English", "/delete_my_data"], 1),
      { said: "Yes, delete", replies: [deleted("en")] },
    ],
  },
];

/** For a picture: an answer with its source, and an honest no. */
export const PICTURED: readonly Exchange[] = exchanges(["esmed ne zaman kuruldu", "en iyi cep telefonu hangisi"]);

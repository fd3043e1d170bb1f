import { expect, test } from "vitest";
import type { Event } from "#core/event.ts";
import { eventValues } from "#staff/event-form.ts";
import { eventFrom, toldFrom } from "#staff/event-values.ts";
import { words } from "../support/words.ts";

const NOW = Date.parse("2026-11-24T11:00:00Z");
const PARTS = {
  cities: ["Ankara", "İzmir"],
  timeZone: "Europe/Istanbul",
  now: () => NOW,
  say: words,
  views: { eventLines: () => "" },
};
const EVENT: Event = {
  key: "bulusma-2026",
  kind: "gathering",
  topics: ["events"],
  title: { tr: "Buluşma", en: "Gathering" },
  timeZone: "Europe/Istanbul",
  start: "2026-12-05T14:00",
  city: "Ankara",
  venue: "Birlik salonu",
  organisers: [],
  participants: [],
  entries: [],
  status: "announced",
  sequence: 0,
};

/** What is wrong with a form that was filled in so, by field. */
function wrongIn(change: "new" | "edit" | "move", values: Readonly<Record<string, string>>, before: Event = EVENT) {
  const typed = Object.fromEntries(Object.entries(values).map(([id, value]) => [id, [value]]));
  const read = eventFrom(PARTS, change, change === "new" ? undefined : before, { ...eventValues(before), ...typed });
  return "errors" in read ? Object.fromEntries(Object.entries(read.errors).map(([id, text]) => [id, words(text, "tr")])) : {};
}

test("the news of a move says what holds now, and of what changed, and of nothing else, what held before", () => {
  const parts = {
    ...PARTS,
    views: { eventLines: ({ start, venue, city, fee }: Event) => JSON.stringify([start, venue, city, fee]) },
  };
  const before: Event = { ...EVENT, fee: "Ücretsiz" };
  const said = (moved: Partial<Event>) => toldFrom(parts, "move", { ...before, ...moved }, {}, before).tr.body.split("\n");
  const head = "Etkinliğin tarihi ya da yeri değişti. Yeni bilgiler:";
  const over = "Artık geçerli olmayan:";
  expect(said({ start: "2026-12-06T14:00" })).toEqual([
    head,
    '["2026-12-06T14:00","Birlik salonu","Ankara","Ücretsiz"]',
    over,
    '["2026-12-05T14:00",null,null,null]',
  ]);
  expect(said({ venue: "Liman", city: "İzmir" })).toEqual([
    head,
    '["2026-12-05T14:00","Liman","İzmir","Ücretsiz"]',
    over,
    '[null,"Birlik salonu","Ankara",null]',
  ]);
});

test("a time that is over, and a registration that outlasts its event, are told at their fields", () => {
  const past = "Bu zaman geçmiş. Gelecek bir gün ya da saat yazın.";
  const late = "Son kayıt günü, etkinlikten sonra olamaz.";
  // It is 14.00 in Türkiye.
  expect(wrongIn("new", { start: "24.11.2026 13.30" })).toEqual({ start: past });
  expect(wrongIn("new", { start: "24.11.2026 14.30" })).toEqual({});
  expect(wrongIn("new", { start: "24.11.2026" })).toEqual({});
  expect(wrongIn("move", { start: "24.11.2026 13.30" })).toEqual({ start: past });
  expect(wrongIn("new", { deadline: "6.12.2026" })).toEqual({ deadline: late });
  expect(wrongIn("new", { deadline: "5.12.2026" })).toEqual({});
  expect(wrongIn("new", { deadline: "6.12.2026", end: "7.12.2026" })).toEqual({});
});

test("what readers were told of time and place is changed by a move, which tells them, and by nothing else", () => {
  const asMove = "Tarih ya da yer değişiyorsa “Tarihini ya da yerini değiştir”i seçin; duyuruyu alanlara haber gider.";
  expect(wrongIn("edit", { fee: "Ücretsiz" })).toEqual({});
  expect(wrongIn("edit", { start: "6.12.2026 14.00" })).toEqual({ start: asMove });
  expect(wrongIn("edit", { end: "5.12.2026 17.00", city: "İzmir", venue: "Liman" })).toEqual({
    end: asMove,
    city: asMove,
    venue: asMove,
  });
  expect(wrongIn("edit", { venue: "" })).toEqual({ venue: asMove });
  expect(wrongIn("move", { start: "6.12.2026 14.00", venue: "Liman" })).toEqual({});
  // A place that the form does not offer is none that was changed in it.
  expect(wrongIn("edit", { fee: "Ücretsiz" }, { ...EVENT, city: "Brüksel" })).toEqual({});
  // What has begun can still be put right.
  expect(wrongIn("edit", { fee: "Ücretsiz" }, { ...EVENT, start: "2026-11-23", end: "2026-11-25" })).toEqual({});
});

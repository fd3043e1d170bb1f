import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import type { Action } from "#core/action.ts";
import { labelTyped } from "#core/said.ts";
import { createWords } from "#i18n/words.ts";
import { lastOf } from "../support/talk.ts";
import { knowledge } from "../support/knowledge.ts";

const base = await knowledge();
const locales = new URL("../../locales/", import.meta.url);
const words = await createWords(locales, { service: "İmece" });
/** It stands under announcements only, which no typed word belongs to. */
const UNDER_ANNOUNCEMENTS = "button.leave";

describe.each(["tr", "en"] as const)("in %s the label of a button, typed, presses it", (language) => {
  test("whichever button a conversation shows", async () => {
    const files = await Promise.all(
      ["bot", "desk"].map((name) => readFile(new URL(`${language}/${name}.json`, locales), "utf8")),
    );
    const texts = files.flatMap((file) => Object.entries(JSON.parse(file) as Record<string, string>));
    const buttons = texts.filter(([key]) => key.startsWith("button.") && key !== UNDER_ANNOUNCEMENTS);
    const pressed: Action = { act: "end-talk" };
    const unheard = buttons.filter(([key, label]) => {
      const offer = { turn: 1, actions: [pressed], labels: [key] };
      return labelTyped(label, offer, true, base) !== pressed || labelTyped(label, offer, false, base) !== pressed;
    });
    expect(buttons.length).toBeGreaterThan(35);
    expect(unheard).toEqual([]);
  });

  const start = language === "tr" ? "türkçe" : "english";
  test.each([
    [["/duyurular"]],
    [["/duyurular esmed"]],
    [["/duyurular esmed", "haftada bir"]],
    [["/duyurular esmed", "hatırlatmaları kapat"]],
    [["/duyurular esmed", "ingilizce gönderin"]],
    [["/duyurular ankara", "etkinlikler"]],
    [["/duyurular esmed", "hepsinden çık"]],
  ])("every one under %j", (said) => {
    const state = language === "tr" ? [start, ...said] : [start, ...said.map((each) => IN_ENGLISH[each] ?? each)];
    const [reply] = lastOf(...state).replies;
    const options = reply?.kind === "choices" ? reply.options : [];
    expect(options.length).toBeGreaterThan(0);
    for (const [at, { label }] of options.entries()) {
      const typed = words(label, language);
      expect(lastOf(...state, typed).replies, typed).toEqual(lastOf(...state, String(at + 1)).replies);
    }
  });
});

const IN_ENGLISH: Readonly<Record<string, string>> = {
  "/duyurular": "/news",
  "haftada bir": "once a week",
  "hatırlatmaları kapat": "reminders off",
  "ingilizce gönderin": "send them in Turkish",
  etkinlikler: "events",
  "hepsinden çık": "stop all",
};

test.each([
  ["haftalık", { weekly: true }],
  ["haftada bir gönderin", { weekly: true }],
  ["once a week", { weekly: true }],
  ["hatırlatma", { reminders: false }],
  ["reminders off", { reminders: false }],
  ["ingilizce gelsin", { language: "en" }],
  ["dur", { topics: [] }],
])("%s is no question under the menu of announcements", (typed, chosen) => {
  expect(lastOf("/duyurular esmed", typed).person.subscription).toMatchObject(chosen);
});

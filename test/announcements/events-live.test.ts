import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { createAnnouncing, publishedWith, type Announcing } from "#commands/open-announcements.ts";
import type { Event } from "#core/event.ts";
import type { Store } from "#core/ports.ts";
import { createEntries } from "#desk/entries.ts";
import { openLiveKnowledge, type LiveKnowledge } from "#knowledge/live.ts";
import { loadKnowledge, readKnowledge } from "#knowledge/load.ts";
import { problemsOfEntry, readEntry } from "#knowledge/schema.ts";
import { openEmbeddedStore } from "#store/embedded/open.ts";
import { GATHERING } from "../support/gathering.ts";
import { TODAY } from "../support/knowledge.ts";
import { runProgram } from "../support/program.ts";
import { describeStores, SECRET_KEY } from "../support/store.ts";
import { read, talkOver } from "../support/talk.ts";
import { words } from "../support/words.ts";

const files = await loadKnowledge("knowledge");
const EVENT: Event = {
  ...GATHERING,
  registration: { url: "https://example.org/kayit", deadline: "2026-12-01" },
  fee: "Ücretsiz",
};

function openOver(store: Store) {
  const now = () => TODAY;
  const rules = () => ({ approvers: ["ali"], problemsOf: problemsOfEntry });
  const entries = createEntries({ records: store.records, rules, readEntry, now });
  const announcing = createAnnouncing({
    store,
    approvers: () => ["ali"],
    inFiles: () => undefined,
    retentionMs: 86_400_000,
    failed: () => {},
    now,
    timeZone: "Europe/Istanbul",
  });
  return { announcing, published: publishedWith(entries, announcing.events, words) };
}

async function publish({ events }: Announcing, change: "new" | "move" | "cancel", event: Event): Promise<void> {
  const number = ((await events.record(event.key))?.versions.length ?? 0) + 1;
  await events.act(event.key, { id: `propose-${number}`, by: "veli", do: "propose", change, event });
  await events.act(event.key, { id: `approve-${number}`, by: "ali", do: "approve", version: number, urgent: false });
}

const ask = (live: LiveKnowledge, ...said: readonly string[]) => {
  const turn = talkOver(live.current(), TODAY, said).at(-1);
  if (turn === undefined) throw new Error("nothing was said");
  return { said: read(turn), outcome: turn.outcome };
};

describeStores("an event that staff published", (place) => {
  test("answers in every process at its next look, from the record as it is then", { timeout: 60_000 }, async () => {
    const store = await place().open();
    const { announcing } = openOver(store);
    const live = await openLiveKnowledge(files, openOver(store).published, () => nextTurn());
    const answer = { is: "answer", entry: `etkinlik-${EVENT.key}` };
    expect(ask(live, "Ankara toplantısı ne zaman?").outcome).not.toMatchObject(answer);

    await publish(announcing, "new", EVENT);
    expect(await live.refresh()).toBe(true);
    for (const question of [
      "Ankara toplantısı ne zaman?",
      "ankara kooperatif bulusmasi nerede",
      "ankara etkinliği",
      "yaklaşan etkinlikler 2026 aralık",
    ])
      expect([question, ask(live, question).outcome]).toEqual([question, expect.objectContaining(answer)]);
    const { said } = ask(live, "Ankara toplantısı ne zaman?");
    expect(said).toMatch(
      /Tarih: 5 Aralık 2026 Cumartesi, 14\.00-16\.30\nYer: Birlik salonu, Ankara\nKayıt: https:\/\/example\.org\/kayit/,
    );
    expect(said).toMatch(/Kaynak: Birlik: etkinlik duyurusu, 24 Kasım 2026/);
    expect(ask(live, "Ankara toplantısı ne zaman?", "peki nerede?").said).toContain("Birlik salonu");
    expect(ask(live, "when is the ankara cooperative gathering").said).toContain("Date: Saturday 5 December 2026, 14:00-16:30");
    // What was is still told of what was.
    expect(ask(live, "2019 ankara").outcome).toMatchObject({ is: "answer", entry: "turkiye-kooperatifler-fuari-2019" });

    await publish(announcing, "move", { ...EVENT, start: "2026-12-06T14:00", end: "2026-12-06T16:30" });
    await live.refresh();
    expect(ask(live, "Ankara toplantısı ne zaman?").said).toContain("6 Aralık 2026");
    const ics = () =>
      live.current().calendarFile(
        live.current().events.filter(({ key }) => key === EVENT.key),
        "tr",
        TODAY,
      );
    expect(ics()).toMatch(/SEQUENCE:1/);

    await publish(announcing, "cancel", EVENT);
    await live.refresh();
    expect(ask(live, "ankara kooperatif buluşması ne zaman").said).toMatch(
      /Bu etkinlik iptal edildi\.\nDuyurulan tarih: 6 Aralık 2026/,
    );
    expect(live.current().event(EVENT.key)).toMatchObject({ status: "cancelled", sequence: 2 });
  });
});

const folder = mkdtempSync(path.join(tmpdir(), "imece-events-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("is exported as a record and an entry that the knowledge check takes", { timeout: 60_000 }, async () => {
  const data = path.join(folder, "data");
  {
    await using store = await openEmbeddedStore({ folder: data, secretKey: SECRET_KEY, retentionMs: 86_400_000 });
    await publish(openOver(store).announcing, "new", EVENT);
  }
  const exported = path.join(folder, "exported");
  cpSync("knowledge", exported, { recursive: true });
  const given = { folder, variables: { DATA_DIR: data, SECRET_KEY } };
  const { out, code } = await runProgram("commands/knowledge.ts", { ...given, args: ["export", exported] });
  expect([code, out]).toEqual([0, expect.stringMatching(/event-records.ankara-bulusmasi-2026\.yaml\n$/)]);
  const { problems, events } = await readKnowledge(exported);
  expect(problems).toEqual([]);
  expect(events.find(({ key }) => key === EVENT.key)).toEqual({ ...EVENT, entries: [`etkinlik-${EVENT.key}`] });
  const checked = await runProgram("commands/knowledge.ts", { folder, variables: { KNOWLEDGE_DIR: exported } });
  expect([checked.code, checked.out]).toEqual([0, expect.stringContaining(" 0 errors")]);
});

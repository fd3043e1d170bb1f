import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { Store } from "#core/ports.ts";
import { createAudit } from "#desk/audit.ts";
import { createEntries } from "#desk/entries.ts";
import type { EntryAction, EntryRecord } from "#core/staff-entry.ts";
import { draftOf, liveOf } from "#core/staff-entry.ts";
import type { PublishingRules } from "#desk/entry-change.ts";
import { changeEntry } from "#desk/entry-change.ts";
import { changedAnswers, nearDuplicates } from "#desk/entry-preview.ts";
import { createKnowledgeBase } from "#knowledge/base.ts";
import { openLiveKnowledge, withPublished } from "#knowledge/live.ts";
import { loadKnowledge, readKnowledge } from "#knowledge/load.ts";
import { problemsOfEntry, readEntry } from "#knowledge/schema.ts";
import { entryToYaml } from "#knowledge/write.ts";
import { failingOnce } from "../support/failing.ts";
import { TODAY } from "../support/knowledge.ts";
import { runProgram } from "../support/program.ts";
import { describeStores } from "../support/store.ts";
import { ZEPPELIN as ENTRY } from "../support/zeppelin.ts";
import { openEmbeddedStore } from "#store/embedded/open.ts";

const files = await loadKnowledge("knowledge");
const base = createKnowledgeBase(files);
const RULES: PublishingRules = { approvers: ["ayse", "ali"], problemsOf: problemsOfEntry };

describe("a draft", () => {
  const now = TODAY;
  const after = (...actions: readonly EntryAction[]): EntryRecord | undefined =>
    actions.reduce<EntryRecord | undefined>((record, action) => {
      const outcome = changeEntry(ENTRY.id, record, action, now, RULES);
      if (outcome.kind === "refused") throw new Error(outcome.refusal.why);
      return outcome.record;
    }, undefined);
  const refusalOf = (record: EntryRecord | undefined, action: EntryAction, rules = RULES) => {
    const outcome = changeEntry(ENTRY.id, record, action, now, rules);
    return outcome.kind === "refused" ? outcome.refusal : undefined;
  };
  const propose = (by: string, id = "p1"): EntryAction => ({ id, by, do: "propose", entry: ENTRY });
  const approve = (by: string, version = 1): EntryAction => ({ id: "a", by, do: "approve", version });

  test("is published by another person only, never by one who wrote on it", () => {
    expect(refusalOf(after(propose("ayse")), approve("ayse"))).toEqual({ why: "own-draft" });
    expect(refusalOf(after(propose("ayse"), propose("ali", "p2")), approve("ayse", 2))).toEqual({ why: "own-draft" });
    expect(refusalOf(after(propose("ayse")), approve("veli"))).toEqual({ why: "not-approver" });
    expect(refusalOf(after(propose("ayse")), approve("ali"), { ...RULES, approvers: [] })).toEqual({ why: "publishing-off" });
    expect(refusalOf(after(propose("veli"), propose("veli", "p2")), approve("ali", 1))).toEqual({ why: "changed", by: "veli" });
    const published = after(propose("ayse"), approve("ali"));
    expect(published && liveOf(published)?.entry).toEqual(ENTRY);
    expect(refusalOf(published, approve("ali"))).toBeUndefined();
    expect(refusalOf(published, { ...approve("ali"), id: "again" })).toEqual({ why: "no-draft" });
  });

  test("is refused with what is missing in it", () => {
    const half = { ...ENTRY, questions: { tr: [], en: [] }, sources: [] };
    const refusal = refusalOf(undefined, { id: "p", by: "ayse", do: "propose", entry: half });
    expect(refusal).toMatchObject({ why: "incomplete" });
    expect(JSON.stringify(refusal)).toMatch(/at least five wordings[\s\S]*|at least one source/);
  });

  const by = fc.constantFrom("ayse", "ali", "veli");
  const anyAction: fc.Arbitrary<EntryAction> = fc.oneof(
    fc.record({ id: fc.uuid(), by, do: fc.constant("propose" as const), entry: fc.constant(ENTRY) }),
    fc.record({ id: fc.uuid(), by, do: fc.constant("propose-retiring" as const) }),
    fc.record({
      id: fc.uuid(),
      by,
      do: fc.constantFrom("approve" as const, "reject" as const),
      version: fc.integer({ min: 1, max: 3 }),
    }),
  );

  test("whatever is done, no version is lost or changed, and what answers was approved by someone who did not write it", () => {
    let published = 0;
    fc.assert(
      fc.property(fc.array(anyAction, { maxLength: 15 }), (actions) => {
        let record: EntryRecord | undefined;
        for (const action of actions) {
          const outcome = changeEntry(ENTRY.id, record, action, now, RULES);
          if (outcome.kind === "refused") continue;
          const before = record?.versions ?? [];
          expect(outcome.record.versions.length).toBeGreaterThanOrEqual(before.length);
          for (const [at, version] of before.entries()) {
            expect(outcome.record.versions[at]).toMatchObject({ by: version.by, number: version.number });
            if (version.decided !== undefined) expect(outcome.record.versions[at]).toEqual(version);
          }
          record = outcome.record;
          const live = record.versions.find(({ number }) => number === record?.live);
          if (live === undefined) continue;
          published += 1;
          expect(live.decided?.is).toBe("approved");
          expect(RULES.approvers).toContain(live.decided?.by);
          expect(live.decided?.by).not.toBe(live.by);
          expect(draftOf(record)?.number).not.toBe(live.number);
        }
      }),
      { numRuns: 1000 },
    );
    expect(published).toBeGreaterThan(20);
  });
});

test("a draft is shown what answers the same already, and which recorded questions it would change", () => {
  const copy = base.entry("esmed-nedir");
  if (copy === undefined) throw new Error("the knowledge base has changed");
  const near = nearDuplicates({ ...ENTRY, title: copy.title, questions: copy.questions }, base.search);
  expect(near[0]).toMatchObject({ id: "esmed-nedir" });
  expect(near[0]?.score).toBeGreaterThan(0.8);
  expect(nearDuplicates(copy, base.search).map(({ id }) => id)).not.toContain("esmed-nedir");

  const edited = createKnowledgeBase(withPublished(files, { entries: [ENTRY], retired: ["esmed-nedir"] }));
  const recorded = ["zeplin ne zaman kalkıyor", "esmed nedir", "genel kurul ne zaman toplanır"].map((question) => ({
    question,
    language: "tr" as const,
  }));
  const changed = changedAnswers(recorded, base.search, edited.search);
  expect(changed.map(({ question }) => question)).toEqual(["zeplin ne zaman kalkıyor", "esmed nedir"]);
  expect(changed[0]).toMatchObject({ before: undefined, after: ENTRY.id });
  expect(changed[1]).toMatchObject({ before: "esmed-nedir" });
});

const entriesOver = (store: Store) => createEntries({ records: store.records, rules: () => RULES, readEntry, now: () => TODAY });
const asked = { question: "zeplin ne zaman kalkıyor", language: "tr" } as const;

describeStores("published entries", (place) => {
  test("join the search of every process at its next look, and leave it when they are retired", async () => {
    const store = await place().open();
    const here = entriesOver(store);
    const there = entriesOver(store);
    const live = await openLiveKnowledge(files, there, () => nextTurn());
    expect(await live.refresh()).toBe(false);
    expect(await here.act(ENTRY.id, { id: "1", by: "ayse", do: "propose", entry: ENTRY })).toMatchObject({ kind: "done" });
    expect(await here.drafts(9)).toMatchObject([{ id: ENTRY.id }]);
    expect(await live.refresh()).toBe(false);
    const before = live.current();

    await here.act(ENTRY.id, { id: "2", by: "ali", do: "approve", version: 1 });
    expect(await live.refresh()).toBe(true);
    const found = live.current().search(asked);
    expect([found.verdict, found.candidates[0]?.id]).toEqual(["sure", ENTRY.id]);
    expect(before.entry(ENTRY.id)).toBeUndefined();
    expect(live.current().entry("esmed-nedir")).toEqual(base.entry("esmed-nedir"));
    expect(await here.drafts(9)).toEqual([]);

    await here.act(ENTRY.id, { id: "3", by: "ayse", do: "propose-retiring" });
    await here.act(ENTRY.id, { id: "4", by: "ali", do: "approve", version: 2 });
    expect(await live.refresh()).toBe(true);
    expect(live.current().entry(ENTRY.id)).toBeUndefined();
    expect((await here.record(ENTRY.id))?.versions).toHaveLength(2);
  });

  test("one of two who approve at once does it, and what an interrupted one left unsaid is told later", async () => {
    const store = await place().open();
    const entries = entriesOver(store);
    await entries.act(ENTRY.id, { id: "1", by: "veli", do: "propose", entry: ENTRY });
    const both = await Promise.all(["ayse", "ali"].map((by) => entries.act(ENTRY.id, { id: by, by, do: "approve", version: 1 })));
    expect(both.filter(({ kind }) => kind === "done")).toHaveLength(1);
    const version = await entries.version();
    const lines = async () => (await createAudit(store.records).list({ on: ENTRY.id }, 9)).map(({ by, did }) => `${by} ${did}`);
    const before = await lines();
    expect(before).toHaveLength(3);
    // A process that dies once it has approved, and before it can tell; then somebody writes on.
    await entries.act(ENTRY.id, { id: "2", by: "veli", do: "propose", entry: ENTRY });
    const dying = entriesOver(failingOnce(store, "publication"));
    await dying.act(ENTRY.id, { id: "3", by: "ali", do: "approve", version: 2 }).catch(() => {});
    expect(await entries.version()).toBe(version);
    await entriesOver(failingOnce(store, "publication"))
      .act(ENTRY.id, { id: "4", by: "veli", do: "propose", entry: ENTRY })
      .catch(() => {});
    expect(await entries.settleOwed()).toBe(1);
    expect(await entries.version()).toBe(version + 1);
    const added = ["veli entry.propose", "ali entry.approve", "veli entry.propose"];
    expect((await lines()).toSorted()).toEqual([...before, ...added].toSorted());
    expect(await entries.settleOwed()).toBe(0);
  });
});

const folder = mkdtempSync(path.join(tmpdir(), "imece-export-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("what was published is exported as files that the knowledge check takes", async () => {
  const data = path.join(folder, "data");
  const secret = "a secret key for tests, and long enough";
  {
    await using store = await openEmbeddedStore({ folder: data, secretKey: secret, retentionMs: 86_400_000 });
    const entries = entriesOver(store);
    await entries.act(ENTRY.id, { id: "1", by: "ayse", do: "propose", entry: ENTRY });
    await entries.act(ENTRY.id, { id: "2", by: "ali", do: "approve", version: 1 });
  }
  const given = { folder, variables: { DATA_DIR: data, SECRET_KEY: secret } };
  const exported = path.join(folder, "exported");
  mkdirSync(exported);
  cpSync("knowledge/glossary.tsv", path.join(exported, "glossary.tsv"));
  const { out, code } = await runProgram("commands/knowledge.ts", { ...given, args: ["export", exported] });
  expect([code, out]).toEqual([0, expect.stringMatching(/^written .*union.zeplin-turu-ne-zaman\.yaml\n$/)]);
  const read = await readKnowledge(exported);
  expect(read.problems).toEqual([]);
  expect(read.entries.find(({ id }) => id === ENTRY.id)).toEqual(ENTRY);
  mkdirSync(path.join(exported, "law"));
  writeFileSync(path.join(exported, "law", `${ENTRY.id}.yaml`), "id: old");
  const again = await runProgram("commands/knowledge.ts", { ...given, args: ["export", exported] });
  expect(again.out).toMatch(/^moved .*law.zeplin-turu-ne-zaman\.yaml: remove it/m);
  rmSync(path.join(exported, "law"), { recursive: true });
  const checked = await runProgram("commands/knowledge.ts", { folder, variables: { KNOWLEDGE_DIR: exported } });
  expect([checked.code, checked.out]).toEqual([0, expect.stringContaining(" 0 errors")]);
}, 60_000);

test("every entry of the project is read from what is written of it as it was", async () => {
  const written = path.join(folder, "written");
  cpSync("knowledge", written, { recursive: true });
  for (const entry of files.entries) writeFileSync(path.join(written, entry.topic, `${entry.id}.yaml`), entryToYaml(entry));
  expect(await loadKnowledge(written)).toEqual(files);
});

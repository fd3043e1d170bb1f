import { setImmediate as nextTurn } from "node:timers/promises";
import type { House } from "#commands/open-channels.ts";
import { openStaffNews, type NewsNeeds } from "#commands/open-staff-news.ts";
import type { Entry } from "#core/entry.ts";
import type { KnowledgeBase } from "#core/knowledge-base.ts";
import type { Handle, Records } from "#core/ports.ts";
import type { StaffEntries } from "#core/staff.ts";
import type { Workspace } from "#core/workspace.ts";
import { draftOf } from "#core/staff-entry.ts";
import { createAnswerCounts } from "#desk/answer-counts.ts";
import { createConsequences, wordedConsequences } from "#desk/consequences.ts";
import { createDesk, type Desk } from "#desk/desk.ts";
import { createDraftCards } from "#desk/draft-cards.ts";
import { nearDuplicates } from "#desk/entry-preview.ts";
import { nextWeekMorning } from "#desk/office-hours.ts";
import { NOT_CLOSED, TICKETS } from "#desk/record.ts";
import { createScheduled } from "#desk/scheduled.ts";
import { createTelling } from "#desk/telling.ts";
import { unansweredGroups } from "#desk/unanswered.ts";
import { lastWeek } from "#desk/week.ts";
import { weeklyNote } from "#desk/weekly.ts";
import type { LiveKnowledge } from "#knowledge/live.ts";
import { problemsOfEntry } from "#knowledge/schema.ts";
import type { Log } from "#ops/log.ts";
import { createApprovers } from "#staff/approvers.ts";
import { createChannelWatch } from "#staff/channel-watch.ts";
import { createMembers } from "#staff/members.ts";
import { createPages } from "#desk/pages.ts";
import { createRoom } from "#staff/room.ts";
import { createStaff } from "#staff/staff.ts";

const LOOK_EVERY_MS = 20_000;

export interface DeskNeeds extends Pick<NewsNeeds, "ledger" | "announcing"> {
  readonly records: Records;
  readonly holder: string;
  readonly entries: StaffEntries;
  readonly knowledge: () => KnowledgeBase;
  /** How that would be with an entry in the place of its id, or without that id. */
  readonly preview: LiveKnowledge["preview"];
  /** Takes news to a member's conversation. */
  readonly handle: Handle;
  /** How often the desk's channel is looked at while it cannot be worked in, milliseconds (20 s). */
  readonly lookEveryMs?: number | undefined;
}

export interface OpenDesk extends AsyncDisposable {
  readonly desk: Desk;
  /** Who may approve now. */
  approvers(): readonly string[];
  /** Counts an answer for the weekly note. */
  answered(entry: string): void;
  /** Does what is due of the desk, and shows drafts that are not shown yet. */
  settleOwed(): Promise<number>;
}

/** The danışma masası over a channel of the workspace, attended from now on; `undefined` where the settings name no channel for it. */
export function openDesk(house: House, workspace: Workspace | undefined, needs: DeskNeeds): OpenDesk | undefined {
  const { config, words, now, retentionMs, metrics } = house;
  const { records, entries, knowledge, holder } = needs;
  const channel = config.slack?.desk;
  if (workspace === undefined || channel === undefined) return undefined;
  const { defaultLanguage: language, timeZone } = config.settings;
  const log: Log = {
    ...house.log,
    cardNotPosted(why) {
      house.log.cardNotPosted(why);
      metrics?.cardNotPosted(why);
    },
  };
  const watch = createChannelWatch({ workspace, channel, log, now, everyMs: needs.lookEveryMs ?? LOOK_EVERY_MS });
  const pages = createPages(records, workspace, now);
  const room = createRoom(workspace, channel, language, watch, pages);
  const titleOf = (id: string) => knowledge().entry(id)?.title[language];
  const desk = createDesk({
    ...needs,
    room,
    office: config.office,
    card: { language, timeZone, titleOf },
    now,
    retentionMs,
    log,
  });

  const alike = (entry: Entry) =>
    nearDuplicates(entry, knowledge().search).map(({ id, score }) => ({ title: titleOf(id) ?? id, score }));
  const shown = (id: string) => knowledge().entry(id);
  const consequences = createConsequences({ records, knowledge, preview: needs.preview, pause: () => nextTurn() });
  const drafts = createDraftCards({ records, room, entries, language, alike, shown, consequences, now, holder, log });
  const telling = createTelling({
    records,
    knowledge,
    async publishedAt(id) {
      const record = await entries.record(id);
      return record?.versions.find(({ number }) => number === record.live)?.decided?.at;
    },
    handle: needs.handle,
    pause: () => nextTurn(),
    now,
    log,
  });
  const counts = createAnswerCounts(records, timeZone, now);
  const weekly = createScheduled(
    { records, room, office: config.office, now },
    {
      name: "weekly",
      next: nextWeekMorning,
      make: async () => {
        const week = await lastWeek({ records, knowledge, counts, timeZone, language, pause: () => nextTurn() }, now());
        const note = weeklyNote(week, language);
        return note.paragraphs.length === 1 ? undefined : note;
      },
    },
  );
  const approvers = createApprovers(workspace, config.slack?.approvers ?? [], now);
  const underWay = new Set<Promise<unknown>>();
  const showDrafts = () => {
    const showing = drafts
      .settleOwed()
      .catch((error: unknown) => log.deskFailed("drafts", error))
      .finally(() => underWay.delete(showing));
    underWay.add(showing);
    return showing;
  };
  const news = openStaffNews({ ...needs, house, log, workspace, channel, approvers });
  workspace.attend(
    createStaff({
      workspace,
      announcing: news.parts,
      desk,
      entries,
      knowledge,
      members: createMembers(workspace, channel, now),
      pages,
      refreshApprovers: (person) => approvers.refresh(person),
      problemsOf: problemsOfEntry,
      alike,
      async changes(id) {
        const changes = await drafts.changesOf(id);
        if (changes === undefined) return undefined;
        const record = await entries.record(id);
        const draft = record && draftOf(record)?.entry;
        const named = (entry: string | undefined) =>
          entry === undefined
            ? undefined
            : entry === id && draft !== undefined
              ? draft.title[language]
              : (titleOf(entry) ?? entry);
        const first = await wordedConsequences(records, changes);
        return {
          count: changes.count,
          first: first.map(({ question, before, after }) => ({ question, before: named(before), after: named(after) })),
        };
      },
      unanswered: () => unansweredGroups(records, () => nextTurn()),
      showDrafts: () => void showDrafts(),
      trouble: () => watch.trouble(),
      now,
      timeZone,
      channel,
      language,
      say: words,
    }),
  );
  metrics?.watch({
    tickets: Object.fromEntries(NOT_CLOSED.map((state) => [state, () => records.count(TICKETS, "state", state)])),
    oldestWaitSeconds: async () => {
      const [oldest] = await desk.waiting(1);
      return oldest === undefined ? 0 : Math.round((now() - oldest.waitsSince) / 1000);
    },
    draftsWaiting: async () => (await entries.drafts(1000)).length,
    deskReachable: () => (watch.trouble() === undefined ? 1 : 0),
  });
  return {
    desk,
    approvers: () => approvers.current(),
    answered: (entry) => counts.count(entry),
    async settleOwed() {
      await watch.look().catch((error: unknown) => log.deskFailed("look", error));
      const aside = async (what: string, work: () => Promise<unknown>) => {
        await work().catch((error: unknown) => log.deskFailed(what, error));
      };
      const [settled] = await Promise.all([
        desk.settleOwed(),
        showDrafts(),
        news.show(),
        aside("telling", () => telling.settleOwed()),
        aside("counts", () => counts.writeDown()),
        aside("weekly", weekly),
      ]);
      return settled;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...underWay, news[Symbol.asyncDispose]()]);
      await counts.writeDown().catch((error: unknown) => log.deskFailed("counts", error));
      await desk[Symbol.asyncDispose]();
    },
  };
}

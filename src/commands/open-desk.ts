import { setImmediate as nextTurn } from "node:timers/promises";
import type { House } from "#commands/open-channels.ts";
import type { Entry } from "#core/entry.ts";
import type { KnowledgeBase } from "#core/knowledge-base.ts";
import type { Handle, Records } from "#core/ports.ts";
import type { StaffEntries } from "#core/staff.ts";
import type { Workspace } from "#core/workspace.ts";
import { createDesk, type Desk } from "#desk/desk.ts";
import { createDraftCards } from "#desk/draft-cards.ts";
import { nearDuplicates } from "#desk/entry-preview.ts";
import { NOT_CLOSED, TICKETS } from "#desk/record.ts";
import { unansweredGroups } from "#desk/unanswered.ts";
import { problemsOfEntry } from "#knowledge/schema.ts";
import type { Log } from "#ops/log.ts";
import { createApprovers } from "#staff/approvers.ts";
import { createChannelWatch } from "#staff/channel-watch.ts";
import { createMembers } from "#staff/members.ts";
import { createRoom } from "#staff/room.ts";
import { createStaff } from "#staff/staff.ts";

const LOOK_EVERY_MS = 20_000;
const MOST_DRAFTS = 1000;

export interface DeskNeeds {
  readonly records: Records;
  readonly holder: string;
  readonly entries: StaffEntries;
  readonly knowledge: () => KnowledgeBase;
  /** Takes news to a member's conversation. */
  readonly handle: Handle;
  /** How often the desk's channel is looked at while it cannot be worked in, milliseconds (20 s). */
  readonly lookEveryMs?: number | undefined;
}

export interface OpenDesk extends AsyncDisposable {
  readonly desk: Desk;
  /** Who may approve now. */
  approvers(): readonly string[];
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
  const room = createRoom(workspace, channel, language, watch);
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

  const alike = (entry: Entry) => nearDuplicates(entry, knowledge().search).flatMap(({ id }) => titleOf(id) ?? []);
  const drafts = createDraftCards({ records, room, entries, language, alike, now, holder, log });
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
  workspace.attend(
    createStaff({
      workspace,
      desk,
      entries,
      knowledge,
      members: createMembers(workspace, channel, now),
      refreshApprovers: () => approvers.refresh(),
      problemsOf: problemsOfEntry,
      alike,
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
    draftsWaiting: async () => (await entries.drafts(MOST_DRAFTS)).length,
    deskReachable: () => (watch.trouble() === undefined ? 1 : 0),
  });
  return {
    desk,
    approvers: () => approvers.current(),
    async settleOwed() {
      await watch.look().catch((error: unknown) => log.deskFailed("look", error));
      const [settled] = await Promise.all([desk.settleOwed(), showDrafts()]);
      return settled;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(underWay);
      await desk[Symbol.asyncDispose]();
    },
  };
}

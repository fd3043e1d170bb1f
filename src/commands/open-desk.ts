import type { House } from "#commands/open-channels.ts";
import type { KnowledgeBase } from "#core/knowledge-base.ts";
import type { Handle, Records } from "#core/ports.ts";
import type { Workspace } from "#core/workspace.ts";
import { createDesk, type Desk } from "#desk/desk.ts";
import { createMembers } from "#staff/members.ts";
import { createRoom } from "#staff/room.ts";
import { createStaff } from "#staff/staff.ts";

export interface DeskNeeds {
  readonly records: Records;
  readonly holder: string;
  readonly knowledge: () => KnowledgeBase;
  /** Takes news to a member's conversation. */
  readonly handle: Handle;
}

/** The danışma masası over a channel of the workspace, attended from now on; `undefined` where the settings name no channel for it. */
export function openDesk(house: House, workspace: Workspace | undefined, needs: DeskNeeds): Desk | undefined {
  const { config, words, log, now, retentionMs } = house;
  const channel = config.slack?.desk;
  if (workspace === undefined || channel === undefined) return undefined;
  const { defaultLanguage: language, timeZone } = config.settings;
  const desk = createDesk({
    ...needs,
    room: createRoom(workspace, channel, language),
    office: config.office,
    card: { language, timeZone, titleOf: (id) => needs.knowledge().entry(id)?.title[language] },
    now,
    retentionMs,
    log,
  });
  const members = createMembers(workspace, channel, now);
  workspace.attend(createStaff({ workspace, desk, members, knowledge: needs.knowledge, channel, language, say: words }));
  return desk;
}

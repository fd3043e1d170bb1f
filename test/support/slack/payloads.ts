import { randomUUID } from "node:crypto";
import type { Body } from "./deliveries.ts";
import type { User } from "./shapes.ts";
import { APP, BOT_USER, TEAM } from "./state.ts";

/** What an event comes in. */
export function eventBody(event: Readonly<Record<string, unknown>>, shared: boolean): Body {
  return {
    token: "t",
    team_id: TEAM,
    context_team_id: TEAM,
    api_app_id: APP,
    event,
    type: "event_callback",
    event_id: `Ev${randomUUID().replaceAll("-", "").slice(0, 12)}`,
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [{ enterprise_id: null, team_id: TEAM, user_id: BOT_USER, is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: shared,
  };
}

/** What a press, a shortcut or a view comes in. */
export function interaction(user: User, type: string, more: Readonly<Record<string, unknown>>): Body {
  return {
    type,
    token: "t",
    api_app_id: APP,
    team: { id: TEAM, domain: "imece" },
    enterprise: null,
    is_enterprise_install: false,
    user: { id: user.id, username: user.name, name: user.name, team_id: user.team_id },
    ...more,
  };
}

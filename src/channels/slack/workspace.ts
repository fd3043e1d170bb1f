import { lookAtChannel } from "#channels/slack/channel-trouble.ts";
import { renderCard } from "#channels/slack/card.ts";
import { textOf, type Result } from "#channels/slack/client.ts";
import { publishHome } from "#channels/slack/home.ts";
import { escapeMrkdwn } from "#channels/slack/mrkdwn.ts";
import type { SlackParts } from "#channels/slack/parts.ts";
import { CHANNEL, placeOf } from "#channels/slack/place.ts";
import { final, outcomeOf, postOnce } from "#channels/slack/post.ts";
import { tellAtOnce } from "#channels/slack/privately.ts";
import { findDelivery } from "#channels/slack/read-back.ts";
import { shown } from "#channels/slack/render.ts";
import type { Workspace, WorkspaceMember } from "#core/workspace.ts";

const MOST_MEMBERS = 200;
const MOST_PAGES = 5;
const LOOKED_UP_AT_ONCE = 5;

/** Where staff work, as Slack has it. Whom an answer is for never sees any of it. */
export function createWorkspace(parts: SlackParts, self: () => { readonly team: string } | undefined): Workspace {
  const { client, words } = parts;

  const memberIds = async (channel: string): Promise<string[] | undefined> => {
    const ids: string[] = [];
    let cursor = "";
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const asked = { channel, limit: MOST_MEMBERS, ...(cursor === "" ? {} : { cursor }) };
      const read = await client.call("conversations.members", asked);
      if (!read.ok) {
        parts.log.callFailed("conversations.members", read.code);
        return undefined;
      }
      ids.push(...((read.result["members"] ?? []) as readonly string[]));
      cursor = textOf(read.result, "response_metadata", "next_cursor");
      if (cursor === "") break;
    }
    return ids;
  };

  /** Nothing for who is no person of ours to reckon with. */
  const look = async (person: string): Promise<WorkspaceMember | undefined> => {
    const read = await client.call("users.info", { user: person });
    if (!read.ok) {
      parts.log.callFailed("users.info", read.code);
      return { person, full: "unknown" };
    }
    const user = (read.result["user"] ?? {}) as Result;
    if (user["is_bot"] === true || user["deleted"] === true) return undefined;
    const guest = [user["is_restricted"], user["is_ultra_restricted"], user["is_stranger"]].includes(true);
    return { person, full: !guest && user["team_id"] === self()?.team };
  };

  return {
    attend(staff) {
      parts.staff = staff;
    },

    async post({ chat, thread }, card, { id, attempts }) {
      const place = { channel: chat, thread };
      return final(await postOnce(parts, place, renderCard(card, words), { id, doubtful: attempts > 0 }));
    },

    async update(message, card) {
      const { channel, ts } = placeOf(message);
      const updated = outcomeOf(
        parts,
        "chat.update",
        await client.call("chat.update", { channel, ts, ...renderCard(card, words) }),
      );
      if (updated.ok) return { ok: true, reference: message };
      return updated.why === "no-message" ? { ok: false, why: "gone" } : final(updated);
    },

    async remove(message) {
      const { channel, ts } = placeOf(message);
      const removed = outcomeOf(parts, "chat.delete", await client.call("chat.delete", { channel, ts }));
      const isThere = removed.ok || (removed.why !== "no-message" && removed.why !== "gone");
      return isThere && !removed.ok ? final(removed) : { ok: true, reference: message };
    },

    find: ({ chat, thread }, deliveryId) => findDelivery(client, chat, thread, deliveryId),

    async notify(person, place, language, text) {
      await tellAtOnce(parts, { channel: CHANNEL, ...place, person }, escapeMrkdwn(shown(text, words, language).words));
    },

    async members(channel) {
      // Before the bot knows its own workspace it cannot tell who is of another.
      const ids = self() === undefined ? undefined : await memberIds(channel);
      if (ids === undefined) return undefined;
      const members: WorkspaceMember[] = [];
      for (let at = 0; at < ids.length; at += LOOKED_UP_AT_ONCE) {
        const looked = await Promise.all(ids.slice(at, at + LOOKED_UP_AT_ONCE).map(look));
        members.push(...looked.filter((member) => member !== undefined));
      }
      return members;
    },

    look: (channel) => lookAtChannel(client, channel),

    async group(id) {
      const read = await client.call("usergroups.users.list", { usergroup: id });
      if (read.ok) return (read.result["users"] ?? []) as readonly string[];
      parts.log.callFailed("usergroups.users.list", read.code);
      return undefined;
    },

    showHome: (person) => publishHome(parts, person),
  };
}

import type { Client, Result } from "#channels/slack/client.ts";
import type { Check } from "#core/check.ts";

interface Named {
  readonly desk?: string | undefined;
  readonly approvers: readonly string[];
}

/** Looks whether those who are named as approvers are there, and can act at the desk: full members of the workspace who are in its channel. */
export async function checkApprovers(client: Client, { desk, approvers }: Named): Promise<Check> {
  if (approvers.length === 0) return { state: "note", text: "SLACK_APPROVERS is not set: publishing is off." };
  const unknown: string[] = [];
  const empty: string[] = [];
  const people = new Set<string>();
  for (const id of approvers) {
    if (!id.startsWith("S")) {
      people.add(id);
      continue;
    }
    const read = await client.call("usergroups.users.list", { usergroup: id });
    const users = read.ok ? ((read.result["users"] ?? []) as readonly string[]) : [];
    if (!read.ok) unknown.push(id);
    else if (users.length === 0) empty.push(id);
    for (const user of users) people.add(user);
  }

  const deactivated: string[] = [];
  const guests: string[] = [];
  for (const id of people) {
    const read = await client.call("users.info", { user: id });
    const user = read.ok ? ((read.result["user"] ?? {}) as Result) : {};
    if (!read.ok) unknown.push(id);
    else if (user["deleted"] === true) deactivated.push(id);
    else if (["is_restricted", "is_ultra_restricted", "is_stranger"].some((each) => user[each] === true)) guests.push(id);
  }
  const members = desk === undefined ? undefined : await client.call("conversations.members", { channel: desk, limit: 1000 });
  const present = members?.ok === true ? ((members.result["members"] ?? []) as readonly string[]) : undefined;
  const ill = new Set([...unknown, ...deactivated, ...guests]);
  const outside = present === undefined ? [] : [...people].filter((id) => !present.includes(id) && !ill.has(id));

  const faults = [
    told("these cannot be found", unknown),
    told("these groups are empty", empty),
    told("these accounts are deactivated", deactivated),
    told("these are guests, who may not act at the desk", guests),
    told("these are not in the desk's channel; /invite them there", outside),
  ].filter((each) => each !== "");
  if (faults.length > 0) return { state: "bad", text: `Slack: of SLACK_APPROVERS ${faults.join("; ")}.` };
  if (people.size === 1)
    return { state: "note", text: "SLACK_APPROVERS names one person: nobody approves their own draft, so that theirs wait." };
  return { state: "good", text: `Slack: ${people.size} approvers, all in the desk's channel.` };
}

function told(what: string, ids: readonly string[]): string {
  return ids.length === 0 ? "" : `${what}: ${ids.join(", ")}`;
}

import { afterEach, beforeEach, expect, test } from "vitest";
import { createSlack, type Slack as Channel } from "#channels/slack/slack.ts";
import { createApprovers } from "#staff/approvers.ts";
import { startSlack, type Slack } from "../support/slack/server.ts";
import { slackOptions } from "../support/slack-bot.ts";

const MINUTE_MS = 60_000;
const GROUP = "S0ONAY";

let api: Slack;
let channel: Channel;
let time: number;
beforeEach(async () => {
  api = await startSlack();
  channel = createSlack(slackOptions(api, AbortSignal.abort()));
  time = Date.now();
  api.state.groups.set(GROUP, ["U1", "U2"]);
});
afterEach(() => api[Symbol.asyncDispose]());

const approvers = (...ids: string[]) => createApprovers(channel.workspace, ids, () => time);
const cannotBeTold = () =>
  api.faults.add({ trouble: { kind: "refuse", error: "missing_scope" }, method: "usergroups.users.list", times: 99 });

test("a group that cannot be told is believed for five minutes, and then nobody in it may approve", async () => {
  const own = approvers(GROUP);
  expect(await own.refresh("U1")).toBe(true);
  cannotBeTold();
  time += 4 * MINUTE_MS;
  expect(await own.refresh("U1")).toBe(true);
  expect(own.current()).toEqual(["U1", "U2"]);
  time += 2 * MINUTE_MS;
  expect(await own.refresh("U1")).toBe(false);
  expect(own.current()).toEqual([]);
});

test("who is named by id may approve whatever becomes of the groups, and who left a group may not", async () => {
  const own = approvers("U9", GROUP);
  api.state.groups.set(GROUP, ["U2"]);
  expect(await own.refresh("U1")).toBe(true);
  expect(own.current()).toEqual(["U9", "U2"]);
  cannotBeTold();
  time += 6 * MINUTE_MS;
  expect(await own.refresh("U9")).toBe(true);
  expect(await own.refresh("U2")).toBe(false);
});

import { afterEach, beforeEach, expect, test } from "vitest";
import { createSlack, type Slack as Channel } from "#channels/slack/slack.ts";
import { createMembers, type Members } from "#staff/members.ts";
import { startSlack, type Slack } from "../support/slack/server.ts";
import type { Person } from "../support/slack/people.ts";
import type { Channel as Place, User } from "../support/slack/shapes.ts";
import { slackOptions } from "../support/slack-bot.ts";

const MINUTE_MS = 60_000;

let api: Slack;
let stop: AbortController;
let channel: Channel;
let ended: Promise<void>;
let time: number;
let place: Place;
let ayse: Person;
let mehmet: Person;
let members: Members;
beforeEach(async () => {
  api = await startSlack();
  stop = new AbortController();
  channel = createSlack(slackOptions(api, stop.signal));
  ended = channel.start(async () => {});
  await api.until(() => api.sockets.open() === 2);
  [ayse, mehmet] = [api.person({ name: "ayse" }), api.person({ name: "mehmet" })];
  place = api.channel({ members: [ayse, mehmet] });
  time = Date.now();
  members = createMembers(channel.workspace, place.id, () => time);
});
afterEach(async () => {
  stop.abort();
  await ended;
  await api[Symbol.asyncDispose]();
});

const may = ({ user }: Person) => members.mayAct({ person: user.id, stranger: false });
/** From now on Slack does not know this person, as it may be of one whose account is half closed. */
const forgets = ({ user }: Person): User => {
  api.state.users.delete(user.id);
  return user;
};

test("one person of whom nothing can be told keeps nobody else from the desk, however long that lasts", async () => {
  forgets(mehmet);
  for (const minutes of [0, 4, 6, 60]) {
    time += minutes * MINUTE_MS;
    expect(await may(ayse)).toBe("yes");
    expect(await members.mayLook(ayse.user.id)).toBe(true);
  }
  expect(await may(mehmet)).toBe("unknown");
  expect(await members.mayLook(mehmet.user.id)).toBe(false);
});

test("who was known is believed for five minutes while nothing can be told of them, and no longer", async () => {
  expect(await may(mehmet)).toBe("yes");
  const known = forgets(mehmet);
  time += 4 * MINUTE_MS;
  expect(await may(ayse)).toBe("yes");
  expect(await may(mehmet)).toBe("yes");
  time += 2 * MINUTE_MS;
  expect(await may(mehmet)).toBe("unknown");
  api.state.users.set(known.id, known);
  expect(await may(mehmet)).toBe("yes");
});

test("who left the channel may not act any more, and a guest never", async () => {
  const guest = api.person({ guest: "guest" });
  place.members.add(guest.user.id);
  expect(await may(guest)).toBe("no");
  expect(await may(ayse)).toBe("yes");
  place.members.delete(ayse.user.id);
  time += 6 * MINUTE_MS;
  expect(await may(ayse)).toBe("no");
});

test("while the channel cannot be read nobody new may act, and those who were known may for a while", async () => {
  expect(await may(ayse)).toBe("yes");
  place.is_archived = true;
  time += 4 * MINUTE_MS;
  expect(await may(ayse)).toBe("yes");
  expect(await may(api.person())).toBe("unknown");
  time += 2 * MINUTE_MS;
  expect(await may(ayse)).toBe("unknown");
});

test("of a channel of many only who acts is looked up", async () => {
  for (let at = 0; at < 250; at += 1) place.members.add(api.person({ name: `person-${at}` }).user.id);
  expect(await may(ayse)).toBe("yes");
  expect(await members.mayLook(ayse.user.id)).toBe(true);
  expect(api.callsOf("users.info")).toHaveLength(1);
  expect(api.callsOf("conversations.members")).toHaveLength(1);
});

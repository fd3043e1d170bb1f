import type { Arrival } from "#channels/slack/bolt.ts";
import { deliverSlack } from "#channels/slack/deliver.ts";
import { publishHome } from "#channels/slack/home.ts";
import { escapeMrkdwn } from "#channels/slack/mrkdwn.ts";
import { parseSlack, type Acted, type Parsed, type Self } from "#channels/slack/parse.ts";
import type { SlackParts } from "#channels/slack/parts.ts";
import { readPayload } from "#channels/slack/payload.ts";
import { CHANNEL } from "#channels/slack/place.ts";
import { takePress } from "#channels/slack/press.ts";
import { tellAtOnce } from "#channels/slack/privately.ts";
import { openForm, takeSubmission } from "#channels/slack/staff.ts";
import type { Address, Incoming } from "#core/message.ts";
import type { Place } from "#core/workspace.ts";

/** Takes the turn of an incoming; returns once it is saved, while what it owes still goes out. */
export type Save = (address: Address, incoming: Incoming) => Promise<void>;

/** Slack sends an event four times in all. */
const LAST_RETRY = 3;

/** Takes what Slack has sent. It is acknowledged once it is saved; where this throws, an event comes again. */
export async function receiveSlack(parts: SlackParts, self: Self, save: Save, arrival: Arrival): Promise<void> {
  const payload = readPayload(arrival.body);
  if (payload === undefined) return;
  const parsed = parseSlack(payload, self);
  try {
    await take(parts, parsed, save, arrival);
  } catch (error) {
    const given = actedIn(parsed);
    if (given === undefined && arrival.retry < LAST_RETRY) {
      parts.log.receivingFailed(error);
      throw error;
    }
    parts.log.updateSetAside(error);
    await apologise(parts, parsed, given);
  }
}

async function take(parts: SlackParts, parsed: Parsed, save: Save, arrival: Arrival): Promise<void> {
  switch (parsed.kind) {
    case "ignored":
      return;
    case "home":
      // Opened again at any time, so that nothing is lost if this one fails.
      await arrival.acknowledge();
      await publishHome(parts, parsed.person);
      return;
    case "press":
      await takePress(parts, parsed, save);
      return;
    case "submission":
      await arrival.acknowledge(await takeSubmission(parts, parsed));
      return;
    case "incoming":
      await takeIncoming(parts, parsed, save);
  }
}

async function takeIncoming(parts: SlackParts, parsed: Extract<Parsed, { kind: "incoming" }>, save: Save): Promise<void> {
  const { memory, now } = parts;
  const { address, incoming, message, acted } = parsed;
  if (acted !== undefined) {
    if (await isForStaff(parts, address, incoming.id, acted)) return;
    memory.mayRespond(address, acted.responseUrl, now());
  }
  const recent = memory.of(address);
  const newest = recent.message ?? "";
  // Slack's times have one length, so that they stand in the order of their letters.
  if (parsed.edited && message !== undefined && message < newest) return;
  if (message !== undefined && message > newest) recent.message = message;
  await save(address, incoming);
}

async function isForStaff(parts: SlackParts, address: Address, id: string, acted: Acted): Promise<boolean> {
  const { typed, trigger, by, ofStaff = false } = acted;
  if (parts.staff?.commanded === undefined || typed === undefined) return false;
  const command = { id, by, words: typed, ofStaff, place: { chat: address.chat }, open: openForm(parts, trigger) };
  return parts.staff.commanded(command);
}

/** Whoever pressed or commanded something waits for an answer, and Slack does not ask again. */
function actedIn(parsed: Parsed): (Acted & { readonly place: Place }) | undefined {
  if (parsed.kind === "press") return parsed;
  if (parsed.kind === "incoming" && parsed.acted !== undefined) return { ...parsed.acted, place: { chat: parsed.address.chat } };
  return undefined;
}

/** Says that something could not be taken: once, whether it arrives or not, as there is nothing it could be owed under. */
async function apologise(parts: SlackParts, parsed: Parsed, acted: ReturnType<typeof actedIn>): Promise<void> {
  const { words, defaultLanguage: language } = parts;
  if (acted !== undefined) {
    const to: Address = { channel: CHANNEL, ...acted.place, person: acted.by.person };
    parts.memory.mayRespond(to, acted.responseUrl, parts.now());
    await tellAtOnce(parts, to, escapeMrkdwn(words({ key: "press.failed" }, language)));
  } else if (parsed.kind === "incoming") {
    await deliverSlack(parts, parsed.address, { kind: "say", language, paragraphs: [{ key: "fault.apology" }] });
  }
}

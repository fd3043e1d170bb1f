import { AWAITING } from "#desk/telling.ts";
import { deleteAll } from "#bot/delete-all.ts";
import { deliver } from "#bot/deliver.ts";
import { createSubscribers } from "#announcements/subscribers.ts";
import { handOverAlone } from "#bot/hand-over-alone.ts";
import { changeCalendarLink } from "#bot/calendar-link.ts";
import { sendOnce } from "#bot/send-once.ts";
import { tellDesk } from "#bot/tell-desk.ts";
import { BotError } from "#core/errors.ts";
import type { Effect, Incoming, Reply } from "#core/message.ts";
import type { Channel, Conversations, Debt, Debts, Handle, PersonalData, RecordPut, Records } from "#core/ports.ts";
import type { CalendarLinks } from "#calendar/links.ts";
import type { Desk } from "#desk/desk.ts";
import type { Log } from "#ops/log.ts";
import type { Reminders } from "#reminders/reminders.ts";

/** What an effect is given for one run. */
export interface EffectTools {
  /** Takes the turn of an incoming: news of an effect's outcome. */
  readonly take: Handle;
  readonly log: Log;
}

/** Something is to be sent later: it surely did not arrive, or nobody can say and it counts as tried. */
export interface Later {
  readonly retryAfterMs: number;
  readonly surelyNotArrived: boolean;
}

/** Does what a turn wants done; safe to do twice under the same debt. What it throws is a failed try. */
export type RunEffect = (debt: Debt, effect: Effect, tools: EffectTools) => Promise<"done" | Later>;

/** What effects work on: a store, the channels that news of a deletion goes out on, and the clock. */
export interface EffectParts {
  readonly conversations: Conversations;
  readonly debts: Debts;
  readonly records: Records;
  readonly personalData: readonly PersonalData[];
  readonly channel: (name: string) => Channel | undefined;
  readonly now: () => number;
  readonly retentionMs: number;
  /** Absent where there is none. */
  readonly desk?: Pick<Desk, "open" | "memberActs" | "report" | "forget"> | undefined;
  /** Absent where nobody is reminded. */
  readonly reminders?: Pick<Reminders, "set" | "personalData"> | undefined;
  /** Absent where nobody has a calendar of their own. */
  readonly calendarLinks?: Pick<CalendarLinks, "change" | "erase"> | undefined;
}

/** For what stays until somebody closes it. Not for ever, so that nothing lies in a store that no one knows of any more. */
const LONG_MS = 100 * 365 * 86_400_000;

/** Whether it is dropped after failing often. What a member was told is recorded or deleted stays owed instead. */
export function mayBeGivenUp(effect: Effect): boolean {
  return effect.kind === "export-my-data";
}

/** Makes the function that does effects, over a store. */
export function createRunEffect(parts: EffectParts): RunEffect {
  const { records, now, retentionMs, desk } = parts;
  const subscribers = createSubscribers({ records, now, retentionMs });

  const record = async (
    collection: string,
    { address, id: debt }: Debt,
    value: object,
    how: Omit<RecordPut, "value" | "over">,
    id = debt,
  ) => {
    const owner = { channel: address.channel, person: address.person };
    const outcome = await records.put(collection, id, { ...how, value: { ...value, at: now() }, over: 0, owner });
    // "stale" means that it is there already: the effect was done before and not settled. Put now but owed no more means that the
    // person had everything deleted meanwhile, perhaps from another chat: then it must not come back.
    if (outcome === "saved" && !(await parts.debts.owes(address, debt))) await records.remove(collection, id);
    return "done" as const;
  };

  const deskHere = () => {
    if (desk !== undefined) return desk;
    throw new BotError(
      "desk.not-here",
      "This process has no desk, and owes something to it: give every process that shares the store the desk's settings.",
    );
  };

  return async (debt, effect, { take, log }) => {
    switch (effect.kind) {
      case "record-unanswered": {
        // A question that somebody is to answer stays until it is closed; one that only shows a gap goes with the rest.
        const expiresAt = now() + (effect.passedOn ? LONG_MS : retentionMs);
        return record("unanswered", debt, effect, { index: { state: "open" }, expiresAt });
      }
      case "record-feedback":
        return record("feedback", debt, effect, {
          index: { entry: effect.entry, verdict: effect.helpful ? "yes" : "no" },
          expiresAt: now() + retentionMs,
        });
      case "record-comment":
        return record("comments", debt, effect, { index: { entry: effect.entry }, expiresAt: now() + retentionMs });
      case "open-ticket": {
        const { kind: _kind, textVersion, ticket, ...opening } = effect;
        const here = deskHere();
        const consent = { to: opening.telephone === undefined ? "pass-on" : "pass-on-and-call", textVersion };
        await record("consents", debt, consent, { expiresAt: now() + retentionMs });
        await here.open({ ...opening, id: ticket, address: debt.address });
        // As with other records: the person may have had everything deleted meanwhile.
        const { channel, person } = debt.address;
        if (!(await parts.debts.owes(debt.address, debt.id))) await here.forget(channel, person);
        return "done";
      }
      case "hand-over-alone":
        return handOverAlone(parts.channel(debt.address.channel), debt, effect, take);
      case "await-answer": {
        const { awaited, question, language, textVersion } = effect;
        const expiresAt = now() + retentionMs;
        await record("consents", debt, { to: "be-told", textVersion }, { expiresAt });
        const waiting = { question, language, address: debt.address, until: expiresAt };
        return record(AWAITING, debt, waiting, { index: { state: "waiting" }, expiresAt }, awaited);
      }
      case "await-no-more":
        await records.remove(AWAITING, effect.awaited);
        return record("consents", debt, { to: "be-told-no-more" }, { expiresAt: now() + retentionMs });
      case "tell-desk": {
        const { ticket, consent } = effect;
        // Of a talk the first word is enough: it was said then that all that follows is passed on.
        const once = consent?.to === "talk" ? `${ticket}-talk` : debt.id;
        if (consent !== undefined) await record("consents", debt, consent, { expiresAt: now() + retentionMs }, once);
        await tellDesk(deskHere(), parts.debts, debt, effect);
        return "done";
      }
      case "send-once":
        return sendOnce(parts.channel(debt.address.channel), debt, effect, { take, log });
      case "report-delivery":
        await deskHere().report(effect, debt.id);
        return "done";
      case "save-subscription": {
        const { channel, person } = debt.address;
        await subscribers.save({ channel, person, subscription: effect.subscription });
        // As with other records.
        if (!(await parts.debts.owes(debt.address, debt.id))) await subscribers.remove(channel, person);
        return "done";
      }
      case "remind": {
        const { channel, person } = debt.address;
        await parts.reminders?.set(debt.address, effect.event, effect.on);
        // As with other records.
        if (!(await parts.debts.owes(debt.address, debt.id))) await parts.reminders?.personalData.erase(channel, person);
        return "done";
      }
      case "calendar-link":
        return changeCalendarLink(parts, debt, effect, take);
      case "export-my-data": {
        const all: Record<string, unknown> = {};
        for (const place of parts.personalData) all[place.name] = await place.export(debt.address.channel, debt.address.person);
        const notice: Incoming = {
          id: `${debt.id}-done`,
          kind: "notice",
          notice: { about: "my-data", json: JSON.stringify(all) },
        };
        await take(debt.address, notice);
        return "done";
      }
      case "delete-my-data": {
        const done: Reply = { kind: "say", language: effect.language, paragraphs: [{ key: "deletion.done" }] };
        const channel = parts.channel(debt.address.channel);
        return deleteAll(parts, debt, async () => channel && deliver(channel, debt.address, done, log, debt));
      }
    }
  };
}

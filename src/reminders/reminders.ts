import { setImmediate as nextTurn } from "node:timers/promises";
import type { Event } from "#core/event.ts";
import type { Job, Jobs } from "#core/ledger.ts";
import type { Address, Incoming } from "#core/message.ts";
import type { Handle, PersonalData, Records, StoredRecord } from "#core/ports.ts";
import { beginningOf, isQuiet, nextReminder, quietEndAfter, remindersOf } from "#core/reminders.ts";
import { readReminder, reminderIdOf, REMINDERS, type Reminder } from "#reminders/reminder.ts";
import { untilWon } from "#core/until-won.ts";

export interface RemindersParts {
  readonly records: Records;
  readonly jobs: Jobs;
  /** Takes the reminder to the person's conversation. */
  readonly handle: Handle;
  /** The events of now. */
  readonly events: () => readonly Event[];
  /** Whether all sending is held. */
  readonly held: () => Promise<boolean>;
  readonly now: () => number;
  readonly timeZone: string;
  /** Once aborted, no more is begun of what takes long. */
  readonly signal?: AbortSignal | undefined;
}

/** Who is reminded of which event. It belongs to the person; the events may change under it. */
export interface Reminders {
  /** Begins to do what is due. */
  start(): Promise<void>;
  /** On a person's own word, either way. Safe to do twice. */
  set(address: Address, event: string, on: boolean): Promise<void>;
  /** Reminds people whom an announcement of an event reached, if they chose reminders; not those who said no to this one. */
  remindOf(event: string, addresses: readonly Address[]): Promise<void>;
  /** Takes up what changed in the events: what was moved is reminded of anew, of what is cancelled nobody is reminded. */
  follow(): Promise<void>;
  /** Erases together with what is due of it. */
  readonly personalData: PersonalData;
}

const JOB = "remind";
/** How soon what is held is looked at again. */
const HELD_FOR_MS = 60_000;
const DAY_MS = 86_400_000;
/** An event that was put off without a new day may still get one. */
const KEPT_MS = 90 * DAY_MS;
/** Beyond what a person asks for. */
const MANY = 1_000_000;
const PAGE = 500;

/** Reminders over a store and due work. */
export function createReminders({ records, jobs, handle, events, held, now, timeZone, signal }: RemindersParts): Reminders {
  const eventOf = (key: string) => events().find((event) => event.key === key);

  const plan = async (id: string, { on, event: key, done }: Reminder): Promise<void> => {
    const event = eventOf(key);
    const at = event === undefined || !on ? undefined : nextReminder(event, done, timeZone);
    if (at === undefined) await jobs.cancel(JOB, id);
    else await jobs.schedule({ name: JOB, id, about: "" }, at);
  };

  /** Plans the next time of a reminder as it is changed, and saves it; `undefined` leaves it as it is. */
  const change = async (id: string, to: (known: Reminder | undefined) => Reminder | undefined): Promise<void> => {
    // Many are changed one after another, and with the embedded store nothing else of this process would have its turn meanwhile.
    await nextTurn();
    await untilWon("A reminder", async () => {
      const stored = await records.get(REMINDERS, id);
      const next = to(readReminder(stored));
      if (next === undefined) {
        // Erased while it was planned: nothing of it is left.
        if (stored === undefined) await jobs.cancel(JOB, id);
        return "left";
      }
      const event = eventOf(next.event);
      // Before it is noted as planned: what a crash leaves out would not be made up for.
      await plan(id, next);
      return records.put(REMINDERS, id, {
        value: { ...next, seen: signatureOf(event) },
        over: stored?.version ?? 0,
        owner: { channel: next.address.channel, person: next.address.person },
        index: { event: next.event },
        expiresAt: Math.max(now(), (event && beginningOf(event)) ?? 0) + KEPT_MS,
      });
    });
  };

  const run = async ({ id }: Job): Promise<void> => {
    const stored = await records.get(REMINDERS, id);
    const reminder = readReminder(stored);
    const event = reminder && eventOf(reminder.event);
    if (reminder === undefined || !reminder.on || event === undefined) return;
    const at = now();
    const due = remindersOf(event, timeZone).findLast((moment) => moment <= at && moment > reminder.done);
    if (due === undefined) return plan(id, reminder);
    // Where nothing ran at the time itself, nobody is woken to make up for it.
    if (isQuiet(at, timeZone)) return jobs.schedule({ name: JOB, id, about: "" }, quietEndAfter(at, timeZone));
    // In mourning or disaster nobody can say of what takes place. What has begun until it goes on is told of no more.
    if (await held()) return jobs.schedule({ name: JOB, id, about: "" }, at + HELD_FOR_MS);
    // Named by the event's own time and not by when it came to it: done again it is the same incoming, which takes no second turn.
    const incoming: Incoming = {
      id: `remind-${event.key}-${due}`,
      kind: "notice",
      notice: { about: "reminder", event: event.key, asked: reminder.asked },
    };
    if ((await handle(reminder.address, incoming)) === "silenced") throw new Error("They write too much just now.");
    await change(id, (known) => known && { ...known, done: Math.max(known.done, due) });
  };

  const ofPerson = (channel: string, person: string) => records.list(REMINDERS, { by: "owner", channel, person, limit: MANY });

  /** Page by page: however many there are, one page is in memory. */
  async function* ofEvent(value: string): AsyncGenerator<StoredRecord> {
    for (let after: string | undefined; ;) {
      const page = await records.list(REMINDERS, { by: "page", name: "event", value, after, limit: PAGE });
      yield* page;
      if (page.length < PAGE) return;
      after = page.at(-1)?.id;
    }
  }

  return {
    start: () => jobs.work(JOB, run),

    set: (address, event, on) =>
      change(reminderIdOf(address, event), (known) => ({
        ...fresh(address, event, now()),
        ...known,
        address,
        on,
        // What lies in the past by now is not made up for.
        done: Math.max(known?.done ?? 0, now()),
        asked: on ? true : (known?.asked ?? true),
      })),

    async remindOf(event, addresses) {
      for (const address of addresses)
        await change(reminderIdOf(address, event), (known) =>
          known === undefined ? { ...fresh(address, event, now()), asked: false } : undefined,
        );
    },

    async follow() {
      for (const event of events()) {
        if (event.kind !== "gathering" || (beginningOf(event) ?? 0) + KEPT_MS < now()) continue;
        const seen = signatureOf(event);
        for await (const stored of ofEvent(event.key)) {
          if (signal?.aborted === true) return;
          // What lies in the past by now is not made up for.
          if (readReminder(stored)?.seen !== seen)
            await change(stored.id, (reminder) => reminder && { ...reminder, done: Math.max(reminder.done, now()) });
        }
      }
    },

    personalData: {
      name: "reminders",
      // They are among the records.
      export: async () => [],
      async erase(channel, person) {
        for (const { id } of await ofPerson(channel, person)) {
          await jobs.cancel(JOB, id);
          await records.remove(REMINDERS, id);
        }
      },
    },
  };
}

function fresh(address: Address, event: string, now: number): Reminder {
  return { format: 1, address, event, on: true, asked: true, done: now, seen: "" };
}

/** What of an event decides when people are reminded of it. */
function signatureOf(event: Event | undefined): string {
  return JSON.stringify([event?.start, event?.end, event?.timeZone, event?.status]);
}

import { createAnnouncing, type Announcing } from "#commands/open-announcements.ts";
import type { AnnouncementAction, AnnouncementDraft, AnnouncementOutcome } from "#core/announcing.ts";
import type { Event } from "#core/event.ts";
import type { Claimed, Delivered } from "#core/ledger.ts";
import type { Store } from "#core/ports.ts";
import type { Subscription } from "#core/subscription.ts";

export const DAY_MS = 86_400_000;
export const RETENTION_MS = 90 * DAY_MS;

/** A gathering that announcements tell of. */
export const EVENT: Event = {
  key: "bulusma-2027",
  kind: "gathering",
  topics: ["events"],
  title: { tr: "Buluşma", en: "Gathering" },
  timeZone: "Europe/Istanbul",
  start: "2027-05-05T14:00",
  city: "Ankara",
  organisers: [],
  participants: [],
  entries: [],
  status: "announced",
  sequence: 0,
};

export const DRAFT: AnnouncementDraft = {
  news: "event",
  event: EVENT.key,
  topics: ["events"],
  audience: { of: "subscribers", topics: ["events"] },
  text: { tr: { title: "Buluşmaya bekleriz", body: "5 Mayıs'ta." } },
  urgent: false,
};

/** Moves the event by a day, in a second person's name. */
export async function moveEvent({ events }: Pick<Announcing, "events">, change: "move" | "cancel" = "move"): Promise<void> {
  const number = ((await events.record(EVENT.key))?.versions.length ?? 0) + 1;
  const event = { ...EVENT, start: `2027-05-${String(5 + number).padStart(2, "0")}T14:00` };
  const told = { text: { tr: { title: "Değişiklik", body: `Yeni gün: ${5 + number} Mayıs.` } }, urgent: false };
  await events.act(EVENT.key, { id: `propose-${number}`, by: "ayse", do: "propose", change, event, told });
  const approve = { id: `approve-${number}`, by: "veli", do: "approve", version: number, urgent: false } as const;
  const outcome = await events.act(EVENT.key, approve);
  if (outcome.kind === "refused") throw new Error(`Refused: ${outcome.refusal.why}.`);
}

/** Announcing over a store whose clock the test moves. */
export interface AnnouncingHouse extends Announcing {
  readonly store: Store;
  readonly clock: { now: number };
  /** Who may approve; the test changes it. */
  readonly who: { approvers: readonly string[] };
  subscribe(person: string, change?: Partial<Subscription>): Promise<void>;
  act(id: string, action: AnnouncementAction): Promise<AnnouncementOutcome>;
  /** Written, approved and begun. */
  begin(id: string, draft?: AnnouncementDraft): Promise<void>;
  draw(id: string): Promise<boolean>;
  /** Takes up to so many of a run that are due. */
  claim(run: string, most: number): Promise<readonly Claimed[]>;
  /** Takes the next of a run and has it on the wire. */
  arm(run: string): Promise<Claimed>;
  settle(run: string, row: Claimed, delivered: Delivered): Promise<void>;
  /** Sends everything of a run that is due. Gives to whom. */
  sendAll(run: string, delivered?: Delivered): Promise<string[]>;
}

const HOLDER = "one";

export function announcingOver(store: Store, clock: { now: number }): AnnouncingHouse {
  const who = { approvers: ["ali", "veli"] as readonly string[] };
  const now = () => clock.now;
  const inFiles = (key: string) => (key === EVENT.key ? EVENT : undefined);
  const failed = (fault: unknown) => {
    throw fault;
  };
  const timeZone = "Europe/Istanbul";
  const parts = { store, timeZone, approvers: () => who.approvers, retentionMs: RETENTION_MS, inFiles, failed, now };
  const announcing = createAnnouncing(parts);
  const { announcements, drawing, subscribers } = announcing;
  const { ledger } = store;
  let acts = 0;

  const done = async (id: string, action: AnnouncementAction) => {
    const outcome = await announcements.act(id, action);
    if (outcome.kind === "refused") throw new Error(`Refused: ${action.do}, ${outcome.refusal.why}.`);
  };
  const claim = async (run: string, most: number) => {
    const claimed = await ledger.claim(run, HOLDER, most, clock.now);
    if (claimed === "fenced") throw new Error("Nothing was lost.");
    return claimed;
  };
  const house: AnnouncingHouse = {
    ...announcing,
    store,
    clock,
    who,
    async subscribe(person, change = {}) {
      const consent = { textVersion: "1", at: clock.now };
      const chosen = { topics: ["events"], language: "tr", reminders: true, weekly: false, chat: person } as const;
      const subscription: Subscription = { ...chosen, changedAt: clock.now, consent, ...change };
      await subscribers.save({ channel: "telegram", person, subscription });
    },
    act: (id, action) => announcements.act(id, action),
    async begin(id, draft = DRAFT) {
      acts += 1;
      await done(id, { id: `write-${acts}`, by: "ayse", do: "write", draft });
      await done(id, { id: `approve-${acts}`, by: "ali", do: "approve", revision: 1, urgent: true });
      await done(id, { id: `start-${acts}`, do: "start" });
    },
    async draw(id) {
      const announcement = await announcements.announcement(id);
      if (announcement === undefined) throw new Error(`There is no announcement ${id}.`);
      return (await drawing.draw(announcement)) === "all";
    },
    claim,
    async arm(run) {
      const [row] = await claim(run, 1);
      if (row === undefined) throw new Error("Nothing was there to claim.");
      if (!(await ledger.arm(run, HOLDER, row.row, clock.now))) throw new Error("It could not be armed.");
      return row;
    },
    async settle(run, { row }, delivered) {
      if (!(await ledger.settle(run, HOLDER, row, delivered))) throw new Error("It could not be settled.");
    },
    async sendAll(run, delivered = { is: "sent", reference: "7" }) {
      const rows = await claim(run, 1000);
      for (const row of rows) {
        await ledger.arm(run, HOLDER, row.row, clock.now);
        await house.settle(run, row, delivered);
      }
      return rows.map(({ address }) => address.person).toSorted();
    },
  };
  return house;
}

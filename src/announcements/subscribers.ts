import { z } from "zod";
import { untilWon } from "#core/until-won.ts";
import type { Records, StoredRecord } from "#core/ports.ts";
import type { AnnouncedTopic, Subscriber } from "#core/subscription.ts";
import { ANNOUNCED_TOPICS } from "#core/subscription.ts";
import { LANGUAGES } from "#text/language.ts";

/**
 * Who is subscribed, listed for drawing an audience. What a person chose stands with the person; this follows it. Kept by topic: who gets
 * nothing now, because they left or cannot be reached, is listed under none.
 */
export interface Subscribers {
  /** Lists a choice, unless a later one is listed already. Safe to repeat. */
  save(subscriber: Subscriber): Promise<void>;
  remove(channel: string, person: string): Promise<void>;
  /** Everybody with one of these topics, each once, in pages of at most 500: however many there are, one page is in memory. */
  pages(topics: readonly AnnouncedTopic[]): AsyncGenerator<readonly Subscriber[]>;
}

interface Parts {
  readonly records: Records;
  readonly now: () => number;
  /** How long the choices of somebody are kept who gets nothing any more. */
  readonly retentionMs: number;
}

const COLLECTION = "subscriptions";
const PAGE = 500;
/** Until they leave. */
const LONG_MS = 100 * 365 * 86_400_000;

const subscriberSchema: z.ZodType<Subscriber> = z.object({
  channel: z.string(),
  person: z.string(),
  subscription: z.object({
    topics: z.array(z.enum(ANNOUNCED_TOPICS)),
    city: z.string().optional(),
    language: z.enum(LANGUAGES),
    reminders: z.boolean(),
    weekly: z.boolean(),
    weeklyUntil: z.number().optional(),
    chat: z.string(),
    thread: z.string().optional(),
    changedAt: z.number(),
    consent: z.object({ textVersion: z.string(), at: z.number() }),
    paused: z.boolean().optional(),
  }),
});

/** The list of subscribers over the records of a store. */
export function createSubscribers({ records, now, retentionMs }: Parts): Subscribers {
  return {
    async save(subscriber) {
      const { channel, person, subscription } = subscriber;
      const id = idOf(channel, person);
      await untilWon("Somebody's choice of announcements", async () => {
        const stored = await records.get(COLLECTION, id);
        const listed = stored && read(stored);
        if (listed !== undefined && listed.subscription.changedAt >= subscription.changedAt) return "listed";
        const { topics, paused } = subscription;
        return records.put(COLLECTION, id, {
          value: subscriber,
          over: stored?.version ?? 0,
          owner: { channel, person },
          index: paused === true ? {} : Object.fromEntries(topics.map((topic) => [topic, ON])),
          expiresAt: now() + (topics.length === 0 ? retentionMs : LONG_MS),
        });
      });
    },

    remove: (channel, person) => records.remove(COLLECTION, idOf(channel, person)),

    async *pages(topics) {
      for (const [at, topic] of topics.entries()) {
        const before = topics.slice(0, at);
        let after: string | undefined;
        for (;;) {
          const page = await records.list(COLLECTION, { by: "page", name: topic, value: ON, after, limit: PAGE });
          const subscribers = page.flatMap((record) => read(record) ?? []);
          // Whoever has an earlier topic too came with that one.
          const fresh = subscribers.filter(({ subscription }) => !before.some((each) => subscription.topics.includes(each)));
          if (fresh.length > 0) yield fresh;
          if (page.length < PAGE) break;
          after = page.at(-1)?.id;
        }
      }
    },
  };
}

const ON = "on";

function idOf(channel: string, person: string): string {
  return JSON.stringify([channel, person]);
}

function read({ value }: StoredRecord): Subscriber | undefined {
  return subscriberSchema.safeParse(value).data;
}

import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Route } from "#core/route.ts";

/** A figure that is asked for whenever somebody looks: by the value of its label, where it has one. */
type Ask = () => Promise<number> | number;

/** What is counted of running. Labels are kinds and codes of ours: never a person, a chat or a word. */
export interface Metrics {
  /** An incoming was handed on. */
  took(channel: string, kind: string): void;
  /** A turn was taken and saved, in so many seconds. */
  turnTook(seconds: number): void;
  /** How a turn of a member ended: answer, suggest, none, chat or events. */
  answered(outcome: string): void;
  /** How a delivery ended: sent, or why not. */
  delivered(channel: string, outcome: string): void;
  /** A question's card could not be posted. */
  cardNotPosted(why: string): void;
  /** How much of a kind (replies, tickets) was owed and due when it was last seen to. */
  owed(what: string, count: number): void;
  /** Asked whenever metrics are read. What cannot be told then is not a number. */
  watch(figures: Figures): void;
  /** Where they are read. */
  readonly route: Route;
}

/** Figures that others know. */
export interface Figures {
  /** By state. */
  readonly tickets?: Readonly<Record<string, Ask>>;
  readonly oldestWaitSeconds?: Ask;
  readonly draftsWaiting?: Ask;
  readonly knowledgeEntries?: Ask;
  /** 1, or 0 where the desk's channel cannot be worked in. */
  readonly deskReachable?: Ask;
}

/** Seconds; an answer is a matter of milliseconds, and a store that is away one of many seconds. */
const TURN_BUCKETS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 3, 10];

/** Metrics of this process in a registry of their own, with those of Node beside them. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Counter({ name, help, labelNames, registers });

  const incomings = counter("imece_incomings_total", "What came in, by channel and kind.", ["channel", "kind"]);
  const outcomes = counter("imece_answers_total", "How turns of members ended.", ["outcome"]);
  const deliveries = counter("imece_deliveries_total", "How deliveries ended, by channel.", ["channel", "outcome"]);
  const cards = counter("imece_cards_not_posted_total", "Questions whose card could not be posted at first.", ["why"]);
  const turns = new Histogram({
    name: "imece_turn_seconds",
    help: "From an incoming until its turn is saved.",
    buckets: TURN_BUCKETS,
    registers,
  });
  const owed = new Gauge({
    name: "imece_owed",
    help: "What was owed and due when it was last seen to, at most 100 of a kind.",
    labelNames: ["what"],
    registers,
  });

  const told = async (ask: Ask) => {
    try {
      return await ask();
    } catch {
      return Number.NaN;
    }
  };
  const gauge = (name: string, help: string, ask: Ask | undefined) => {
    if (ask === undefined) return;
    const made: Gauge = new Gauge({
      name,
      help,
      registers,
      async collect() {
        made.set(await told(ask));
      },
    });
  };

  return {
    took: (channel, kind) => incomings.inc({ channel, kind }),
    turnTook: (seconds) => turns.observe(seconds),
    answered: (outcome) => outcomes.inc({ outcome }),
    delivered: (channel, outcome) => deliveries.inc({ channel, outcome }),
    cardNotPosted: (why) => cards.inc({ why }),
    owed: (what, count) => owed.set({ what }, count),

    watch({ tickets, oldestWaitSeconds, draftsWaiting, knowledgeEntries, deskReachable }) {
      gauge("imece_oldest_wait_seconds", "How long the question waits that waits longest.", oldestWaitSeconds);
      gauge("imece_drafts_waiting", "Entries that wait for an approval.", draftsWaiting);
      gauge("imece_knowledge_entries", "Entries that are answered from.", knowledgeEntries);
      gauge("imece_desk_reachable", "Whether the desk's channel can be worked in.", deskReachable);
      if (tickets === undefined) return;
      const states: Gauge<"state"> = new Gauge({
        name: "imece_tickets",
        help: "Questions passed on that are not closed, by state.",
        labelNames: ["state"],
        registers,
        async collect() {
          for (const [state, ask] of Object.entries(tickets)) states.set({ state }, await told(ask));
        },
      });
    },

    route: {
      method: "GET",
      path: "/metrics",
      respond: async () => ({ status: 200, text: await registry.metrics(), type: registry.contentType }),
    },
  };
}

import { z } from "zod";
import type { KnowledgeBase } from "#core/knowledge-base.ts";
import type { Incoming } from "#core/message.ts";
import type { Handle, Records, StoredRecord } from "#core/ports.ts";
import type { Search } from "#core/search.ts";
import type { DeskLog } from "#desk/desk.ts";
import { openQuestions } from "#desk/recorded.ts";
import { LANGUAGES, type Language } from "#text/language.ts";

/** Where is kept who wants to be told of an answer. */
export const AWAITING = "awaiting";
const TOLD = "told";
/** Longer than a turn takes, so that one that ran out means a process that died. */
const LEASE_MS = 60_000;
const MOST_WAITING = 5000;
const LOOKED_UP_AT_ONCE = 10;
/** Looked through again after this long: who agreed while the answer was published is not passed over. */
const AGAIN_AFTER_MS = 60_000;
/** Between asking and agreeing, and between publishing and every process knowing. */
const SLACK_MS = 60_000;
const DAY_MS = 86_400_000;

const schema = z.object({
  question: z.string(),
  language: z.enum(LANGUAGES),
  address: z.object({ channel: z.string(), chat: z.string(), thread: z.string().exactOptional(), person: z.string() }),
  at: z.number(),
  until: z.number(),
  /** What it is being told of: the entry and when that was published. */
  of: z.object({ entry: z.string(), at: z.number() }).optional(),
});
type Awaited = z.output<typeof schema>;

export interface TellingParts {
  readonly records: Records;
  readonly knowledge: () => KnowledgeBase;
  /** When what answers now under an id was published from the desk; nothing for what stands in the files. */
  readonly publishedAt: (entry: string) => Promise<number | undefined>;
  /** Takes news to a member's conversation; the same id again is the same news. */
  readonly handle: Handle;
  /** Lets other work go on. */
  readonly pause: () => Promise<void>;
  readonly now: () => number;
  readonly log: DeskLog;
}

/**
 * Tells those who asked and agreed, once the answer is published, and takes what is answered off the unanswered. Told of one entry a person is
 * once, however often they asked and however many processes look: whoever claims the record tells, and what a dead one left is told under the
 * same id.
 */
export function createTelling({ records, knowledge, publishedAt, handle, pause, now, log }: TellingParts) {
  let looked: { readonly base: KnowledgeBase; readonly at: number } | undefined;

  const put = (id: string, value: Awaited, over: number) =>
    records.put(AWAITING, id, {
      value,
      over,
      owner: { channel: value.address.channel, person: value.address.person },
      expiresAt: value.until,
      index: { state: value.of === undefined ? "waiting" : "telling" },
      ...(value.of === undefined ? {} : { due: now() + LEASE_MS }),
    });

  /** The entry that answers a question by now, published after it was asked. */
  const answerTo = async (search: Search, { question, language, at }: { question: string; language: Language; at: number }) => {
    const { verdict, candidates } = search({ question, language });
    const entry = candidates[0]?.id;
    if (verdict !== "sure" || entry === undefined) return undefined;
    const published = await publishedAt(entry);
    return published === undefined || published + SLACK_MS < at ? undefined : { entry, at: published };
  };

  const tell = async (id: string, { question, language, address, of }: Awaited) => {
    if (of === undefined) return;
    const name = `found-${of.entry}-${of.at}`;
    const { channel, person } = address;
    const told = JSON.stringify([name, channel, person]);
    const mark = { value: { by: id }, over: 0, owner: { channel, person }, expiresAt: now() + DAY_MS };
    const first = (await records.put(TOLD, told, mark)) === "saved";
    const by = first ? id : z.object({ by: z.string() }).safeParse((await records.get(TOLD, told))?.value).data?.by;
    if (by === id) {
      const incoming: Incoming = {
        id: name,
        kind: "notice",
        notice: { about: "answer-found", question, language, entry: of.entry },
      };
      await handle(address, incoming);
    }
    await records.remove(AWAITING, id);
  };

  const claim = async (stored: StoredRecord, search: Search) => {
    const waiting = schema.safeParse(stored.value).data;
    const of = waiting && (await answerTo(search, waiting));
    if (waiting === undefined || of === undefined) return;
    const claimed = { ...waiting, of };
    // Whoever had everything deleted meanwhile has no record left to claim.
    if ((await put(stored.id, claimed, stored.version)) === "saved") await tell(stored.id, claimed);
  };

  const resume = async ({ id, value, version }: StoredRecord) => {
    const left = schema.safeParse(value).data;
    if (left === undefined) return;
    // Retired since: they go on waiting.
    const next = knowledge().entry(left.of?.entry ?? "") === undefined ? { ...left, of: undefined } : left;
    if ((await put(id, next, version)) === "saved") await tell(id, next);
  };

  /** One that fails must not keep the others from theirs. */
  const each = async <T>(all: readonly T[], work: (one: T) => Promise<void>) => {
    for (const [at, one] of all.entries()) {
      await work(one).catch((error: unknown) => log.deskFailed("telling", error));
      if (at % LOOKED_UP_AT_ONCE === 0) await pause();
    }
  };

  return {
    /** Looks through what waits whenever something else answers, and from time to time. Gives how many it looked at. */
    async settleOwed(): Promise<number> {
      await each(await records.list(AWAITING, { by: "due", until: now(), limit: 100 }), resume);
      const base = knowledge();
      if (looked?.base === base && now() - looked.at < AGAIN_AFTER_MS) return 0;
      const at = now();
      const waiting = await records.list(AWAITING, { by: "index", name: "state", value: "waiting", limit: MOST_WAITING });
      await each(waiting, (stored) => claim(stored, base.search));
      const open = (await openQuestions(records)).filter(({ passedOn }) => !passedOn);
      await each(open, async (question) => {
        if ((await answerTo(base.search, question)) !== undefined) await records.remove(question.kept.in, question.kept.id);
      });
      looked = { base, at };
      return waiting.length;
    },
  };
}

import { NAMES, WORDS } from "#core/flows/my-data-words.ts";
import type { Scene } from "#core/step.ts";
import { ticketNumber } from "#core/ticket.ts";
import { minutesAt, timeOf } from "#text/clock.ts";
import { dateInWords, dayAt } from "#text/dates.ts";

type Stored = Readonly<Record<string, unknown>>;
type Named = Partial<Record<keyof typeof NAMES, unknown>>;

/** Marks by which the bot keeps from doing something twice, and copies of what stands elsewhere: nothing of a member's own. */
const INNER = new Set(["told", "calendar-links"]);
const SHOWN = [
  "tickets",
  "unanswered",
  "feedback",
  "comments",
  "awaiting",
  "consents",
  "reminders",
  "subscriptions",
  "calendar-link-of",
] as const;

/**
 * What is stored about a member, as they are to read it: their words and the answers to them, states, times and choices, named in their
 * language. Who of the staff wrote something, and what the bot itself works with, is left out. `stored` is the export of every place where
 * something about a person is kept; of a kind that is not known here it says that there is some.
 */
export function myDataOf(scene: Scene, stored: Stored): Stored {
  const { language, settings, knowledge } = scene;
  const word = (kind: string, code: unknown) => {
    const key = kind === "" ? String(code) : `${kind}.${String(code)}`;
    return code === undefined ? undefined : (WORDS[key]?.[language] ?? code);
  };
  const time = (at: unknown) =>
    typeof at === "number"
      ? dateInWords(`${dayAt(at, settings.timeZone)}T${timeOf(minutesAt(at, settings.timeZone))}`, language)
      : undefined;
  const named = (parts: Named): Stored =>
    Object.fromEntries(
      Object.entries(parts)
        .filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0))
        .map(([name, value]) => [NAMES[name as keyof Named][language], typeof value === "boolean" ? word("is", value) : value]),
    );
  const number = (id: unknown) => (typeof id === "string" ? ticketNumber(id) : undefined);
  const entry = (id: unknown) => knowledge.entry(String(id))?.title[language] ?? id;
  const event = (key: unknown) => knowledge.event(String(key))?.title[language] ?? key;

  const ticket = ({ ticket: held }: Stored): Stored => {
    const { id, question, telephone, follows, openedAt, state, messages, answers, closed } = one(held);
    const { reason, at: closedAt } = one(closed);
    return named({
      number: number(id),
      at: time(openedAt),
      question: question === "" ? undefined : question,
      telephone,
      follows: number(follows),
      state: word("state", state),
      added: each(messages).map(({ at, words, what, seconds }) =>
        named({ at: time(at), words, sent: word("what", what), seconds }),
      ),
      answers: each(answers).map(({ at, words, delivery, before }) =>
        named({
          at: time(at),
          words,
          state: word("delivery", delivery),
          before: each(before).map((was) => named({ at: time(was["at"]), words: was["words"] })),
        }),
      ),
      closedBecause: word("closed", reason),
      closedAt: time(closedAt),
    });
  };
  const subscription = (held: Stored): Stored | undefined => {
    const { topics, city, language: spoken, chat, thread, reminders, weekly, weeklyUntil, paused, consent, changedAt } = held;
    if (topics === undefined) return undefined;
    const { at, textVersion } = one(consent);
    const choices = { topics, city, language: word("", spoken), wantsReminders: reminders, weekly, paused, chat, thread };
    return named({ ...choices, weeklyUntil: time(weeklyUntil), agreedAt: time(at), textVersion, changedAt: time(changedAt) });
  };
  const conversation = ({ address, conversation: held, owed }: Stored): Stored => {
    const { taken, question, subject } = one(held);
    const { chat, thread } = one(address);
    return named({
      chat,
      thread,
      lastQuestion: question,
      lastSubject: one(subject)["question"],
      notYetPassedOn: each(owed).flatMap((debt) => wordsOwed(one(one(debt["owed"])["effect"]))),
      messageIds: taken,
    });
  };

  const conversations = each(stored["conversations"]).filter((held) => held["conversation"] !== undefined);
  const person = one(each(stored["conversations"]).find((held) => held["person"] !== undefined)?.["person"]);
  const records = each(stored["records"]);
  const of = (collection: (typeof SHOWN)[number]) =>
    records.filter((record) => record["collection"] === collection).map(({ value }) => one(value));
  const address = one(conversations.find((held) => held["address"] !== undefined)?.["address"]);
  const known = new Set<unknown>([...SHOWN, ...INNER]);
  return named({
    account: address["person"] === undefined ? undefined : named({ platform: address["channel"], person: address["person"] }),
    language: word("", person["language"]),
    // Of two copies the person's own is the one that was chosen last.
    announcements: subscription(one(person["subscription"] ?? of("subscriptions")[0]?.["subscription"])),
    passedOn: of("tickets").map(ticket),
    unanswered: of("unanswered").map(({ at, question, language: spoken, passedOn }) =>
      named({ at: time(at), question, language: word("", spoken), forStaff: passedOn }),
    ),
    feedback: of("feedback").map(({ at, entry: id, helpful }) => named({ at: time(at), entry: entry(id), helpful })),
    comments: of("comments").map(({ at, entry: id, missing }) => named({ at: time(at), entry: entry(id), words: missing })),
    awaited: of("awaiting").map(({ at, question, until }) => named({ at: time(at), question, until: time(until) })),
    consents: of("consents").map(({ at, to, textVersion }) => named({ at: time(at), to: word("consent", to), textVersion })),
    reminders: of("reminders").map(({ event: key, on }) => named({ event: event(key), on })),
    received: each(stored["deliveries"]).map(({ state }) => named({ state: word("delivery", state) })),
    // Not the token itself: whoever has it, has the calendar.
    calendar: of("calendar-link-of").some(({ token }) => token !== undefined) || undefined,
    conversations: conversations.map(conversation),
    other: records.map((record) => record["collection"]).filter((collection) => !known.has(collection)),
  });
}

/** What is still to be recorded or passed on of their words. */
function wordsOwed({ kind, question, act }: Stored): unknown[] {
  if (kind === "open-ticket" || kind === "record-unanswered") return [question];
  const { words } = one(act);
  return kind === "tell-desk" && words !== undefined ? [words] : [];
}

function one(value: unknown): Stored {
  return typeof value === "object" && value !== null ? (value as Stored) : {};
}

function each(values: unknown): readonly Stored[] {
  return Array.isArray(values) ? values.map(one) : [];
}

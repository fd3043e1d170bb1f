import type { AfterRun, Announcement } from "#core/announcement.ts";
import type { AudienceSize } from "#core/announcing.ts";
import type { LedgerCounts } from "#core/ledger.ts";
import type { Reply, Text } from "#core/message.ts";
import type { Card, CardButton } from "#core/workspace.ts";
import { writeAbout } from "#staff/about.ts";
import { failedOf, progress } from "#staff/announcement-figures.ts";
import { approvalQuestion, inWords, whenLines } from "#staff/announcement-when.ts";
import type { AnnouncingParts } from "#staff/announcing-parts.ts";
import { audienceInWords } from "#staff/audience-words.ts";
import { LANGUAGES } from "#text/language.ts";

/** What a card shows besides the announcement. */
export interface CardFacts {
  /** How many it would go to; only of a draft. */
  readonly size?: AudienceSize | undefined;
  /** That it goes to those whom earlier ones reached, and nobody knows any more who they are. */
  readonly isUnknown: boolean;
  /** How it stands, once it is under way; `undefined` where that is known no longer. */
  readonly counts?: LedgerCounts | undefined;
  readonly after: readonly { readonly run: AfterRun; readonly counts?: LedgerCounts | undefined }[];
  readonly held?: { readonly by: string } | undefined;
  /** When it goes out, where it has to wait for a decent hour; `calmly`: where it is not approved as urgent. */
  readonly startsAt?: number | undefined;
  readonly startsCalmlyAt?: number | undefined;
  readonly now: number;
  /** Set where its event does not take place; with who cancelled it, where that is known. */
  readonly cancelled?: { readonly by?: string | undefined } | undefined;
}

type Verb =
  | "edit"
  | "approve"
  | "approve-urgent"
  | "take-back"
  | "to-me"
  | "discard"
  | "pause"
  | "resume"
  | "stop"
  | "resend"
  | "correct"
  | "approve-correction"
  | "drop-correction"
  | "withdraw";
const WEIGHTS: Partial<Record<Verb, "primary" | "danger">> = {
  approve: "primary",
  "approve-correction": "primary",
  discard: "danger",
  stop: "danger",
  withdraw: "danger",
};
export const NEWS = "news";

type CardParts = Pick<AnnouncingParts, "language" | "timeZone" | "say" | "knowledge"> & {
  readonly views: Pick<AnnouncingParts["views"], "preview">;
};

/** The card of an announcement: whom it goes to, as what, how far it is, and what can be done. */
export function announcementCard(parts: CardParts, announcement: Announcement, facts: CardFacts): Card {
  const { language } = parts;
  const { text, correction, audience, event = "" } = announcement;
  // The title of such news says already what they are.
  const toldOf = audience.of === "told" ? parts.knowledge().event(event) : undefined;
  const shown = correction === undefined ? announcement : { ...announcement, text: correction.text };
  return {
    language,
    title: { key: `newsCard.title-${announcement.news}`, values: { title: toldOf?.title[language] ?? text.tr.title } },
    paragraphs: [stateOf(parts, announcement, facts), ...progress(announcement, facts), ...previews(parts, shown)],
    fields: [
      { label: { key: "newsCard.audience" }, value: { words: audienceInWords(parts, announcement, facts) } },
      { label: { key: "newsCard.when" }, value: { words: whenOf(parts, announcement, facts) } },
    ],
    notes: [
      { key: "newsCard.by", values: { by: announcement.author } },
      ...(announcement.approver === undefined
        ? []
        : [{ key: "newsCard.approvedBy", values: { by: announcement.approver } } as const]),
      ...(announcement.urgent ? [{ key: "newsCard.urgent" } as const] : []),
      ...(facts.held === undefined ? [] : [{ key: "newsCard.held", values: { by: facts.held.by } } as const]),
    ],
    buttons: verbsOf(announcement, facts).map((verb) =>
      buttonFor(announcement, verb, questionOf(parts, announcement, facts, verb)),
    ),
  };
}

function stateOf(
  parts: CardParts,
  { state, audience, sendAt, correction, after = [] }: Announcement,
  { counts, cancelled, startsAt }: CardFacts,
): Text {
  if (cancelled !== undefined)
    return cancelled.by === undefined
      ? { key: "newsCard.eventCancelled" }
      : { key: "newsCard.eventCancelledBy", values: { by: cancelled.by } };
  if (correction !== undefined) return { key: "newsCard.correctionWaits", values: { by: correction.by } };
  const last = after.at(-1);
  // News of an event is approved with its change: one that waits lost its approver in between.
  if (state === "draft" && audience.of === "told") return { key: "newsCard.toldDraft" };
  if (last !== undefined) return { key: `newsCard.${last.does}-${last.done ? "done" : "going"}` };
  if (state === "scheduled" && sendAt !== undefined)
    return { key: "newsCard.scheduledAt", values: { when: inWords(startsAt ?? sendAt, parts) } };
  if (state === "sending" && counts !== undefined && counts.sent + counts.uncertain + failedOf(counts) === 0)
    return startsAt === undefined
      ? { key: "newsCard.waiting" }
      : { key: "newsCard.quiet", values: { when: inWords(startsAt, parts) } };
  return { key: `newsCard.${state}` };
}

/** In both languages, as readers get it; the words of its buttons stand in brackets. */
function previews({ say, views }: CardParts, announcement: Announcement): Text[] {
  return LANGUAGES.flatMap((language): Text[] => {
    const reply = views.preview(announcement, language);
    return [{ key: `newsCard.preview-${language}` }, { words: inPlainWords(reply, (text) => say(text, language)) }];
  });
}

function inPlainWords(reply: Reply, say: (text: Text) => string): string {
  if (reply.kind !== "announcement") return "";
  const buttons = reply.buttons.map((button) => `[${say({ key: `button.${button}` })}]`).join(" ");
  return [...reply.paragraphs.map(say), buttons].filter((line) => line !== "").join("\n");
}

function whenOf(parts: CardParts, announcement: Announcement, { startsAt }: CardFacts): string {
  const lines = whenLines(announcement, announcement.state === "sending" ? undefined : startsAt, parts);
  return lines.map((line) => parts.say(line, parts.language)).join("\n");
}

function verbsOf(
  { state, urgent, audience, correction, after = [], resending }: Announcement,
  { counts, after: runs, cancelled }: CardFacts,
): Verb[] {
  if (cancelled !== undefined) return ["edit", "discard"];
  if (correction !== undefined) return ["approve-correction", "to-me", "drop-correction"];
  switch (state) {
    case "draft":
      return ["approve", ...(urgent ? (["approve-urgent"] as const) : []), "edit", "to-me", "discard"];
    case "scheduled":
      return ["to-me", ...(audience.of === "told" ? [] : (["take-back"] as const)), "discard"];
    case "sending":
      return ["pause", "stop"];
    case "paused":
      return ["resume", "stop"];
    case "stopped":
    case "done": {
      if (resending === true || after.some(({ done }) => !done)) return [];
      if (after.some(({ does }) => does === "withdraw")) return (runs.at(-1)?.counts?.uncertain ?? 0) > 0 ? ["withdraw"] : [];
      const uncertain = state === "done" && (counts?.uncertain ?? 0) > 0;
      return [...(uncertain ? (["resend"] as const) : []), "correct", "withdraw"];
    }
    case "discarded":
      return [];
  }
}

/** What reaches many at once, or cannot be undone, is asked for once more. */
function questionOf(parts: CardParts, announcement: Announcement, facts: CardFacts, verb: Verb): CardButton["confirm"] {
  switch (verb) {
    case "approve":
      return approvalQuestion(announcement, { ...facts, startsAt: facts.startsCalmlyAt }, parts);
    case "approve-urgent":
      return approvalQuestion(announcement, facts, parts);
    case "discard":
    case "stop":
      return { text: { key: `newsConfirm.${verb}` }, yes: { key: `newsButton.${verb}` } };
    default:
      return undefined;
  }
}

function buttonFor({ id, history }: Announcement, verb: Verb, confirm: CardButton["confirm"]): CardButton {
  const revision = history.filter(({ did }) => did === "write" || did === "edit" || did === "correct").length;
  return {
    label: { key: `newsButton.${verb}` },
    action: `${NEWS}-${verb}`,
    value: writeAbout({ announcement: id, revision: String(revision) }),
    ...(WEIGHTS[verb] === undefined ? {} : { weight: WEIGHTS[verb] }),
    ...(confirm === undefined ? {} : { confirm }),
  };
}

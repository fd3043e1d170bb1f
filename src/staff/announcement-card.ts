import type { AfterRun, Announcement } from "#core/announcement.ts";
import type { AudienceSize } from "#core/announcing.ts";
import type { LedgerCounts } from "#core/ledger.ts";
import type { Reply, Text } from "#core/message.ts";
import type { Card, CardButton } from "#core/workspace.ts";
import { writeAbout } from "#staff/about.ts";
import { audienceInWords } from "#staff/audience-words.ts";
import type { AnnouncingParts } from "#staff/announcing-parts.ts";
import { dateInWords, dayAt } from "#text/dates.ts";
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
  /** Set where its event does not take place; with who cancelled it, where that is known. */
  readonly cancelled?: { readonly by?: string | undefined } | undefined;
}

type Verb =
  | "edit"
  | "approve"
  | "approve-urgent"
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
  const { text, correction } = announcement;
  const shown = correction === undefined ? announcement : { ...announcement, text: correction.text };
  return {
    language,
    title: { key: `newsCard.title-${announcement.news}`, values: { title: text.tr.title } },
    paragraphs: [stateOf(parts, announcement, facts), ...progress(announcement, facts), ...previews(parts, shown)],
    fields: [
      { label: { key: "newsCard.audience" }, value: { words: audienceInWords(parts, announcement, facts) } },
      { label: { key: "newsCard.when" }, value: whenOf(parts, announcement) },
    ],
    notes: [
      { key: "newsCard.by", values: { by: announcement.author } },
      ...(announcement.approver === undefined
        ? []
        : [{ key: "newsCard.approvedBy", values: { by: announcement.approver } } as const]),
      ...(announcement.urgent ? [{ key: "newsCard.urgent" } as const] : []),
      ...(facts.held === undefined ? [] : [{ key: "newsCard.held", values: { by: facts.held.by } } as const]),
    ],
    buttons: verbsOf(announcement, facts).map((verb) => buttonFor(announcement, verb)),
  };
}

function stateOf(
  { timeZone, language }: CardParts,
  { state, audience, sendAt, correction, after = [] }: Announcement,
  { counts, cancelled }: CardFacts,
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
    return { key: "newsCard.scheduledAt", values: { when: inWords(sendAt, timeZone, language) } };
  if (state === "sending" && counts !== undefined && counts.sent + counts.uncertain + failedOf(counts) === 0)
    return { key: "newsCard.waiting" };
  return { key: `newsCard.${state}` };
}

/** How far each run is, in figures. */
function progress({ state }: Announcement, { counts, after, isUnknown }: CardFacts): Text[] {
  const lines: Text[] = isUnknown ? [{ key: "newsCard.unknown" }] : [];
  if (state === "draft" || state === "scheduled" || state === "discarded") return lines;
  // No figures then: that nobody is known is not that there was nobody.
  if (counts === undefined) return [...lines, { key: "figures.gone" }];
  if (!isUnknown) lines.push(...figures(counts, "sent"));
  for (const { run, counts: own } of after) if (own !== undefined) lines.push(...figures(own, run.does));
  return lines;
}

function figures(counts: LedgerCounts, does: "sent" | AfterRun["does"]): Text[] {
  const { pending, claimed, sending, sent, failed, uncertain, erased, unsent } = counts;
  const left = pending + claimed + sending;
  const all = left + sent + failedOf(counts) + uncertain + erased + unsent;
  const why = (["gone", "refused", "left"] as const).filter((reason) => failed[reason] > 0);
  return [
    { key: `figures.${does}`, values: { sent, all, left } },
    ...why.map((reason): Text => ({
      key: does === "sent" ? `figures.failed-${reason}` : `figures.not-${reason}`,
      values: { count: failed[reason] },
    })),
    ...(unsent === 0 ? [] : [{ key: "figures.unsent", values: { count: unsent } } as const]),
    ...(uncertain === 0 ? [] : [{ key: "figures.uncertain", values: { count: uncertain } } as const]),
  ];
}

function failedOf({ failed }: LedgerCounts): number {
  return failed.gone + failed.refused + failed.left;
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

function whenOf({ timeZone, language }: CardParts, { sendAt }: Announcement): Text {
  return sendAt === undefined ? { key: "newsCard.onceApproved" } : { words: inWords(sendAt, timeZone, language) };
}

/** A moment on the clocks of Türkiye. */
function inWords(moment: number, timeZone: string, language: "tr" | "en"): string {
  const time = new Intl.DateTimeFormat("sv-SE", { timeZone, timeStyle: "short" }).format(moment);
  return dateInWords(`${dayAt(moment, timeZone)}T${time}`, language);
}

function verbsOf(
  { state, urgent, correction, after = [], resending }: Announcement,
  { counts, after: runs, cancelled }: CardFacts,
): Verb[] {
  if (cancelled !== undefined) return ["edit", "discard"];
  if (correction !== undefined) return ["approve-correction", "to-me", "drop-correction"];
  switch (state) {
    case "draft":
      return ["approve", ...(urgent ? (["approve-urgent"] as const) : []), "edit", "to-me", "discard"];
    case "scheduled":
      return ["to-me", "discard"];
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

function buttonFor({ id, history }: Announcement, verb: Verb): CardButton {
  const revision = history.filter(({ did }) => did === "write" || did === "edit" || did === "correct").length;
  return {
    label: { key: `newsButton.${verb}` },
    action: `${NEWS}-${verb}`,
    value: writeAbout({ announcement: id, revision: String(revision) }),
    ...(WEIGHTS[verb] === undefined ? {} : { weight: WEIGHTS[verb] }),
  };
}

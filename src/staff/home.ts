import type { Text } from "#core/message.ts";
import { ticketNumber } from "#core/ticket.ts";
import type { CardButton, HomeSection } from "#core/workspace.ts";
import type { AnnouncingParts } from "#staff/announcing-parts.ts";
import type { StaffParts } from "#staff/parts.ts";
import { unansweredSection } from "#staff/unanswered.ts";
import { fit } from "#text/split.ts";

const MOST_LISTED = 20;
/** So that all that are listed fit on the page; the card has the whole. */
const LONGEST_QUESTION = 150;

/** That the desk's channel cannot be worked in, in plain words; nothing where it can. */
export function troubleSections({ trouble }: Pick<StaffParts, "trouble">): HomeSection[] {
  const found = trouble();
  if (found === undefined) return [];
  const paragraphs: Text[] = [{ key: `staffHome.trouble-${found.is}` }, { key: "staffHome.kept" }];
  return [{ title: { key: "staffHome.trouble" }, paragraphs }];
}

interface Waiting extends Pick<StaffParts, "language" | "say" | "unanswered"> {
  readonly desk: Pick<StaffParts["desk"], "waiting" | "waitingCount">;
  readonly entries: Pick<StaffParts["entries"], "drafts">;
}

export const HOLD = "hold";
export const BEGIN = "begin";

/** What staff can begin, and by which commands. */
export function workSection(): HomeSection {
  const button = (what: "news" | "event" | "entry"): CardButton => ({
    label: { key: `staffHome.begin-${what}` },
    action: `${BEGIN}-${what}`,
    value: "{}",
  });
  return {
    title: { key: "staffHome.work" },
    paragraphs: [{ key: "staff.help" }],
    buttons: [button("news"), button("event"), button("entry")],
  };
}

/** What waits for somebody: questions, the longest first, drafts, and what found no answer. */
export async function staffSections({
  desk,
  entries,
  language,
  say,
  unanswered,
}: Waiting): Promise<[HomeSection, ...HomeSection[]]> {
  const waiting = await desk.waiting(MOST_LISTED);
  const others = (await desk.waitingCount()) - waiting.length;
  const drafts = await entries.drafts(MOST_LISTED);
  const questions = waiting.map(({ id, question, claimedBy }): Text => {
    const asked = question === "" ? say({ key: "card.noWords" }, language) : fit(question.replace(/\s+/g, " "), LONGEST_QUESTION);
    const values = { number: ticketNumber(id), question: asked };
    return claimedBy === undefined
      ? { key: "staffHome.question", values }
      : { key: "staffHome.questionOf", values: { ...values, by: claimedBy } };
  });
  if (others > 0) questions.push({ key: "staffHome.more", values: { count: others } });
  const titles = drafts.flatMap(({ versions }): Text[] => {
    const last = versions.at(-1);
    const title = last?.entry?.title[language];
    return last === undefined || title === undefined ? [] : [{ key: "staffHome.draft", values: { title, by: last.by } }];
  });
  return [
    {
      title: { key: "staffHome.questions" },
      paragraphs: questions.length === 0 ? [{ key: "staffHome.noQuestions" }] : questions,
    },
    { title: { key: "staffHome.drafts" }, paragraphs: titles.length === 0 ? [{ key: "staffHome.noDrafts" }] : titles },
    unansweredSection(await unanswered()),
  ];
}

/** Announcements under way with the press that holds all sending, and events that wait for an approval. */
export async function newsSections({
  announcements,
  events,
  hold,
  language,
  say,
}: Pick<AnnouncingParts, "announcements" | "events" | "hold" | "language" | "say">): Promise<HomeSection[]> {
  const [open, held] = [await announcements.open(), await hold.held()];
  const lines = open.slice(0, MOST_LISTED).map(({ text, state, author }): Text => {
    return { key: `staffHome.news-${state}`, values: { title: text.tr.title, by: author } };
  });
  const button: CardButton =
    held === undefined
      ? { label: { key: "hold.hold" }, action: `${HOLD}-all`, value: "{}", weight: "danger" }
      : { label: { key: "hold.goOn" }, action: `${HOLD}-none`, value: "{}" };
  const drafts = (await events.drafts(MOST_LISTED)).flatMap(({ versions }): Text[] => {
    const last = versions.at(-1);
    if (last === undefined) return [];
    const title = say({ key: `eventCard.title-${last.change}`, values: { title: last.event.title[language] } }, language);
    return [{ key: "staffHome.draft", values: { title, by: last.by } }];
  });
  return [
    {
      title: { key: "staffHome.news" },
      paragraphs: [
        ...(held === undefined ? [] : [{ key: "newsCard.held", values: { by: held.by } } as const]),
        ...(lines.length === 0 ? [{ key: "staffHome.noNews" } as const] : lines),
      ],
      buttons: [button],
    },
    { title: { key: "staffHome.events" }, paragraphs: drafts.length === 0 ? [{ key: "staffHome.noEvents" }] : drafts },
  ];
}

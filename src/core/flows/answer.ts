import type { Entry, Source } from "#core/entry.ts";
import { calendarOptions } from "#core/flows/calendar.ts";
import { reminderOptions } from "#core/flows/reminders.ts";
import { wayOn } from "#core/flows/offer.ts";
import type { Option, Text } from "#core/message.ts";
import type { Candidate } from "#core/search.ts";
import type { Scene, Step } from "#core/step.ts";
import { CHAT, button, choices, listed, text } from "#core/step.ts";
import { dateInWords, dayAt } from "#text/dates.ts";

const MOST_RELATED = 3;
/** Tells how to get announcements and how to leave: both are a press away. */
const ON_ANNOUNCEMENTS = "duyurulara-abonelik";
/** How the title of a source ends whose page is only kept in a web archive; said in the reader's language. */
const ARCHIVED = " (arşiv kopyası)";

/** Answers with an entry: title, answer, sources with their dates, and what to press next. */
export function answerWith(
  scene: Scene,
  entry: Entry,
  found: { confidence: number; candidates: readonly Candidate[] },
  question?: string,
): Step {
  if (entry.topic === "service") return serve(scene, entry);
  const asked = question ?? entry.title[scene.language];
  const shown = shownAnswer(scene, entry);
  return {
    replies: [choices(scene, shown.paragraphs, shown.options)],
    remember: {
      subject: { question: asked, entries: [entry.id], at: scene.now, shown: entry.id },
      // Answered, so there is nothing left of it to hand on.
      ...(question === undefined ? {} : { question: undefined }),
    },
    outcome: { is: "answer", entry: entry.id, ...found },
  };
}

/** What an answer shows: title, answer, sources, and what to press next. */
export function shownAnswer(
  scene: Scene,
  entry: Entry,
): { readonly paragraphs: readonly Text[]; readonly options: readonly Option[] } {
  return { paragraphs: paragraphs(scene, entry), options: options(scene, entry) };
}

/** Says what a service entry says: about the bot itself, so there is no source to show. */
export function serve(scene: Scene, entry: Entry): Step {
  const gets = (scene.person.subscription?.topics ?? []).length > 0 && scene.chat?.is === "own";
  const leave = gets ? [button("button.leaveAll", { act: "leave-all" })] : [];
  const choose = entry.id === ON_ANNOUNCEMENTS ? [button("button.announcements", { act: "announcements" }), ...leave] : [];
  return { replies: [choices(scene, [{ words: entry.answer[scene.language].trim() }], [...choose, ...wayOn()])], outcome: CHAT };
}

function paragraphs(scene: Scene, entry: Entry): Text[] {
  const { language } = scene;
  const today = dayAt(scene.now, scene.settings.timeZone);
  const shown: Text[] = [{ words: entry.title[language] }, { words: entry.answer[language].trim() }];
  if (entry.deadline !== undefined) {
    const passed = entry.deadline < today;
    shown.push(text(passed ? "answer.deadlinePassed" : "answer.deadline", { date: dateInWords(entry.deadline, language) }));
  }
  shown.push(...entry.sources.map((source) => sourceLine(scene, source)));
  const date = entry.asOf === undefined ? undefined : dateInWords(entry.asOf, language);
  if (entry.review !== undefined && entry.review < today) {
    shown.push(date === undefined ? text("answer.staleUndated") : text("answer.stale", { date }));
  } else if (date !== undefined) {
    shown.push(text("answer.asOf", { date }));
  }
  if (entry.basis !== undefined) shown.push(text("answer.basis", { basis: entry.basis[language] }));
  return shown;
}

/** Names a source with the date that it bears, or on which it was read. */
export function sourceLine({ language }: Pick<Scene, "language">, source: Source): Text {
  const archived = source.title.endsWith(ARCHIVED);
  const title = archived ? source.title.slice(0, -ARCHIVED.length) : source.title;
  const date = dateInWords(source.date ?? source.read ?? "", language);
  const key = source.date === undefined ? "answer.sourceRead" : "answer.source";
  const line = text(archived ? `${key}Archived` : key, { title, date });
  return source.url === undefined ? line : { ...line, url: source.url };
}

function options(scene: Scene, entry: Entry): Option[] {
  const event = scene.knowledge.event(entry.event ?? "");
  return [
    button("button.helpful", { act: "rate", entry: entry.id, helpful: true }),
    button("button.notHelpful", { act: "rate", entry: entry.id, helpful: false }),
    ...calendarOptions(scene, [event]),
    ...reminderOptions(scene, event),
    ...relatedOptions(scene, entry),
  ];
}

/** Entries to go on to. */
export function relatedOptions(scene: Scene, entry: Entry): Option[] {
  const related = entry.related.flatMap((id) => scene.knowledge.entry(id) ?? []).slice(0, MOST_RELATED);
  return related.map((each) => ({ ...listed(each.title[scene.language], { act: "answer", entry: each.id }), listed: false }));
}

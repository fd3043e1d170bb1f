import type { Scene, Step } from "#core/step.ts";
import { CHAT, button, choices, say, text } from "#core/step.ts";
import { dateInWords, dayAt } from "#text/dates.ts";

const DAY_MS = 86_400_000;

interface KeptConversation {
  readonly person?: { readonly subscription?: { readonly topics?: readonly string[] } };
  readonly conversation?: { readonly taken?: readonly string[]; readonly question?: string; readonly subject?: object };
}

interface KeptRecord {
  readonly collection?: string;
}

/** The short privacy notice; the controller's name and contact come from the installation. */
export function privacyNotice(scene: Scene): Step {
  const { controller, retentionDays, desk } = scene.settings;
  const who = controller === undefined ? text("privacy.noController") : text("privacy.controller", { ...controller });
  const rest = [
    text("privacy.what"),
    text(desk === undefined ? "privacy.transfer" : "handOver.transfer"),
    text("privacy.period", { days: retentionDays }),
    text("privacy.rights"),
  ];
  return { replies: [say(scene, text("privacy.title"), who, ...rest)], outcome: CHAT };
}

/** Asks for everything stored about the person; it arrives as a notice. */
export function askMyData(): Step {
  return { replies: [], effects: [{ kind: "export-my-data" }], outcome: CHAT };
}

/** Everything stored about the person: how much of what and until when, and all of it as a document of theirs. */
export function showMyData(scene: Scene, json: string): Step {
  const { language, now, settings } = scene;
  const until = dateInWords(dayAt(now + settings.retentionDays * DAY_MS, settings.timeZone), language);
  const kept = readKept(json);
  const document = {
    kind: "document",
    language,
    caption: text(kept.question ? "myData.summaryWithQuestion" : "myData.summary", { ...kept.counts, until }),
    name: language === "tr" ? "verilerim.json" : "my-data.json",
    content: json,
  } as const;
  return { replies: [document], outcome: CHAT };
}

interface Kept {
  readonly counts: Readonly<Record<"messages" | "questions" | "feedback" | "topics", number>>;
  /** Whether the last question is among it. */
  readonly question: boolean;
}

function readKept(json: string): Kept {
  const kept = JSON.parse(json) as { conversations?: readonly KeptConversation[]; records?: readonly KeptRecord[] };
  const recorded = (collection: string) => (kept.records ?? []).filter((record) => record.collection === collection).length;
  const messages = (kept.conversations ?? []).reduce((sum, each) => sum + (each.conversation?.taken?.length ?? 0), 0);
  const question = (kept.conversations ?? []).some(
    ({ conversation }) => (conversation?.question ?? conversation?.subject) !== undefined,
  );
  const topics = (kept.conversations ?? []).reduce((sum, { person }) => sum + (person?.subscription?.topics?.length ?? 0), 0);
  const questions = recorded("unanswered") + recorded("tickets");
  return { counts: { messages, questions, feedback: recorded("feedback"), topics }, question };
}

export function confirmDeletion(scene: Scene): Step {
  const options = [button("button.delete", { act: "delete-my-data" }), button("button.cancel", { act: "cancel" })];
  return {
    replies: [choices(scene, [text(scene.settings.desk === undefined ? "deletion.warning" : "handOver.deletion")], options)],
    outcome: CHAT,
  };
}

export function deleteMyData(scene: Scene): Step {
  return { replies: [], effects: [{ kind: "delete-my-data", language: scene.language }], settlesOffer: true, outcome: CHAT };
}

import { myDataOf } from "#core/flows/my-data.ts";
import type { Scene, Step } from "#core/step.ts";
import { CHAT, button, choices, say, text } from "#core/step.ts";
import { dateInWords, dayAt } from "#text/dates.ts";
import { readableJson } from "#text/json.ts";

const DAY_MS = 86_400_000;

interface KeptConversation {
  readonly person?: { readonly subscription?: { readonly topics?: readonly string[] } };
  readonly conversation?: { readonly taken?: readonly string[]; readonly question?: string; readonly subject?: object };
}

interface KeptRecord {
  readonly collection?: string;
}

/** The export of all places where something about a person is kept, as far as it is counted here. */
interface Stored {
  readonly conversations?: readonly KeptConversation[];
  readonly records?: readonly KeptRecord[];
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

/** How much of what is stored about the person and until when, and a document of theirs that holds it. */
export function showMyData(scene: Scene, json: string): Step {
  const { language, now, settings } = scene;
  const until = dateInWords(dayAt(now + settings.retentionDays * DAY_MS, settings.timeZone), language);
  const stored = JSON.parse(json) as Stored;
  const kept = readKept(stored);
  const document = {
    kind: "document",
    language,
    caption: text(kept.question ? "myData.summaryWithQuestion" : "myData.summary", { ...kept.counts, until }),
    name: language === "tr" ? "verilerim.json" : "my-data.json",
    content: readableJson(myDataOf(scene, { ...stored })),
  } as const;
  return { replies: [document], outcome: CHAT };
}

interface Kept {
  readonly counts: Readonly<Record<"messages" | "questions" | "feedback" | "topics", number>>;
  /** Whether the last question is among it. */
  readonly question: boolean;
}

function readKept(kept: Stored): Kept {
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

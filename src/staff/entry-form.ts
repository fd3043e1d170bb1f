import { TOPICS } from "#core/entry.ts";
import type { Text } from "#core/message.ts";
import type { Form, FormField } from "#core/workspace.ts";
import { type About, writeAbout } from "#staff/about.ts";
import { FIELDS, OWNER, TOPIC, USUAL_OWNER, type Values } from "#staff/entry-values.ts";
import type { StaffParts } from "#staff/parts.ts";

export const ENTRY = "entry";
/** Files hold these; what is said about the bot itself is no matter of the desk. */
const CHOSEN_TOPICS = TOPICS.filter((topic) => topic !== "service");

/** Those that have words; whoever keeps files may name others. */
const UNITS = ["bilgi-hizmeti", "dis-iliskiler", "egitim", "etkinlik", "genel-sekreterlik", "hukuk"] as const;

function unitInWords(owner: string): Text {
  const unit = UNITS.find((each) => each === owner);
  return unit === undefined ? { words: owner } : { key: `unit.${unit}` };
}

/** The form of an entry, with what is known of it already. `notes` stand above its fields. */
export function entryForm(
  { language, knowledge }: Pick<StaffParts, "language" | "knowledge">,
  about: About,
  values: Values,
  notes: readonly Text[],
): Form {
  const fields = FIELDS.map((field): FormField => ({
    ...field,
    kind: "text",
    label: { key: `entry.${field.id}` },
    hint: { key: `entryHint.${field.id}` },
    value: values[field.id]?.[0] ?? "",
  }));
  const topic: FormField = {
    kind: "choice",
    id: TOPIC,
    label: { key: "entry.topic" },
    options: CHOSEN_TOPICS.map((value) => ({ label: { key: `topic.${value}` }, value })),
    chosen: values[TOPIC] ?? [],
  };
  const [owner = USUAL_OWNER] = values[OWNER] ?? [];
  const known = CHOSEN_TOPICS.flatMap((each) => knowledge().entriesOf(each, language)).map((entry) => entry.owner);
  const unit: FormField = {
    kind: "choice",
    id: OWNER,
    label: { key: "entry.owner" },
    hint: { key: "entryHint.owner" },
    options: [...new Set([USUAL_OWNER, owner, ...known])].toSorted().map((value) => ({ label: unitInWords(value), value })),
    chosen: [owner],
  };
  return {
    language,
    name: ENTRY,
    about: writeAbout(about),
    title: { key: about.entry === undefined ? "entry.form" : "entry.edit" },
    paragraphs: notes,
    fields: [topic, ...fields, unit],
    send: { key: about.seen === undefined ? "entry.check" : "entry.propose" },
    cancel: { key: "staff.cancel" },
  };
}

import { ANNOUNCED_TOPICS } from "#core/subscription.ts";
import type { FormField, Submission } from "#core/workspace.ts";

/** The fields that the forms of announcements and of events share. */
type Values = Submission["values"];

export function topicsField(values: Values): FormField {
  return {
    kind: "choices",
    id: "topics",
    label: { key: "newsField.topics" },
    options: ANNOUNCED_TOPICS.map((value) => ({ label: { key: `topic.${value}` }, value })),
    chosen: values["topics"] ?? [],
  };
}

export function cityField(cities: readonly string[], values: Values): FormField {
  return {
    kind: "choice",
    id: "city",
    label: { key: "newsField.city" },
    hint: { key: "newsField.cityHint" },
    optional: true,
    options: cities.map((city) => ({ label: { words: city }, value: city })),
    chosen: values["city"] ?? [],
  };
}

export function urgentField(values: Values): FormField {
  return {
    kind: "choices",
    id: "urgent",
    label: { key: "announce.urgent" },
    hint: { key: "announceHint.urgent" },
    optional: true,
    options: [{ label: { key: "announce.isUrgent" }, value: "yes" }],
    chosen: values["urgent"] ?? [],
  };
}

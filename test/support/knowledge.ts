import type { KnowledgeBase } from "#core/knowledge-base.ts";
import type { Settings } from "#core/step.ts";
import { createKnowledgeBase } from "#knowledge/base.ts";
import { loadKnowledge } from "#knowledge/load.ts";

/** The day the tests live on, whatever the calendar says. */
export const TODAY = Date.parse("2026-11-24T09:00:00Z");

export const SETTINGS: Settings = { defaultLanguage: "tr", timeZone: "Europe/Istanbul", retentionDays: 90 };

let loaded: Promise<KnowledgeBase> | undefined;

/** The project's own knowledge base, loaded once. */
export function knowledge(): Promise<KnowledgeBase> {
  loaded ??= loadKnowledge(process.env["KNOWLEDGE_DIR"] ?? "knowledge").then(createKnowledgeBase);
  return loaded;
}

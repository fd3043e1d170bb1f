import type { KnowledgeBase } from "#core/knowledge-base.ts";
import type { Text } from "#core/message.ts";
import type { StaffDesk } from "#core/staff.ts";
import type { Form, Workspace } from "#core/workspace.ts";
import type { Members } from "#staff/members.ts";
import type { Language } from "#text/language.ts";

/** What the parts of this room share. */
export interface StaffParts {
  readonly workspace: Workspace;
  readonly desk: StaffDesk;
  readonly members: Members;
  readonly knowledge: () => KnowledgeBase;
  /** The desk's channel. */
  readonly channel: string;
  /** The language that staff read. */
  readonly language: Language;
  /** Words a text, for what is shown in the member's language. */
  readonly say: (text: Text, language: Language) => string;
}

/** A form that only says something. */
export function notice({ language }: Pick<StaffParts, "language">, title: Text, text: Text): Form {
  return { language, name: "notice", about: "-", title, paragraphs: [text], fields: [], cancel: { key: "staff.done" } };
}

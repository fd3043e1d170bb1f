import type { Entry } from "#core/entry.ts";
import type { KnowledgeBase } from "#core/knowledge-base.ts";
import type { Text } from "#core/message.ts";
import type { Alike, AskedGroup, Change, StaffDesk, StaffEntries } from "#core/staff.ts";
import type { ChannelTrouble, Form, Workspace } from "#core/workspace.ts";
import type { Members } from "#staff/members.ts";
import type { Pages } from "#core/pages.ts";
import type { Language } from "#text/language.ts";

/** What the parts of this room share. */
export interface StaffParts {
  readonly workspace: Workspace;
  readonly desk: StaffDesk;
  readonly members: Members;
  readonly pages: Pick<Pages, "shown">;
  readonly knowledge: () => KnowledgeBase;
  readonly entries: StaffEntries;
  /** Brings those who may approve up to date. False where it cannot be told whether this person may. */
  readonly refreshApprovers: (person: string) => Promise<boolean>;
  /** What keeps an entry from being published, each with the path of its field before a colon. */
  readonly problemsOf: (entry: Entry) => readonly string[];
  /** Entries that may say the same. */
  readonly alike: (entry: Entry) => readonly Alike[];
  /** What a draft would change: how many questions, and the first of them; nothing where it was decided. */
  readonly changes: (entry: string) => Promise<{ readonly count: number; readonly first: readonly Change[] } | undefined>;
  /** What was asked and found no answer, what was asked most first. */
  readonly unanswered: () => Promise<readonly AskedGroup[]>;
  /** Shows at once what was proposed or decided; what fails is shown later. */
  readonly showDrafts: () => void;
  /** What stands against the desk's channel now. */
  readonly trouble: () => ChannelTrouble | undefined;
  readonly now: () => number;
  readonly timeZone: string;
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

import type { Address, Reply, Text } from "#core/message.ts";
import type { MessageReference } from "#core/message.ts";
import type { Delivery, Sent } from "#core/ports.ts";
import type { Language } from "#text/language.ts";

/** A button on a card; what it carries comes back with the press, as it was given. */
export interface CardButton {
  readonly label: Text;
  /** Small letters, digits and dashes. */
  readonly action: string;
  /** A reference, not a content: at most 1,500 characters. */
  readonly value: string;
  readonly weight?: "primary" | "danger";
  /** Asked before the press counts, by the platform itself. */
  readonly confirm?: { readonly text: Text; readonly yes: Text };
}

/**
 * What staff see in a channel, changed in place as things go on. In a text named by its key, a value called `by` that is a person's id is
 * shown as their name.
 */
export interface Card {
  readonly language: Language;
  readonly title?: Text;
  readonly paragraphs: readonly Text[];
  readonly fields?: readonly { readonly label: Text; readonly value: Text }[];
  /** Small print under it. */
  readonly notes?: readonly Text[];
  readonly buttons?: readonly CardButton[];
  /** In a thread: shown in the channel as well. */
  readonly aloud?: boolean;
  /** Named so that they are called: their ids. */
  readonly calls?: readonly string[];
}

interface Field {
  readonly id: string;
  readonly label: Text;
  readonly hint?: Text;
  readonly optional?: boolean;
}

export type FormField =
  | (Field & { readonly kind: "text"; readonly lines: "one" | "many"; readonly value?: string; readonly most?: number })
  | (Field & {
      readonly kind: "choice" | "choices";
      readonly options: readonly { readonly label: Text; readonly value: string }[];
      readonly chosen?: readonly string[];
    });

/** A form that opens at once, over whatever its reader looks at. */
export interface Form {
  readonly language: Language;
  /** Names the form; comes back with its submission. */
  readonly name: string;
  /** What it is about: a reference, comes back as it was given; at most 3,000 characters. */
  readonly about: string;
  readonly title: Text;
  readonly paragraphs: readonly Text[];
  /** Under the paragraphs; what they open lies over this form. */
  readonly buttons?: readonly CardButton[];
  readonly fields: readonly FormField[];
  /** Absent where there is nothing to send. */
  readonly send?: Text;
  readonly cancel: Text;
}

/** Whoever did something in the workspace. */
export interface Actor {
  readonly person: string;
  /** Of another workspace, met in a shared channel: they may ask, and nothing else. */
  readonly stranger: boolean;
}

/** Opens a form for whoever has just done something. Immediate: within three seconds or not at all, and once. */
export type OpenForm = (form: Form) => Promise<"opened" | "too-late" | "failed">;

export interface Done {
  /** The same id again is the same act. */
  readonly id: string;
  readonly by: Actor;
  readonly open: OpenForm;
}

export interface CardPress extends Done {
  readonly action: string;
  readonly value: string;
  readonly place: Place;
  /** The card that was pressed. */
  readonly card: MessageReference;
}

export interface Submission extends Done {
  readonly form: string;
  readonly about: string;
  /** By field id; several where several were chosen. A field left empty is missing. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}

/** What becomes of a submitted form: closed, kept open with errors at its fields, or followed by another. */
export type Submitted =
  | { readonly next: "close" }
  | { readonly next: "correct"; readonly language: Language; readonly errors: Readonly<Record<string, Text>> }
  | { readonly next: "show"; readonly form: Form };

export interface WorkspaceCommand extends Done {
  readonly words: string;
  /** It was typed after a command that only staff have. */
  readonly ofStaff: boolean;
  readonly place: Place;
}

/** A channel, or a thread in it. */
export type Place = Pick<Address, "chat" | "thread">;

/**
 * What the desk does with what staff do. Each returns once it is durable: then it is acknowledged. It has less than three seconds, so what
 * takes longer is owed and done afterwards; where it throws, whoever acted is told that it did not work.
 */
export interface Staff {
  pressed(press: CardPress): Promise<void>;
  submitted(submission: Submission): Promise<Submitted>;
  /** False: these words are a question like any other. */
  commanded?(command: WorkspaceCommand): Promise<boolean>;
  /** What stands on the page of somebody who works here, before what everyone finds there; nothing for anybody else. */
  home?(person: string): Promise<readonly HomeSection[]>;
}

/** A part of the page that a person has of their own. */
export interface HomeSection {
  readonly title: Text;
  readonly paragraphs: readonly Text[];
  readonly buttons?: readonly CardButton[];
}

/** Why nobody can be shown anything in a channel, until somebody sets it right. */
export interface ChannelTrouble {
  /** *missing*: deleted, or private without the bot in it. */
  readonly is: "missing" | "archived" | "outside" | "scope" | "token";
  /** The platform's own word for it. */
  readonly code: string;
  /** What to do, for whoever runs the bot. */
  readonly remedy: string;
}

/** Where staff work: cards in channels, forms, notices. */
export interface Workspace {
  /** Whom presses, submissions and commands go to from now on. */
  attend(staff: Staff): void;
  /** Posts once: after an unknown outcome it is looked up by the delivery's id before anything is posted again. */
  post(to: Place, card: Card, delivery: Delivery): Promise<Sent>;
  /** Changes a card in place; safe to repeat. `gone` where it was deleted. */
  update(reference: MessageReference, card: Card): Promise<Sent>;
  /** Takes a card away; one that is not there counts as taken away. */
  remove(reference: MessageReference): Promise<Sent>;
  /** Whether a delivery arrived: its message, "none", or "unknown" where that cannot be told now. */
  find(place: Place, deliveryId: string): Promise<{ readonly reference: MessageReference } | "none" | "unknown">;
  /** Tells one person alone, at once or not at all. */
  notify(person: string, place: Place, language: Language, text: Text): Promise<void>;
  /** Shows one person, in their direct message, what a reply without buttons will look like. Posted once. */
  showTo(person: string, reply: Reply, delivery: Delivery): Promise<Sent>;
  /** Who is in a channel, bots too, or `undefined` where that cannot be told now. */
  memberIds(channel: string): Promise<readonly string[] | undefined>;
  /** Whether somebody is a person of this workspace and no guest of it; "unknown" where that cannot be told now. */
  isFullMember(person: string): Promise<boolean | "unknown">;
  /** Whether the bot can work in a channel: what stands against it, "none", or "unknown" where that cannot be told now. */
  look(channel: string): Promise<ChannelTrouble | "none" | "unknown">;
  /** Of a group of users. */
  group(id: string): Promise<readonly string[] | undefined>;
  /** Shows a person's own page anew. False where it may be shown another time; one that cannot be shown at all is done with. */
  showHome(person: string): Promise<boolean>;
}

/** Where a thread under a message is. */
export function threadUnder(reference: MessageReference): Place {
  const [chat = "", thread = ""] = reference.split("/");
  return { chat, thread };
}

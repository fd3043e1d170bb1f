/** The Block Kit this channel writes; a small part of what there is. https://docs.slack.dev/reference/block-kit/blocks */
export type Block =
  | { readonly type: "section"; readonly text: Mrkdwn | Written; readonly fields?: never }
  | { readonly type: "section"; readonly fields: readonly Mrkdwn[]; readonly text?: never }
  | { readonly type: "header"; readonly text: Plain }
  | { readonly type: "context"; readonly elements: readonly Mrkdwn[] }
  | { readonly type: "actions"; readonly elements: readonly Button[] }
  | { readonly type: "input"; readonly [more: string]: unknown };

export interface Mrkdwn {
  readonly type: "mrkdwn";
  readonly text: string;
  /** Names and channels in it are not looked for. */
  readonly verbatim: true;
}

export interface Plain {
  readonly type: "plain_text";
  readonly text: string;
}

/** Words shown letter for letter: nothing in them is markup or an emoji. The three characters Slack steers with are escaped here too. */
interface Written extends Plain {
  readonly emoji: false;
}

export interface Button {
  readonly type: "button";
  readonly action_id: string;
  readonly text: Plain;
  readonly value: string;
  readonly style?: "primary" | "danger";
  readonly confirm?: { readonly title: Plain; readonly text: Plain; readonly confirm: Plain; readonly deny: Plain };
}

export interface View {
  readonly type: "modal" | "home";
  readonly blocks: readonly Block[];
  readonly callback_id?: string;
  readonly private_metadata?: string;
  readonly title?: Plain;
  readonly submit?: Plain;
  readonly close?: Plain;
}

export const mrkdwn = (text: string): Mrkdwn => ({ type: "mrkdwn", text, verbatim: true });
/** Names cannot be shown in it: what marks one is left out. */
export const plain = (text: string): Plain => ({ type: "plain_text", text: text.replace(/[\uE000\uE001]/g, "") || "…" });
export const written = (words: string): Block => ({ type: "section", text: { ...plain(words), emoji: false } });
export const section = (text: string): Block => ({ type: "section", text: mrkdwn(text) });

/** What Slack allows, and what this channel allows itself. https://docs.slack.dev/reference/block-kit */
export const LIMITS = {
  blocks: 50,
  viewBlocks: 100,
  /** Characters of a section's text. */
  section: 3000,
  /** Of all text in the blocks of one message: above 13,200 Slack refuses it. */
  message: 12_000,
  /** Of the text that notifications and screen readers get. */
  fallback: 3000,
  header: 150,
  /** Of a button's label, and of an option's. */
  label: 75,
  buttonValue: 2000,
  /** Of the question that a button asks before it counts, and of its two buttons. */
  question: 300,
  questionLabel: 30,
  /** Buttons of one row; Slack takes 25 and wraps them anyhow. */
  row: 5,
  fields: 10,
  field: 2000,
  notes: 10,
  /** Of a form's title and of its two buttons. */
  viewTitle: 24,
  /** What a form is about. */
  about: 3000,
  input: 3000,
  hint: 2000,
  inputLabel: 2000,
  options: 100,
  optionValue: 150,
  checkboxes: 10,
  /** For so long a reply to a press takes the place of what was pressed. */
  pressMs: 60_000,
  /** A URL to answer a command or a press with works for half an hour; a little less, so that it is not met closed. */
  responseMs: 29 * 60_000,
  responseUses: 5,
  callMs: 10_000,
  /** Less than half the lease of whoever drains a conversation. */
  deliverMs: 25_000,
  /** Slack may do what was asked a little after it failed to say so. */
  beforeReadingMs: 3000,
  /** How far back a delivery is looked for: messages a page, and pages. */
  readBack: 200,
  readPages: 5,
  /** A request older or younger than this is nobody's. */
  clockMs: 5 * 60_000,
  bodyBytes: 1_048_576,
  conversationsAtOnce: 32,
  /** While one connection is refreshed the other one receives. */
  connections: 2,
} as const;

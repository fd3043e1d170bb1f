/** What Telegram allows, and what this channel allows itself. https://core.telegram.org/bots/api */
export const LIMITS = {
  /** UTF-16 units of a message, counted once markup is taken away. */
  text: 4096,
  /** The same for what stands under a document. */
  caption: 1024,
  /** UTF-16 units of the words that answer a press. */
  callbackAnswer: 200,
  description: 512,
  shortDescription: 120,
  /** Characters of a label that a small phone still shows on one line of its own. */
  label: 48,
  /** Characters that buttons of one row share. */
  row: 30,
  /** A press is refused after this long: what it referred to is forgotten by then. */
  pressLastsMs: 7 * 86_400_000,
  updatesAtOnce: 100,
  pollSeconds: 30,
  /** Chats whose updates are worked on side by side. */
  chatsAtOnce: 16,
  /** A turn that fails otherwise than for want of the store fails again: after this many tries it must not hold up those behind it. */
  mostTries: 3,
  callSeconds: 10,
  /** After this long a reply of several messages lets those of others pass, and goes on later. */
  deliverMs: 25_000,
  /** Telegram's updates are far smaller. */
  bodyBytes: 1_048_576,
} as const;

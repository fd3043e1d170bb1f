const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

// Control characters have no look; the bidirectional ones can make a line read otherwise than it was written.
const UNSEEN = /(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu;

/** Words as they may be shown: whole characters only, and none that steer. */
export function presentable(words: string): string {
  return words.toWellFormed().replace(UNSEEN, "");
}

/** The one escaper: makes words safe inside Telegram's HTML, in a text and in an attribute. */
export function escapeHtml(words: string): string {
  return words.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

// Control characters have no look; the bidirectional ones can make a line read otherwise than it was written.
const UNSEEN = /(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu;

/** Words as they may be shown on any platform: whole characters only, and none that steer. */
export function presentable(words: string): string {
  return words.toWellFormed().replace(UNSEEN, "");
}

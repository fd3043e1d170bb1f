/** What a button or a form is about. It travels with them, so it holds references and no words. */
export interface About {
  readonly ticket?: string | undefined;
  readonly answer?: string | undefined;
  readonly entry?: string | undefined;
  readonly version?: string | undefined;
  /** From whom the claim would be taken. */
  readonly over?: string | undefined;
  /** The press that opened the form: however often it is sent, it is one act. */
  readonly opened?: string | undefined;
  /** The mark of the words that were shown as the member will see them. */
  readonly seen?: string | undefined;
  /** The announcement, or the event, and in which writing it was seen. */
  readonly announcement?: string | undefined;
  readonly event?: string | undefined;
  readonly change?: string | undefined;
  readonly revision?: string | undefined;
  /** What is to be confirmed. */
  readonly does?: string | undefined;
  /** What was searched for last. */
  readonly asked?: string | undefined;
  /** A group of questions, by one of them. */
  readonly group?: string | undefined;
  /** What is to be done with what is found. */
  readonly act?: string | undefined;
}

export function writeAbout(about: About): string {
  return JSON.stringify(about);
}

/** `undefined` for what this program never wrote. */
export function readAbout(value: string): About | undefined {
  try {
    const read: unknown = JSON.parse(value);
    if (typeof read !== "object" || read === null) return undefined;
    return Object.values(read).every((each) => typeof each === "string") ? read : undefined;
  } catch {
    return undefined;
  }
}

/** Tells one text from another: the same text has the same mark. */
export function markOf(words: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < words.length; at += 1) hash = Math.imul(hash ^ words.charCodeAt(at), 0x01000193) >>> 0;
  return `${words.length}-${hash.toString(36)}`;
}

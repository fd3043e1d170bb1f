import { fold } from "#text/fold.ts";

export const COMMANDS = [
  "start",
  "help",
  "topics",
  "events",
  "announcements",
  "pass-on",
  "language",
  "privacy",
  "my-data",
  "delete-my-data",
  "cancel",
] as const;
export type Command = (typeof COMMANDS)[number];

/** By name, folded, without the lines and dashes that people leave out or mix up. */
const NAMES: Readonly<Record<string, Command>> = {
  start: "start",
  basla: "start",
  yardim: "help",
  help: "help",
  komutlar: "help",
  konular: "topics",
  topics: "topics",
  etkinlikler: "events",
  etkinlik: "events",
  events: "events",
  event: "events",
  duyurular: "announcements",
  abonelik: "announcements",
  news: "announcements",
  birligeilet: "pass-on",
  sor: "pass-on",
  passon: "pass-on",
  dil: "language",
  language: "language",
  gizlilik: "privacy",
  privacy: "privacy",
  verilerim: "my-data",
  mydata: "my-data",
  verilerimisil: "delete-my-data",
  sil: "delete-my-data",
  deletemydata: "delete-my-data",
  vazgec: "cancel",
  iptal: "cancel",
  cancel: "cancel",
};

const MOST_NAME_WORDS = 3;

/**
 * Reads "/birlige_ilet soru": typed Turkish and bare Latin letters both work, and so do "/birligeilet", "/my-data" and "/verilerimi sil".
 * `undefined` where it is no command known.
 */
export function parseCommand(text: string): { command: Command; argument: string } | undefined {
  const [, name = "", rest = ""] = /^\s*\/\s?([\p{L}_-]+)(?:@\w+)?(?:\s+([\s\S]*))?$/u.exec(text) ?? [];
  const following = rest.trim().split(/\s+/);
  let tried = name;
  for (let taken = 0; taken < MOST_NAME_WORDS; taken += 1) {
    const command = NAMES[fold(tried).replace(/[_-]/g, "")];
    if (command !== undefined) return { command, argument: taken === 0 ? rest.trim() : following.slice(taken).join(" ") };
    tried += following[taken] ?? "";
  }
  return undefined;
}

/** Whether a message has the form of a command: it is then no question, known or not. */
export function speaksLikeCommand(text: string): boolean {
  return /^\s*\/\s?[\p{L}\p{N}_-]+/u.test(text);
}

import { fold } from "#text/fold.ts";
import { meantBy } from "#text/slip.ts";

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
  abone: "announcements",
  news: "announcements",
  announcements: "announcements",
  subscribe: "announcements",
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

/** Other bots are stopped so; of this one it asks to send no more. */
const STOPS: ReadonlySet<string> = new Set(["stop", "dur", "durdur", "unsubscribe"]);
const STOP = "stop";

const MOST_NAME_WORDS = 3;
const SHORTEST_BEGINNING = 4;

interface Commanded {
  readonly command: Command;
  readonly argument: string;
}

/**
 * Reads "/birlige_ilet soru": typed Turkish and bare Latin letters both work, and so do "/birligeilet", "/my-data" and "/verilerimi sil".
 * `undefined` where it is no command known.
 */
export function parseCommand(text: string): Commanded | undefined {
  const [name, rest] = nameAndRest(text);
  const following = rest.trim().split(/\s+/);
  let tried = name;
  for (let taken = 0; taken < MOST_NAME_WORDS; taken += 1) {
    const command = NAMES[plainName(tried)];
    if (command !== undefined) return { command, argument: taken === 0 ? rest.trim() : following.slice(taken).join(" ") };
    tried += following[taken] ?? "";
  }
  return STOPS.has(fold(name)) && rest.trim() === "" ? { command: "announcements", argument: STOP } : undefined;
}

/**
 * The one command that a slip of the hand, or a beginning, can mean: "/duyurlar", "/duyuru". `undefined` where there is none, or more than one.
 */
export function nearestCommand(text: string): Commanded | undefined {
  const [name, rest] = nameAndRest(text);
  const typed = plainName(name);
  const begun = typed.length < SHORTEST_BEGINNING ? [] : Object.keys(NAMES).filter((each) => each.startsWith(typed));
  const near = meantBy(typed, Object.keys(NAMES));
  const [command, ...others] = new Set([...(near.length > 0 ? near : begun)].map((each) => NAMES[each]));
  return command === undefined || others.length > 0 ? undefined : { command, argument: rest.trim() };
}

function nameAndRest(text: string): readonly [string, string] {
  const [, name = "", rest = ""] = /^\s*\/\s?([\p{L}_-]+)(?:@\w+)?(?:\s+([\s\S]*))?$/u.exec(text) ?? [];
  return [name, rest];
}

function plainName(name: string): string {
  return fold(name).replace(/[_-]/g, "");
}

/** Whether a message has the form of a command: it is then no question, known or not. */
export function speaksLikeCommand(text: string): boolean {
  return /^\s*\/\s?[\p{L}\p{N}_-]+/u.test(text);
}

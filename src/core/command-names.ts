import type { Command } from "#core/message.ts";
import { fold } from "#text/fold.ts";

const NAMES: Readonly<Record<string, Command>> = {
  start: "start",
  basla: "start",
  yardim: "help",
  help: "help",
  komutlar: "help",
  konular: "topics",
  topics: "topics",
  etkinlikler: "events",
  events: "events",
  duyurular: "announcements",
  abonelik: "announcements",
  news: "announcements",
  birlige_ilet: "pass-on",
  sor: "pass-on",
  pass_on: "pass-on",
  dil: "language",
  language: "language",
  gizlilik: "privacy",
  privacy: "privacy",
  verilerim: "my-data",
  mydata: "my-data",
  verilerimi_sil: "delete-my-data",
  sil: "delete-my-data",
  delete_my_data: "delete-my-data",
  vazgec: "cancel",
  iptal: "cancel",
  cancel: "cancel",
};

/** Reads "/birlige_ilet soru": typed Turkish and bare Latin letters both work. `undefined` where it is no command known. */
export function parseCommand(text: string): { command: Command; argument: string } | undefined {
  const [, name = "", argument = ""] = /^\s*\/([\p{L}_]+)(?:@\w+)?(?:\s+([\s\S]*))?$/u.exec(text) ?? [];
  const command = NAMES[fold(name)];
  return command === undefined ? undefined : { command, argument: argument.trim() };
}

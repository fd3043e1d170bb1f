import { parseCommand } from "#core/command-names.ts";
import type { Incoming } from "#core/message.ts";

/** A line typed on the terminal. */
export function parseConsole(line: string, id: string): Incoming {
  const command = parseCommand(line);
  return command ? { id, kind: "command", ...command } : { id, kind: "message", text: line, numbered: true };
}

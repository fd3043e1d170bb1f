import { randomUUID } from "node:crypto";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { parseConsole } from "#channels/console/parse.ts";
import { printable, renderConsole } from "#channels/console/render.ts";
import type { Address } from "#core/message.ts";
import type { Channel } from "#core/ports.ts";
import type { Words } from "#i18n/words.ts";

/** The streams of a terminal or a pipe, and the words to show replies in. */
export interface ConsoleParts {
  readonly input: Readable & { isTTY?: boolean };
  readonly output: Writable & { isTTY?: boolean };
  readonly words: Words;
}

const ADDRESS: Address = { channel: "console", chat: "terminal", person: "terminal" };
const PROMPT = "› ";
const ECHO = "> ";

/**
 * The bot in a terminal: with a prompt and a welcome for a person; from a pipe, line after line, each before its reply, then it ends.
 * `start` returns once the input has ended and everything was answered.
 */
export function createConsole({ input, output, words }: ConsoleParts): Channel {
  const person = input.isTTY === true;
  const coloured = output.isTTY === true;
  // Each run counts its messages anew, while the conversation goes on from the last one.
  const run = randomUUID();
  // The write that failed tells it; unheard, it would end the process.
  output.on("error", () => {});
  let lines: Interface | undefined;
  return {
    name: ADDRESS.channel,
    start: async (handle) => {
      // Not before: lines that come while nobody reads them yet would be lost, and the end of the input with them.
      lines = createInterface({ input, ...(person ? { output, prompt: PROMPT } : {}), terminal: person });
      let count = 0;
      const take = (line: string) => handle(ADDRESS, parseConsole(line, `${run}-${count++}`));
      if (person) {
        await take("/start");
        lines.prompt();
      }
      for await (const line of lines) {
        // From a pipe nothing shows what was asked: each reply stands under its line.
        if (!person) output.write(`${ECHO}${printable(line)}\n`);
        await take(line);
        if (person) lines.prompt();
      }
    },
    deliver: async (_to, reply) => {
      const text = renderConsole(reply, words, coloured);
      const error = await new Promise<unknown>((resolve) => output.write(`${text}\n`, resolve));
      // A pipe that was closed took some of it, or nothing.
      return error ? { ok: false, why: "unknown" } : { ok: true, reference: "" };
    },
    [Symbol.asyncDispose]: async () => lines?.close(),
  };
}

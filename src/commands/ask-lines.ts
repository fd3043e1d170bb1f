import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { z } from "zod";
import { turnOf, type Asking } from "#commands/ask-turn.ts";
import { LANGUAGES } from "#text/language.ts";

// `lang` is a wish: whatever it holds beside a language we have is no wish.
const word = z.string({ error: "a text is needed" });
const lineSchema = z.object(
  {
    id: word,
    text: word,
    lang: z.enum(LANGUAGES).optional().catch(undefined),
    context: word.nullish(),
    today: z.iso.date({ error: "a day is needed, such as 2026-11-24" }).nullish(),
  },
  { error: "one object is needed" },
);
type Line = z.infer<typeof lineSchema>;

interface Streams {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/**
 * Reads JSON lines, answers each as a fresh conversation, and writes JSON lines in the same order. A line that cannot be read is told on
 * standard error, with its number and field, and the next one is read. Gives how many could not.
 */
export async function answerLines(asking: Asking, { stdin, stdout, stderr }: Streams): Promise<number> {
  let number = 0;
  let bad = 0;
  for await (const text of createInterface({ input: stdin })) {
    number += 1;
    if (text.trim() === "") continue;
    const line = readLine(text);
    if (line.ok) {
      stdout.write(`${JSON.stringify(measure(asking, line.value))}\n`);
      continue;
    }
    bad += 1;
    for (const { field, message } of line.problems)
      stderr.write(`Line ${number}${field === "" ? "" : `, field ${field}`}: ${message}.\n`);
  }
  return bad;
}

type Read =
  | { readonly ok: true; readonly value: Line }
  | { readonly ok: false; readonly problems: readonly { field: string; message: string }[] };

function readLine(text: string): Read {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, problems: [{ field: "", message: "not JSON" }] };
  }
  const parsed = lineSchema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, problems: parsed.error.issues.map(({ path, message }) => ({ field: path.join("."), message })) };
}

function measure(asking: Asking, line: Line): object {
  const now = typeof line.today === "string" ? Date.parse(`${line.today}T09:00:00Z`) : Date.now();
  const common = { now, language: line.lang };
  // Ids of two kinds, so that no line's id is that of the question before.
  const before = typeof line.context === "string" ? turnOf(asking, { ...common, id: "before", text: line.context }) : undefined;
  const start = performance.now();
  const turn = turnOf(asking, { ...common, id: `line ${line.id}`, text: line.text, after: before?.conversation });
  const ms = Math.round((performance.now() - start) * 100) / 100;

  const { outcome } = turn;
  const lang = turn.conversation.language;
  if (outcome.is === "chat") return { id: line.id, outcome: "chat", candidates: [], confidence: 1, lang, ms };
  return {
    id: line.id,
    outcome: outcome.is,
    ...(outcome.is === "answer" ? { entry: outcome.entry } : {}),
    ...(outcome.is !== "answer" && outcome.events ? { events: outcome.events } : {}),
    candidates: outcome.candidates,
    confidence: Math.round(outcome.confidence * 1000) / 1000,
    lang,
    ms,
  };
}

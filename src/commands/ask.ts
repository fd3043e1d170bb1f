import { createInterface } from "node:readline";
import { renderConsole } from "#channels/console/render.ts";
import type { Config } from "#config.ts";
import { readConfig } from "#config.ts";
import { FRESH_CONVERSATION, FRESH_PERSON } from "#core/conversation.ts";
import { parseCommand } from "#core/command-names.ts";
import { BotError } from "#core/errors.ts";
import type { KnowledgeBase } from "#core/knowledge-base.ts";
import type { Incoming } from "#core/message.ts";
import type { Settings } from "#core/step.ts";
import type { Turn } from "#core/turn.ts";
import { takeTurn } from "#core/turn.ts";
import { createWords } from "#i18n/words.ts";
import { createKnowledgeBase } from "#knowledge/base.ts";
import { loadKnowledge } from "#knowledge/load.ts";
import type { Language } from "#text/language.ts";
import { z } from "zod";

const word = z.string({ error: "a text is needed" });
const lineSchema = z.object(
  {
    id: word,
    text: word,
    lang: word.optional(),
    context: word.optional(),
    today: z.iso.date({ error: "a day is needed, such as 2026-11-24" }).optional(),
  },
  { error: "one object is needed" },
);
type Line = z.infer<typeof lineSchema>;

const EXAMPLE = '{"id":"1","text":"ESMED nedir?"}';

try {
  await run();
} catch (error) {
  if (!(error instanceof BotError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const config = readConfig(process.env);
  const knowledge = createKnowledgeBase(await loadKnowledge(config.knowledgeDir));
  if (process.argv.includes("--jsonl")) return answerLines(knowledge, config.settings);
  return answerOnce(knowledge, config, process.argv.slice(2).join(" "));
}

/** Answers one question on the terminal. */
async function answerOnce(knowledge: KnowledgeBase, { serviceName, settings }: Config, question: string): Promise<void> {
  if (question.trim() === "") {
    process.stderr.write('Give a question: npm run ask -- "ESMED nedir?"\n');
    process.exitCode = 1;
    return;
  }
  const words = await createWords(new URL("../../locales/", import.meta.url), { service: serviceName });
  const turn = turnOf(knowledge, settings, { text: question, id: "1" }, undefined, Date.now());
  if (turn.kind !== "taken") return;
  for (const reply of turn.replies) process.stdout.write(renderConsole(reply, words, process.stdout.isTTY));
}

/** Reads JSON lines, answers each as a fresh conversation, and writes JSON lines in the same order. */
async function answerLines(knowledge: KnowledgeBase, settings: Settings): Promise<void> {
  let number = 0;
  for await (const text of createInterface({ input: process.stdin })) {
    number += 1;
    if (text.trim() === "") continue;
    const line = readLine(text, number);
    process.stdout.write(`${JSON.stringify(measure(knowledge, settings, line))}\n`);
  }
}

function readLine(text: string, number: number): Line {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new BotError("input.invalid", `Line ${number} is not JSON: each line is one object, such as ${EXAMPLE}`, { cause });
  }
  const parsed = lineSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") ?? "";
  const place = field === "" ? `Line ${number}` : `Line ${number}, field ${field}`;
  throw new BotError("input.invalid", `${place}: ${issue?.message ?? "not as expected"}; a line looks like ${EXAMPLE}`);
}

function measure(knowledge: KnowledgeBase, settings: Settings, line: Line): object {
  const now = line.today === undefined ? Date.now() : Date.parse(`${line.today}T09:00:00Z`);
  const language = line.lang === "tr" || line.lang === "en" ? line.lang : undefined;
  const before =
    line.context === undefined
      ? undefined
      : turnOf(knowledge, settings, { id: "context", text: line.context }, undefined, now, language);
  const start = performance.now();
  const turn = turnOf(knowledge, settings, line, before, now, language);
  const ms = Math.round((performance.now() - start) * 100) / 100;
  if (turn.kind !== "taken") throw new BotError("turn.failed", "A fresh conversation cannot have taken this line before.");
  const { outcome } = turn;
  const spoken = turn.conversation.language;
  if (outcome.is === "chat") return { id: line.id, outcome: "chat", candidates: [], confidence: 1, lang: spoken, ms };
  const { candidates, confidence } = outcome;
  const entry = outcome.is === "answer" ? { entry: outcome.entry } : {};
  const events = outcome.is !== "answer" && outcome.events ? { events: outcome.events } : {};
  return {
    id: line.id,
    outcome: outcome.is,
    ...entry,
    ...events,
    candidates,
    confidence: Math.round(confidence * 1000) / 1000,
    lang: spoken,
    ms,
  };
}

function turnOf(
  base: KnowledgeBase,
  all: Settings,
  line: { id: string; text: string },
  before: Turn | undefined,
  now: number,
  language?: Language,
): Turn {
  const earlier = before?.kind === "taken" ? before.conversation : FRESH_CONVERSATION;
  const command = parseCommand(line.text);
  const incoming: Incoming = command
    ? { id: `q-${line.id}`, kind: "command", ...command }
    : { id: `q-${line.id}`, kind: "message", text: line.text };
  return takeTurn({
    incoming,
    conversation: earlier,
    person: { ...FRESH_PERSON, language },
    now,
    knowledge: base,
    settings: all,
  });
}

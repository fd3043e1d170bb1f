import { parseArgs } from "node:util";
import { renderConsole } from "#channels/console/render.ts";
import { answerLines } from "#commands/ask-lines.ts";
import { turnOf } from "#commands/ask-turn.ts";
import { runCommand } from "#commands/run-command.ts";
import { readConfig } from "#config.ts";
import { BotError } from "#core/errors.ts";
import { createWords } from "#i18n/words.ts";
import { createKnowledgeBase } from "#knowledge/base.ts";
import { loadKnowledge } from "#knowledge/load.ts";

await runCommand(async (environment) => {
  const config = readConfig(environment);
  const { values, positionals } = parseArgs({ options: { jsonl: { type: "boolean", default: false } }, allowPositionals: true });
  const lines = values.jsonl;
  const question = positionals.join(" ");
  if (!lines && question.trim() === "") throw new BotError("input.invalid", 'Give a question: npm run ask -- "ESMED nedir?"');

  const asking = { knowledge: createKnowledgeBase(await loadKnowledge(config.knowledgeDir)), settings: config.settings };
  if (lines) {
    const bad = await answerLines(asking, process);
    process.exitCode = bad === 0 ? 0 : 1;
    return;
  }
  const words = await createWords(new URL("../../locales/", import.meta.url), { service: config.serviceName });
  const turn = turnOf(asking, { id: "1", text: question, now: Date.now() });
  for (const reply of turn.replies) process.stdout.write(renderConsole(reply, words, process.stdout.isTTY));
});

import { readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { exportEntries } from "#commands/knowledge/export.ts";
import { runCommand } from "#commands/run-command.ts";
import { readConfig } from "#config.ts";
import { BotError } from "#core/errors.ts";
import type { Problem } from "#knowledge/load.ts";
import { describeProblem, readKnowledge } from "#knowledge/load.ts";
import { lintKnowledge } from "#knowledge/lint.ts";
import { entryJsonSchema } from "#knowledge/schema.ts";
import { dayAt } from "#text/dates.ts";

const SCHEMA_FILE = "entry.schema.json";

await runCommand(async (environment) => {
  const config = readConfig(environment);
  const folder = config.knowledgeDir;
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) {
    throw new BotError("knowledge.invalid", `There is no folder ${folder}: set KNOWLEDGE_DIR to the one that holds the topics.`);
  }
  if (process.argv[2] === "export") {
    const lines = await exportEntries(config, path.resolve(process.argv[3] ?? folder));
    process.stdout.write(lines.length === 0 ? "Nothing was published from the desk.\n" : `${lines.join("\n")}\n`);
    return;
  }
  const { problems, ...knowledge } = await readKnowledge(folder);
  const errors = [...problems, ...(await keepSchema(folder, process.argv.includes("--write")))];
  const warnings = lintKnowledge(knowledge, dayAt(Date.now(), config.settings.timeZone));
  const shown = process.argv.includes("--quiet") ? [] : warnings;
  for (const problem of errors) process.stdout.write(`error    ${describeProblem(problem)}\n`);
  for (const warning of shown) process.stdout.write(`warning  ${describeProblem(warning)}\n`);

  const service = knowledge.entries.filter((entry) => entry.topic === "service").length;
  const wordings = knowledge.entries.reduce((sum, { questions }) => sum + questions.tr.length + questions.en.length, 0);
  process.stdout.write(
    `${knowledge.entries.length - service} entries and ${service} service entries in Turkish and English, ${wordings} wordings, ` +
      `${knowledge.events.length} event records, ${knowledge.glossary.length} terms: ${errors.length} errors, ${warnings.length} warnings\n`,
  );
  process.exitCode = errors.length > 0 ? 1 : 0;
});

/** The schema that editors check with must be the program's. A check only says so where it is not; `npm run fix` writes it. */
async function keepSchema(folder: string, write: boolean): Promise<Problem[]> {
  const file = path.join(folder, SCHEMA_FILE);
  const schema = `${JSON.stringify(entryJsonSchema(), null, 2)}\n`;
  const kept = await readFile(file, "utf8").catch(() => undefined);
  if (write && kept !== schema) await writeFile(file, schema);
  // A folder of one's own may do without.
  if (write || kept === undefined || kept === schema) return [];
  return [{ file: SCHEMA_FILE, field: "", message: "is not what the program checks with: write it with npm run fix" }];
}

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { readConfig } from "#config.ts";
import { describeProblem, readKnowledge } from "#knowledge/load.ts";
import { lintKnowledge } from "#knowledge/lint.ts";
import { entryJsonSchema } from "#knowledge/schema.ts";
import { dayAt } from "#text/dates.ts";

const SCHEMA_FILE = "entry.schema.json";

const config = readConfig(process.env);
const quiet = process.argv.includes("--quiet");
const { problems, ...knowledge } = await readKnowledge(config.knowledgeDir);
await writeSchema();

for (const problem of problems) process.stdout.write(`error    ${describeProblem(problem)}\n`);
const warnings = lintKnowledge(knowledge, dayAt(Date.now(), config.settings.timeZone));
if (!quiet) for (const warning of warnings) process.stdout.write(`warning  ${describeProblem(warning)}\n`);

const service = knowledge.entries.filter((entry) => entry.topic === "service").length;
const wordings = knowledge.entries.reduce((sum, { questions }) => sum + questions.tr.length + questions.en.length, 0);
process.stdout.write(
  `${knowledge.entries.length - service} entries and ${service} service entries in Turkish and English, ${wordings} wordings, ` +
    `${knowledge.events.length} event records, ${knowledge.glossary.length} terms: ${problems.length} errors, ${warnings.length} warnings\n`,
);
process.exitCode = problems.length > 0 ? 1 : 0;

/** Keeps the schema that editors check with in step with the program's. */
async function writeSchema(): Promise<void> {
  const file = path.join(config.knowledgeDir, SCHEMA_FILE);
  const schema = `${JSON.stringify(entryJsonSchema(), null, 2)}\n`;
  if ((await readFile(file, "utf8").catch(() => "")) !== schema) await writeFile(file, schema);
}

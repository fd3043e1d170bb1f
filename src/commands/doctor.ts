import type { Config } from "#config.ts";
import { readConfig } from "#config.ts";
import { checkSlack } from "#channels/slack/checkup.ts";
import { checkTelegram } from "#channels/telegram/checkup.ts";
import type { Check } from "#core/check.ts";
import { BotError, faultOf } from "#core/errors.ts";
import { checkPublicUrl } from "#commands/check-public-url.ts";
import { openStore, secretsOf } from "#commands/open-store.ts";
import { runCommand } from "#commands/run-command.ts";
import { loadKnowledge } from "#knowledge/load.ts";

/** `npm run doctor`: looks at everything the bot needs, one line each with what to do; ends with 1 where something is wrong. */
async function examine(environment: NodeJS.ProcessEnv): Promise<Check[]> {
  let config: Config;
  try {
    config = readConfig(environment);
  } catch (error) {
    return [{ state: "bad", text: `Settings: ${messageOf(error)}` }];
  }
  const checks: Check[] = [{ state: "good", text: "Settings: they can be read." }];
  checks.push(await checkStore(config), await checkKnowledge(config));
  if (config.settings.controller === undefined)
    checks.push({ state: "note", text: "CONTROLLER_NAME and CONTROLLER_CONTACT are not set: the privacy notice names nobody." });
  if (config.telegram === undefined && config.slack === undefined)
    checks.push({
      state: "note",
      text: "Neither TELEGRAM_BOT_TOKEN nor SLACK_BOT_TOKEN is set: the bot speaks on the console only.",
    });
  else checks.push(await checkPublicUrl(config.publicUrl));
  // Only then can anything be announced.
  if (config.redisUrl !== undefined && config.slack?.desk !== undefined && config.slack.approvers.length > 0) {
    const { checkRedis } = await import("#store/redis/checkup.ts");
    checks.push(await checkRedis(config.redisUrl.reveal()));
  }
  if (config.telegram !== undefined) {
    const { token, apiRoot, webhook } = config.telegram;
    checks.push(...(await checkTelegram({ token: token.reveal(), apiRoot, webhookUrl: webhook?.url, now: Date.now })));
  }
  if (config.slack !== undefined) {
    const { token, by, apiUrl, desk, approvers } = config.slack;
    const appToken = "appToken" in by ? by.appToken.reveal() : undefined;
    checks.push(...(await checkSlack({ token: token.reveal(), appToken, apiUrl, desk, approvers })));
  }
  return checks;
}

async function checkStore(config: Config): Promise<Check> {
  const name = config.redisUrl === undefined ? `the folder ${config.dataDir}` : "Redis";
  try {
    await using store = await openStore(config, await secretsOf(config), Date.now, () => {});
    await store.records.get("doctor", "probe");
    return { state: "good", text: `Store: ${name} can be opened with this key.` };
  } catch (error) {
    if (error instanceof BotError && error.code === "store.locked")
      return { state: "good", text: `Store: ${name} is in use by the running bot.` };
    return { state: "bad", text: `Store: ${messageOf(error)}` };
  }
}

async function checkKnowledge(config: Config): Promise<Check> {
  try {
    const { entries, events } = await loadKnowledge(config.knowledgeDir);
    return { state: "good", text: `Knowledge: ${entries.length} entries, ${events.length} event records.` };
  } catch (error) {
    return { state: "bad", text: `Knowledge: ${messageOf(error)}` };
  }
}

// The text of other errors may hold an address with a secret in it.
function messageOf(error: unknown): string {
  return error instanceof BotError ? error.message : faultOf(error).code;
}

const SIGNS = { good: "✓", note: "–", bad: "✗" } as const;

await runCommand(async (environment) => {
  const checks = await examine(environment);
  for (const { state, text } of checks) process.stdout.write(`${SIGNS[state]} ${text}\n`);
  if (checks.some(({ state }) => state === "bad")) process.exitCode = 1;
});

import { createServer } from "node:http";
import { Bot, webhookCallback } from "grammy";

/** A bare grammY bot behind a webhook that sends back what it gets: what the platform and the client cost without anything of ours. */
const { TELEGRAM_BOT_TOKEN = "", TELEGRAM_API_ROOT = "", PORT = "0" } = process.env;
const bot = new Bot(TELEGRAM_BOT_TOKEN, { client: { apiRoot: TELEGRAM_API_ROOT } });
bot.on("message:text", (context) => context.reply(context.message.text));
await bot.init();
createServer(webhookCallback(bot, "http")).listen(Number(PORT), () => process.stdout.write('{"event":"listening"}\n'));

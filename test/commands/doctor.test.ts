import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { REVOKED } from "../support/bot-api/faults.ts";
import { startBotApi } from "../support/bot-api/server.ts";
import { startBotProcess } from "../support/bot-process.ts";
import { SECRET_KEY } from "../support/store.ts";

const folder = mkdtempSync(path.join(tmpdir(), "imece-doctor-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command as an operator does. */
function doctor(settings: Readonly<Record<string, string>>): Promise<{ code: number; output: string }> {
  const env = { PATH: process.env["PATH"], ...settings };
  return new Promise((resolve) => {
    execFile(process.execPath, ["src/commands/doctor.ts"], { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
    );
  });
}

test("without a token it says that the console is all there is", async () => {
  const { code, output } = await doctor({ DATA_DIR: path.join(folder, "console") });
  expect(output).toContain("console only");
  expect(output).toMatch(/✓ Knowledge: \d+ entries/);
  expect(code).toBe(0);
});

test("looks at Telegram beside a running bot, and names what is wrong without the token", async () => {
  await using api = await startBotApi();
  const DATA_DIR = path.join(folder, "telegram");
  const settings = { DATA_DIR, TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root, SECRET_KEY };
  await using bot = await startBotProcess(api, { DATA_DIR });
  const good = await doctor(settings);
  expect(good.output).toContain("is in use by the running bot");
  expect(good.output).toContain("✓ Telegram: the token is that of @imece_sinama_bot");
  expect(good.output).toContain("✓ Clock");
  expect(good.code).toBe(0);
  expect(bot.logged("receiving")).toHaveLength(1);

  api.faults.add({ trouble: REVOKED, method: "getMe" });
  const revoked = await doctor(settings);
  expect(revoked.output).toContain("✗ Telegram: Telegram does not accept TELEGRAM_BOT_TOKEN");
  expect(revoked.code).toBe(1);
  const away = await doctor({ ...settings, TELEGRAM_API_ROOT: "http://127.0.0.1:1" });
  expect(away.output).toContain("✗ Telegram: cannot be reached (ECONNREFUSED)");
  const wrong = await doctor({ DATA_DIR, TELEGRAM_BOT_TOKEN: "abc", PORT: "-1" });
  expect(wrong.output).toMatch(/✗ Settings: [\s\S]*TELEGRAM_BOT_TOKEN[\s\S]*PORT/);
  for (const { output } of [good, revoked, away, wrong]) expect(output).not.toContain(api.token.split(":")[1]);
});

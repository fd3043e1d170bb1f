import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";

/** What every helper of the log writes, called with an error that carries what nobody may read. */
async function written(): Promise<string> {
  const [log, errors] = ["ops/log.ts", "core/errors.ts"].map((file) => new URL(`../../src/${file}`, import.meta.url).href);
  const source = `
    import { createLog } from ${JSON.stringify(log)};
    import { BotError } from ${JSON.stringify(errors)};
    const cause = Object.assign(new TypeError("https://api.example.org/bot123:TOKEN/send 0532 123 45 67"), { payload: "sözlerim" });
    const error = new BotError("store.unavailable", "sözlerim", { cause });
    for (const helper of Object.values(createLog("debug"))) helper(...Array.from({ length: helper.length }, (_, at) => at === helper.length - 1 ? error : "plain"));
  `;
  const child = spawn(process.execPath, ["--input-type=module", "-e", source], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (said += chunk));
  await once(child, "close");
  return said;
}

test("of a fault the log tells the code, and never its text", async () => {
  const lines = (await written()).trim().split("\n");
  expect(lines.length).toBeGreaterThan(7);
  const faults = lines.filter((line) => line.includes('"fault"'));
  expect(faults.length).toBeGreaterThan(5);
  for (const line of faults) {
    expect(JSON.parse(line)).toMatchObject({ fault: { code: "store.unavailable", cause: "TypeError" } });
    expect(line).not.toMatch(/TOKEN|0532|sözlerim/);
  }
});

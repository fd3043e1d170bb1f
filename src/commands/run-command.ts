import { BotError } from "#core/errors.ts";

/**
 * Runs a command with the environment, a `.env` file read into it where there is one. What it throws ends the process with exit code 1: a
 * fault of ours as its plain message, which names the remedy; anything else with its stack, as it is to be reported.
 */
export async function runCommand(main: (environment: NodeJS.ProcessEnv) => Promise<void>): Promise<void> {
  // Whoever reads our lines may have had enough of them (`… | head`).
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  try {
    loadDotEnv();
    await main(process.env);
  } catch (error) {
    const plain = error instanceof BotError || (error as NodeJS.ErrnoException).code?.startsWith("ERR_PARSE_ARGS") === true;
    process.stderr.write(`${plain ? (error as Error).message : (error as Error).stack}\n`);
    process.exitCode = 1;
  }
}

function loadDotEnv(): void {
  try {
    process.loadEnvFile();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return;
    throw new BotError(
      "config.invalid",
      "The file .env cannot be read: check its permissions and its form (NAME=value, one a line).",
      {
        cause,
      },
    );
  }
}

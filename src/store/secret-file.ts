import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { BotError } from "#core/errors.ts";

const FILE = "secret.key";

/**
 * The secret key of an installation that was given none: made once in the data folder, readable by its owner only.
 * @throws BotError `store.unavailable` where the folder cannot be written.
 */
export async function secretFrom(folder: string): Promise<string> {
  const file = path.join(folder, FILE);
  try {
    await mkdir(folder, { recursive: true });
    // Fails where the file exists, so that two first starts at once agree on one key.
    await writeFile(file, randomBytes(32).toString("base64url"), { flag: "wx", mode: 0o600 });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") {
      throw new BotError(
        "store.unavailable",
        `${folder} cannot be written: give the program a folder of its own with DATA_DIR.`,
        { cause },
      );
    }
  }
  return (await readFile(file, "utf8")).trim();
}

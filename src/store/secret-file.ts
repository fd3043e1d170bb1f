import { randomBytes, randomUUID } from "node:crypto";
import { link, open, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { BotError } from "#core/errors.ts";
import { makePrivate, SECRET_FILE } from "#store/private-folder.ts";

/**
 * The secret key of an installation that was given none: made once in the data folder, readable by its owner only.
 * @throws BotError `store.unavailable` where the folder cannot be written.
 */
export async function secretFrom(folder: string): Promise<string> {
  const file = path.join(folder, SECRET_FILE);
  try {
    makePrivate(folder);
    const kept = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    });
    return kept.trim() === "" ? await create(file) : kept.trim();
  } catch (cause) {
    throw new BotError("store.unavailable", `${folder} cannot be written: give the program a folder of its own with DATA_DIR.`, {
      cause,
    });
  }
}

/** Written whole before it has its name, so that a crash leaves no half a key. Two first starts at once agree on the one that is named first. */
async function create(file: string): Promise<string> {
  const written = `${file}.${randomUUID()}`;
  const handle = await open(written, "wx", 0o600);
  try {
    await handle.writeFile(randomBytes(32).toString("base64url"));
    await handle.sync();
    // An earlier version could leave an empty file. It never sealed anything, and it would keep the name for ever.
    const found = await readFile(file, "utf8").catch(() => undefined);
    if (found?.trim() === "") await rm(file, { force: true });
    await link(written, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  } finally {
    await handle.close();
    await rm(written, { force: true });
  }
  return (await readFile(file, "utf8")).trim();
}

import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, statSync } from "node:fs";
import path from "node:path";

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
export const SECRET_FILE = "secret.key";
const OWN_FILES = /^(?:secret\.key.*|owner\.lock.*|imece\.sqlite.*)$/;

/**
 * Makes a folder that only its owner may look into. One that was there before is closed to others too, if it is empty or holds our files
 * alone: what else lies in a folder that was given by mistake, such as /tmp, is not ours to close.
 */
export function makePrivate(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
  const others = (statSync(folder).mode & 0o077) !== 0;
  if (others && readdirSync(folder).every((name) => OWN_FILES.test(name))) chmodSync(folder, FOLDER_MODE);
}

/** Makes a file, where it is missing, that only its owner may read; what is written beside it by SQLite takes over its mode. */
export function makePrivateFile(folder: string, name: string): string {
  const file = path.join(folder, name);
  closeSync(openSync(file, "a", FILE_MODE));
  for (const each of readdirSync(folder).filter((other) => other.startsWith(name))) {
    const place = path.join(folder, each);
    if ((statSync(place).mode & 0o077) !== 0) chmodSync(place, FILE_MODE);
  }
  return file;
}

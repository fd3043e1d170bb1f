import type { Config } from "#config.ts";
import type { BotError } from "#core/errors.ts";
import type { Store } from "#core/ports.ts";
import { secretFrom } from "#store/secret-file.ts";

const DAY_MS = 86_400_000;

export interface Secrets {
  readonly secretKey: string;
  readonly previousKey?: string;
}

/** The keys that the settings give; with the embedded store one is made where there is none. */
export async function secretsOf(config: Config): Promise<Secrets> {
  // With Redis it is required, so that all processes have the same; the embedded store makes its own.
  const secretKey = config.secretKey?.reveal() ?? (await secretFrom(config.dataDir));
  const previousKey = config.secretKeyPrevious?.reveal();
  return previousKey === undefined ? { secretKey } : { secretKey, previousKey };
}

/**
 * Opens the store that the settings name. What it cannot read and has to leave is told to `report`.
 * @throws BotError `store.locked`, `store.sealed` or `store.unavailable`, each with the remedy.
 */
export async function openStore(
  config: Config,
  secrets: Secrets,
  now: () => number,
  report: (fault: BotError) => void,
): Promise<Store> {
  const all = { ...secrets, now, retentionMs: config.settings.retentionDays * DAY_MS, report };
  // Loaded when it is needed: a start on the console does not wait for the other one.
  if (config.redisUrl === undefined) {
    const { openEmbeddedStore } = await import("#store/embedded/open.ts");
    return openEmbeddedStore({ folder: config.dataDir, ...all });
  }
  const { openRedisStore } = await import("#store/redis/open.ts");
  return openRedisStore({ url: config.redisUrl.reveal(), ...all });
}

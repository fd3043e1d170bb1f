import type { Seal } from "#store/seal.ts";
import { unlessSealed, type Vault } from "#store/vault.ts";

/**
 * What a stored record becomes under a changed SECRET_KEY, or `undefined` where nothing is to do. An open question may outlive every other
 * value, and with it would the need for the key before.
 */
export function resealed(seal: Seal, vault: Vault, place: string, sealed: string): string | undefined {
  if (seal.isCurrent(sealed)) return undefined;
  const record = unlessSealed(() => vault.record.open(place, sealed));
  return record && vault.record.seal(place, record);
}

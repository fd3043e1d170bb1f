import type { Seal } from "#store/seal.ts";
import { unlessSealed, type Kind } from "#store/vault.ts";

/**
 * What a stored value becomes under a changed SECRET_KEY, or `undefined` where nothing is to do. An open question, or the choice of somebody
 * who wants announcements, may outlive every other value, and with it would the need for the key before.
 */
export function resealed<T>(seal: Seal, kind: Kind<T>, place: string, sealed: string): string | undefined {
  if (seal.isCurrent(sealed)) return undefined;
  const value = unlessSealed(() => kind.open(place, sealed));
  return value === undefined ? undefined : kind.seal(place, value);
}

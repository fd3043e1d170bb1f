import { randomInt } from "node:crypto";

const FIRST_VERSIONS = 2 ** 40;

/**
 * The version that follows. The first is random: a value read before an erasure must not be saved over what began after it,
 * as it would be if every life of a value began at 1.
 */
export function nextVersion(over: number): number {
  return over === 0 ? randomInt(1, FIRST_VERSIONS) : over + 1;
}

/** In order of id. By code unit and not by alphabet, so that both stores agree whatever their locale. */
export function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  if (one.id === other.id) return 0;
  return one.id < other.id ? -1 : 1;
}

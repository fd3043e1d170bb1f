/** Renewed while its holder works, so that a lease that ran out means a process that died. Milliseconds. */
export const LEASE_MS = 12_000;
const RENEWED_EVERY_MS = 4000;

/** Does the work, and renews the lease it is done under until it ends. A renewal that fails is made up for by the next one. */
export async function whileRenewed<T>(renew: () => Promise<unknown>, work: () => Promise<T>): Promise<T> {
  const renewing = setInterval(() => void renew().catch(() => {}), RENEWED_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(renewing);
  }
}

import { Redis } from "ioredis";

/** Instead of waiting the minute that the lease of a dead process lasts. */
export async function endLeases(url: string): Promise<void> {
  const raw = new Redis(url);
  const leases = await raw.keys("*:lease:*");
  if (leases.length > 0) await Promise.all(leases.map((key) => raw.del(key)));
  raw.disconnect();
}

import { openHttp } from "#ops/http.ts";

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  await using probe = await openHttp(0, [], () => {});
  return probe.port;
}

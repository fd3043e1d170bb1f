import { Cluster, type Redis } from "ioredis";
import type { Check } from "#core/check.ts";
import { BotError, faultOf } from "#core/errors.ts";
import { connect } from "#store/redis/connection.ts";

const WHY = "after a power cut somebody may get an announcement twice, as it is forgotten who was sent it";

/** Looks at whether Redis keeps what it acknowledged, on every master; changes nothing. A service that hides its settings cannot be told of. */
export async function checkRedis(url: string): Promise<Check> {
  try {
    const connection = await connect(url);
    try {
      const masters = connection instanceof Cluster ? connection.nodes("master") : [connection];
      const kept = await Promise.all(masters.map(keeps));
      return kept.find(({ state }) => state !== "good") ?? kept[0] ?? unknown("no master");
    } finally {
      connection.disconnect();
    }
  } catch (error) {
    // The text of other errors may hold an address with a password in it.
    return unknown(error instanceof BotError ? error.code : faultOf(error).code);
  }
}

async function keeps(master: Redis): Promise<Check> {
  const given = async (name: string) => ((await master.call("CONFIG", "GET", name)) as string[])[1];
  try {
    const [only, sync] = [await given("appendonly"), await given("appendfsync")];
    if (only !== "yes") return { state: "note", text: `Redis: appendonly is ${only}, not yes: a restart loses everything.` };
    if (sync !== "always") return { state: "note", text: `Redis: appendfsync is ${sync}, not always: ${WHY}.` };
    return { state: "good", text: "Redis: it keeps what it acknowledged (appendonly yes, appendfsync always)." };
  } catch {
    return unknown("CONFIG GET is refused");
  }
}

function unknown(why: string): Check {
  return {
    state: "note",
    text: `Redis: appendonly and appendfsync cannot be told (${why}). Let them be yes and always: ${WHY} otherwise.`,
  };
}

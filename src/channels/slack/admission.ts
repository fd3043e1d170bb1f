import { setTimeout as pause } from "node:timers/promises";
import type { Called, Client } from "#channels/slack/client.ts";

/** The start is told within this time as a rule; what waits longer surely has not arrived, and goes later. */
const WAITS_MS = 2000;

/** A client that calls nothing before `admitted`: what is owed to people of one workspace must not reach those of another. */
export function callingOnce(admitted: Promise<void>, client: Client): Client {
  const mayCall = admitted.then(() => true);
  return {
    ...client,
    async call(method, payload) {
      const notYet: Called = { ok: false, why: "not-sent", code: "not-admitted" };
      const given = new AbortController();
      const late = pause(WAITS_MS, false, { signal: given.signal }).catch(() => false);
      const may = await Promise.race([mayCall, late]);
      given.abort();
      return may ? client.call(method, payload) : notYet;
    },
  };
}

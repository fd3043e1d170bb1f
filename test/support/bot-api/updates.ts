import { textIn, type Payload } from "./methods.ts";
import { Refusal, badRequest, type Update } from "./shapes.ts";
import type { State } from "./state.ts";

/** getUpdates with its real rules: an offset confirms what lies before it, a second poller ends the first. */
export interface Poller {
  getUpdates(payload: Payload, gone: AbortSignal): Promise<Update[]>;
}

const MOST = 100;

export function createPoller(state: State): Poller {
  let current: AbortController | undefined;
  return {
    async getUpdates(payload, gone) {
      if (state.webhook !== undefined) {
        throw new Refusal(
          409,
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        );
      }
      current?.abort();
      const mine = new AbortController();
      current = mine;
      if (Array.isArray(payload["allowed_updates"])) state.allowed = payload["allowed_updates"].map(String);
      const offset = Number(payload["offset"] ?? 0);
      if (offset > 0) state.pending = state.pending.filter((update) => update.update_id >= offset);

      const until = Date.now() + Number(payload["timeout"] ?? 0) * 1000;
      while (state.pending.length === 0 && Date.now() < until && !mine.signal.aborted && !gone.aborted) {
        await somethingHappens(state, until - Date.now(), mine.signal, gone);
      }
      if (mine.signal.aborted) {
        throw new Refusal(
          409,
          "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        );
      }
      if (current === mine) current = undefined;
      return state.pending.slice(0, Math.min(Number(payload["limit"] ?? MOST), MOST));
    },
  };
}

function somethingHappens(state: State, withinMs: number, ...signals: AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      state.happened.off("update", done);
      for (const signal of signals) signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(1, withinMs));
    state.happened.on("update", done);
    for (const signal of signals) signal.addEventListener("abort", done);
  });
}

export function setWebhook(state: State, payload: Payload): true {
  const url = textIn(payload, "url");
  if (url !== "" && !/^https?:\/\//.test(url)) throw badRequest("bad webhook: An HTTPS URL must be provided for webhook");
  const secret = payload["secret_token"] as string | undefined;
  if (secret !== undefined && !/^[\w-]{1,256}$/.test(secret)) throw badRequest("secret token contains unallowed characters");
  if (Array.isArray(payload["allowed_updates"])) state.allowed = payload["allowed_updates"].map(String);
  state.webhook = url === "" ? undefined : { url, secret };
  state.happened.emit("webhook");
  return true;
}

export function webhookInfo(state: State): object {
  return { url: state.webhook?.url ?? "", has_custom_certificate: false, pending_update_count: state.pending.length };
}

import { Api, type RawApi } from "grammy";
import { faultOfCall, type CallFault } from "#channels/telegram/fault.ts";

type Method = keyof RawApi;
type WithoutPayload = "getMe" | "getWebhookInfo";
type Payload<M extends Method> = M extends WithoutPayload ? object : Parameters<RawApi[M]>[0];

export type Called<M extends Method> =
  | { readonly ok: true; readonly result: Awaited<ReturnType<RawApi[M]>> }
  | ({ readonly ok: false } & CallFault);

/** Calls the Bot API; how a call failed is a value, and nothing is called twice. */
export interface Client {
  call<M extends Method>(method: M, payload: Payload<M>, signal?: AbortSignal): Promise<Called<M>>;
}

export interface ClientOptions {
  readonly token: string;
  readonly apiRoot?: string | undefined;
  readonly timeoutSeconds: number;
}

export function createClient({ token, apiRoot, timeoutSeconds }: ClientOptions): Client {
  const api = new Api(token, { timeoutSeconds, ...(apiRoot === undefined ? {} : { apiRoot: apiRoot.replace(/\/+$/, "") }) });
  return {
    async call(method, payload, signal) {
      const ask = api.raw[method] as (payload: unknown, signal?: unknown) => Promise<never>;
      // Methods without parameters take the signal in their place.
      const asked = method === "getMe" || method === "getWebhookInfo" ? ask(signal) : ask(payload, signal);
      try {
        return { ok: true, result: await asked };
      } catch (error) {
        return { ok: false, ...faultOfCall(error) };
      }
    },
  };
}

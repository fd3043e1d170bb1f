import { randomUUID } from "node:crypto";
import type { Bot, BotParts } from "#bot/bot.ts";
import { createBot } from "#bot/bot.ts";
import { createRunEffect } from "#bot/effects.ts";
import type { Address, Incoming, Reply } from "#core/message.ts";
import type { Channel, Sent, Store } from "#core/ports.ts";
import { createLog } from "#ops/log.ts";
import { SETTINGS, knowledge } from "./knowledge.ts";

const base = await knowledge();
const RETENTION_MS = 90 * 86_400_000;
export const ADDRESS: Address = { channel: "window", chat: "c", person: "p" };

export interface Window extends Channel {
  /** How the next deliveries end. */
  readonly fails: (Sent | Error)[];
  readonly shown: Reply[];
}

/** A window that a member looks at: what is delivered stays in it. `fails` says how the next deliveries end; an error is thrown. */
export function createWindow(fails: (Sent | Error)[] = []): Window {
  const shown: Reply[] = [];
  return {
    name: ADDRESS.channel,
    shown,
    fails,
    start: async () => {},
    deliver: async (_to, reply) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      const failure = fails.shift();
      if (failure instanceof Error) throw failure;
      if (failure) return failure;
      shown.push(reply);
      return { ok: true, reference: String(shown.length) };
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

/** The bot of one process over a store, with that window as its only channel. */
export function botOver(store: Store, channel: Channel, change: Partial<BotParts> = {}): Bot {
  const channelOf = (name: string) => (name === channel.name ? channel : undefined);
  const now = change.now ?? (() => Date.now());
  return createBot({
    ...store,
    knowledge: () => base,
    settings: SETTINGS,
    channel: channelOf,
    runEffect: createRunEffect({ ...store, channel: channelOf, now, retentionMs: RETENTION_MS }),
    log: createLog("silent"),
    now,
    holder: randomUUID(),
    ...change,
  });
}

export const message = (id: string, text: string): Incoming => ({ id, kind: "message", text });

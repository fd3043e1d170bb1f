import type { Address, Effect, Incoming } from "#core/message.ts";
import type { Channel, Handle, PersonalData, Records } from "#core/ports.ts";
import { readableJson } from "#text/json.ts";

/** Does what a turn wants done. Safe to do twice under the same id. News of its outcome goes to `take`, as an incoming. */
export type RunEffect = (address: Address, id: string, effect: Effect, take: Handle) => Promise<void>;

export interface EffectParts {
  readonly records: Records;
  readonly personalData: readonly PersonalData[];
  readonly channel: (name: string) => Channel | undefined;
  readonly now: () => number;
  readonly retentionMs: number;
}

export function createRunEffect(parts: EffectParts): RunEffect {
  const record = async (collection: string, address: Address, id: string, value: object, index: Record<string, string>) => {
    const at = parts.now();
    // "stale" means that it is there already: the effect was done before and not settled.
    await parts.records.put(collection, id, {
      value: { ...value, at },
      over: 0,
      owner: { channel: address.channel, person: address.person },
      index,
      expiresAt: at + parts.retentionMs,
    });
  };

  return async (address, id, effect, take) => {
    switch (effect.kind) {
      case "record-unanswered":
        return record("unanswered", address, id, effect, { state: "open" });
      case "record-feedback":
        return record("feedback", address, id, effect, { entry: effect.entry });
      case "export-my-data": {
        const all: Record<string, unknown> = {};
        for (const place of parts.personalData) all[place.name] = await place.export(address.channel, address.person);
        const notice: Incoming = {
          id: `${id}-done`,
          kind: "notice",
          notice: { about: "my-data", json: readableJson(all) },
        };
        await take(address, notice);
        return;
      }
      case "delete-my-data":
        for (const place of parts.personalData) await place.erase(address.channel, address.person);
        await parts
          .channel(address.channel)
          ?.deliver(address, { kind: "say", language: effect.language, paragraphs: [{ key: "deletion.done" }] });
    }
  };
}

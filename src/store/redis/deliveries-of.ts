import type { PersonalData } from "#core/ports.ts";
import { exportedDelivery } from "#store/ledger-states.ts";
import type { RedisInside } from "#store/redis/owing.ts";
import { answered } from "#store/redis/scripts.ts";

/** What was sent to a person, in every run; and the marks without a name that are left of it. */
export function createDeliveriesOf({ connection, scripts, places, keys, vault, now }: RedisInside): PersonalData {
  const runs = () => answered(() => connection.zrangebyscore(places.runs, `(${now()}`, "+inf"));
  return {
    name: "deliveries",

    async export(channel, person) {
      const found = await Promise.all(
        (await runs()).toSorted().map(async (run) => {
          const row = keys.recipient(run, channel, person);
          const [, rows, whom] = places.run(run);
          const [state, sealed] = await answered(() => Promise.all([connection.hget(rows, row), connection.hget(whom, row)]));
          const recipient = vault.recipient.open(`${run} ${row}`, sealed);
          const [kind = "", rest] = (state ?? "").split("|");
          return recipient === undefined ? [] : [exportedDelivery(run, kind, kind === "F" ? rest : undefined, recipient)];
        }),
      );
      return found.flat();
    },

    async erase(channel, person) {
      const erased = new Set<string>();
      // A run that is being drawn from another one may have begun meanwhile: it is looked for until there is none.
      for (let fresh = await runs(); fresh.length > 0; fresh = (await runs()).filter((run) => !erased.has(run)))
        for (const run of fresh) {
          await scripts.eraseRow(places.run(run), [keys.recipient(run, channel, person)]);
          erased.add(run);
        }
    },
  };
}

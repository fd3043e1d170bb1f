import { randomBytes } from "node:crypto";
import { BotError } from "#core/errors.ts";
import type { Address } from "#core/message.ts";
import type { Debts } from "#core/ports.ts";
import { faultOfDebt, SEALED_DEBT_WAITS_MS } from "#store/inside.ts";
import type { Owing, RedisInside } from "#store/redis/owing.ts";
import { answered } from "#store/redis/scripts.ts";

/** What conversations owe: a list that keeps the order, a hash with the debts, and a lease. */
export function createDebts({ connection, scripts, places, keys, vault, report }: RedisInside, owing: Owing): Debts {
  const placesOf = (address: Address) => {
    const key = keys.conversation(address);
    return { key, ...places.conversation(keys.person(address.channel, address.person), key) };
  };

  return {
    async claim(address, holder, leaseMs, now) {
      const { lease, queue, debts } = placesOf(address);
      for (;;) {
        const token = randomBytes(12).toString("base64url");
        const taken = await scripts.claim([lease, queue, debts], [holder, token, now, now + leaseMs]);
        if (!Array.isArray(taken)) return undefined;
        const [key = "", sealed, attempts] = taken.map(String);
        try {
          const debt = vault.debt.open(key, sealed);
          if (debt !== undefined) return { ...debt, address: { ...address }, attempts: Number(attempts) };
        } catch (error) {
          report(faultOfDebt(error));
          await scripts.postpone([lease, debts], [holder, key, now + SEALED_DEBT_WAITS_MS, 1, 0]);
          await scripts.release([lease], [holder]);
          return undefined;
        }
        // Nobody can ever deliver what is spoilt, and it would hold up all that is owed after it.
        report(new BotError("store.spoilt", "Something owed could not be read and was dropped."));
        await scripts.settle([lease, queue, debts], [holder, key]);
      }
    },

    async settle(address, holder, debtId) {
      const { key, lease, queue, debts } = placesOf(address);
      return (await scripts.settle([lease, queue, debts], [holder, keys.debt(key, debtId)])) === 1;
    },

    async postpone(address, holder, debtId, until, surelyNotArrived, aside = false) {
      const { key, lease, debts } = placesOf(address);
      const how = [until, surelyNotArrived ? 1 : 0, aside ? 1 : 0];
      return (await scripts.postpone([lease, debts], [holder, keys.debt(key, debtId), ...how])) === 1;
    },

    async owes(address, debtId) {
      const { key, debts } = placesOf(address);
      return (await answered(() => connection.hexists(debts, `${keys.debt(key, debtId)}:value`))) === 1;
    },

    async renew(address, holder, leaseMs, now) {
      return (await scripts.renew([placesOf(address).lease], [holder, now + leaseMs])) === 1;
    },

    async release(address, holder) {
      await scripts.release([placesOf(address).lease], [holder]);
    },

    owing: (now, limit, wanted = () => true) => owing.list(now, limit, wanted),
  };
}

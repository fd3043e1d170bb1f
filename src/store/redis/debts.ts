import { randomBytes } from "node:crypto";
import type { Address } from "#core/message.ts";
import type { Debts } from "#core/ports.ts";
import type { Owing, RedisInside } from "#store/redis/owing.ts";

/** What conversations owe: a list that keeps the order, a hash with the debts, and a lease. */
export function createDebts({ scripts, places, keys, vault }: RedisInside, owing: Owing): Debts {
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
        const [key, sealed, attempts] = taken.map(String);
        const debt = vault.debt.open(key ?? "", sealed);
        if (debt !== undefined) return { ...debt, address: { ...address }, attempts: Number(attempts) };
        // Nobody can ever deliver what cannot be read, and it would hold up all that is owed after it.
        await scripts.settle([lease, queue, debts], [holder, key ?? ""]);
      }
    },

    async settle(address, holder, debtId) {
      const { key, lease, queue, debts } = placesOf(address);
      return (await scripts.settle([lease, queue, debts], [holder, keys.debt(key, debtId)])) === 1;
    },

    async postpone(address, holder, debtId, until, surelyNotArrived) {
      const { key, lease, debts } = placesOf(address);
      return (await scripts.postpone([lease, debts], [holder, keys.debt(key, debtId), until, surelyNotArrived ? 1 : 0])) === 1;
    },

    async release(address, holder) {
      await scripts.release([placesOf(address).lease], [holder]);
    },

    owing: (now, limit) => owing.list(now, limit),
  };
}

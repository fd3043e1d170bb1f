import type { PersonalData, Records } from "#core/ports.ts";
import type { Owing, RedisInside } from "#store/redis/owing.ts";
import { createDeliveriesOf } from "#store/redis/deliveries-of.ts";
import { answered } from "#store/redis/scripts.ts";

/** What is stored about a person, and the end of it. */
export function createPersonalData(inside: RedisInside, owing: Owing, records: Records): readonly PersonalData[] {
  const { connection, scripts, places, keys, vault } = inside;
  const collections = () => answered(() => connection.smembers(places.collections));

  const exportConversation = async (person: string, key: string) => {
    const { conversation, queue, debts } = places.conversation(person, key);
    const [value, address] = await answered(() => connection.hmget(conversation, "value", "address"));
    if (value === undefined || value === null) return undefined;
    const ids = await answered(() => connection.lrange(queue, 0, -1));
    const sealed = ids.length === 0 ? [] : await answered(() => connection.hmget(debts, ...ids.map((id) => `${id}:value`)));
    return {
      address: vault.address.open(key, address),
      conversation: vault.conversation.open(key, value),
      owed: ids.flatMap((id, at) => vault.debt.open(id, sealed[at]) ?? []),
    };
  };

  return [
    createDeliveriesOf(inside),
    {
      name: "records",

      async export(channel, person) {
        const found = await Promise.all(
          (await collections()).toSorted().map(async (collection) => {
            const owned = await records.list(collection, { by: "owner", channel, person, limit: Number.POSITIVE_INFINITY });
            return owned.map(({ id, value }) => ({ collection, id, value }));
          }),
        );
        return found.flat();
      },

      async erase(channel, person) {
        const name = keys.person(channel, person);
        for (const collection of await collections()) {
          const its = places.collection(collection);
          // By key and not by id: a record that cannot be read any more is erased as well.
          const members = await answered(() => connection.zrangebylex(its[0], `[${name}.`, `(${name}/`));
          for (const key of members.map((member) => member.slice(name.length + 1))) {
            await scripts.removeRecord([places.record(collection, key), ...its], [key]);
          }
        }
      },
    },
    {
      name: "conversations",

      async export(channel, person) {
        const personKey = keys.person(channel, person);
        const theirs = places.person(personKey);
        const stored = vault.person.open(personKey, await answered(() => connection.hget(theirs.person, "value")));
        const listed = await answered(() => connection.smembers(theirs.conversations));
        const conversations = await Promise.all(listed.toSorted().map((key) => exportConversation(personKey, key)));
        return [...(stored === undefined ? [] : [{ person: stored }]), ...conversations.flatMap((each) => each ?? [])];
      },

      async erase(channel, person) {
        const personKey = keys.person(channel, person);
        const theirs = places.person(personKey);
        for (;;) {
          const listed = await answered(() => connection.smembers(theirs.conversations));
          const removeMarks = await owing.marksOf(personKey, listed);
          const erased = listed.flatMap((key) => Object.values<string>({ ...places.conversation(personKey, key) }));
          if ((await scripts.erase([theirs.conversations, theirs.person, theirs.rate, ...erased], [listed.length])) !== 1)
            continue;
          // After the rest: a crash in between leaves a mark without a debt, which goes by itself.
          await removeMarks();
          return;
        }
      },
    },
  ];
}

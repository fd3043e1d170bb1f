import type { Conversations } from "#core/ports.ts";
import type { Owing, RedisInside } from "#store/redis/owing.ts";
import { answered } from "#store/redis/scripts.ts";
import { personLastsMs } from "#store/lasting.ts";
import { freshConversation, freshPerson } from "#store/vault.ts";
import { nextVersion } from "#store/version.ts";

/** Conversations and persons, each a hash with its version; saved by one script with what they owe. */
export function createConversations(
  { connection, scripts, places, keys, vault, retentionMs }: RedisInside,
  owing: Owing,
): Conversations {
  return {
    async load(address) {
      const conversationKey = keys.conversation(address);
      const personKey = keys.person(address.channel, address.person);
      // Two reads may meet a save in between. Then one of the versions is stale, and the save that follows says so.
      const [conversation, person] = await answered(() =>
        Promise.all([
          connection.hmget(places.conversation(personKey, conversationKey).conversation, "version", "value"),
          connection.hmget(places.person(personKey).person, "version", "value"),
        ]),
      );
      return {
        conversation: vault.conversation.open(conversationKey, conversation[1]) ?? freshConversation(),
        conversationVersion: Number(conversation[0] ?? 0),
        person: vault.person.open(personKey, person[1]) ?? freshPerson(),
        personVersion: Number(person[0] ?? 0),
      };
    },

    async save(address, { conversation, conversationVersion, person, personVersion, incomingId, owed }) {
      const conversationKey = keys.conversation(address);
      const personKey = keys.person(address.channel, address.person);
      const its = places.conversation(personKey, conversationKey);
      const theirs = places.person(personKey);
      const debts = owed.flatMap((each, position) => {
        const id = `${incomingId}#${position}`;
        const debtKey = keys.debt(conversationKey, id);
        return [debtKey, vault.debt.seal(debtKey, { id, owed: each })];
      });

      if (debts.length > 0) await owing.mark(address);
      const outcome = await scripts.save(
        [its.conversation, theirs.person, theirs.conversations, its.queue, its.debts],
        [
          keys.save(incomingId, conversationVersion, personVersion),
          conversationVersion,
          nextVersion(conversationVersion),
          vault.conversation.seal(conversationKey, conversation),
          vault.address.seal(conversationKey, address),
          personVersion,
          nextVersion(personVersion),
          vault.person.seal(personKey, person),
          retentionMs,
          personLastsMs(person, retentionMs),
          conversationKey,
          ...debts,
        ],
      );
      return outcome === "saved" ? "saved" : "stale";
    },

    async markEnded(address, incomingId, lastsMs) {
      const place = places.ended(keys.ended(keys.conversation(address), incomingId));
      await answered(() => connection.set(place, "1", "PX", lastsMs));
    },

    async hasEnded(address, incomingId) {
      const place = places.ended(keys.ended(keys.conversation(address), incomingId));
      return (await answered(() => connection.exists(place))) === 1;
    },
  };
}

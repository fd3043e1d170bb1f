import type { DatabaseSync } from "node:sqlite";
import type { Conversations } from "#core/ports.ts";
import { personLastsMs } from "#store/lasting.ts";
import { numberIn, textIn, transact } from "#store/embedded/database.ts";
import type { Inside } from "#store/inside.ts";
import { freshConversation, freshPerson } from "#store/vault.ts";
import { nextVersion } from "#store/version.ts";

/** Conversations and persons as two tables, saved in one transaction with what they owe. */
export function createConversations(db: DatabaseSync, { keys, vault, now, retentionMs }: Inside): Conversations {
  const readConversation = db.prepare("SELECT version, value, saved_by FROM conversations WHERE key = ? AND expires > ?");
  const readPerson = db.prepare("SELECT version, value FROM persons WHERE key = ? AND expires > ?");
  const writeConversation = db.prepare(
    "INSERT OR REPLACE INTO conversations (key, person, version, value, address, saved_by, expires) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const writePerson = db.prepare("INSERT OR REPLACE INTO persons (key, version, value, expires) VALUES (?, ?, ?, ?)");
  const keepDebts = db.prepare("UPDATE debts SET expires = ? WHERE conversation = ?");
  const addDebt = db.prepare(
    "INSERT OR IGNORE INTO debts (key, conversation, person, value, attempts, due, expires) VALUES (?, ?, ?, ?, 0, 0, ?)",
  );

  const readEnded = db.prepare("SELECT 1 FROM ended WHERE key = ? AND expires > ?");
  const writeEnded = db.prepare("INSERT OR REPLACE INTO ended (key, expires) VALUES (?, ?)");

  return {
    async load(address) {
      const at = now();
      const conversationKey = keys.conversation(address);
      const personKey = keys.person(address.channel, address.person);
      const conversation = readConversation.get(conversationKey, at);
      const person = readPerson.get(personKey, at);
      return {
        conversation: vault.conversation.open(conversationKey, textIn(conversation, "value")) ?? freshConversation(),
        conversationVersion: numberIn(conversation, "version"),
        person: vault.person.open(personKey, textIn(person, "value")) ?? freshPerson(),
        personVersion: numberIn(person, "version"),
      };
    },

    async save(address, { conversation, conversationVersion, person, personVersion, incomingId, owed }) {
      const at = now();
      const expires = at + retentionMs;
      const conversationKey = keys.conversation(address);
      const personKey = keys.person(address.channel, address.person);
      const savedBy = keys.save(incomingId, conversationVersion, personVersion);

      return transact(db, () => {
        const stored = readConversation.get(conversationKey, at);
        if (textIn(stored, "saved_by") === savedBy) return "saved";
        if (numberIn(stored, "version") !== conversationVersion) return "stale";
        if (numberIn(readPerson.get(personKey, at), "version") !== personVersion) return "stale";

        const value = vault.conversation.seal(conversationKey, conversation);
        const sealedAddress = vault.address.seal(conversationKey, address);
        writeConversation.run(
          conversationKey,
          personKey,
          nextVersion(conversationVersion),
          value,
          sealedAddress,
          savedBy,
          expires,
        );
        writePerson.run(
          personKey,
          nextVersion(personVersion),
          vault.person.seal(personKey, person),
          at + personLastsMs(person, retentionMs),
        );
        keepDebts.run(expires, conversationKey);
        for (const [position, each] of owed.entries()) {
          const id = `${incomingId}#${position}`;
          const debtKey = keys.debt(conversationKey, id);
          addDebt.run(debtKey, conversationKey, personKey, vault.debt.seal(debtKey, { id, owed: each }), expires);
        }
        return "saved";
      });
    },

    async markEnded(address, incomingId, lastsMs) {
      writeEnded.run(keys.ended(keys.conversation(address), incomingId), now() + lastsMs);
    },

    async hasEnded(address, incomingId) {
      return readEnded.get(keys.ended(keys.conversation(address), incomingId), now()) !== undefined;
    },
  };
}

import { randomInt } from "node:crypto";
import type { z } from "zod";
import type { Conversation, Person } from "#core/conversation.ts";
import { FRESH_CONVERSATION, FRESH_PERSON } from "#core/conversation.ts";
import { BotError } from "#core/errors.ts";
import type { Recipient } from "#core/ledger.ts";
import type { Address, MessageReference } from "#core/message.ts";
import type { Owed } from "#core/ports.ts";
import { addressSchema, conversationSchema, debtSchema, personSchema, recordSchema } from "#store/format.ts";
import { recipientSchema, referenceSchema, writtenRecipient } from "#store/format-delivery.ts";
import type { Seal } from "#store/seal.ts";

/** As many as leave a turn's number eight letters long in a button, with room for all that follow. */
const FIRST_TURNS = 2 ** 40;

type Sealed = string | null | undefined;

interface OwedUnderId {
  readonly id: string;
  readonly owed: Owed;
}

interface RecordUnderId {
  readonly id: string;
  readonly value?: unknown;
}

/** A kind of value: sealed for the key it lies under, parsed when it comes back. */
export interface Kind<T> {
  seal(key: string, value: T): string;
  /**
   * The value, or `undefined` where it is spoilt or in a form nobody knows.
   * @throws BotError `store.sealed` where it was sealed with a key that is none of ours, and another process may well read it.
   */
  open(key: string, sealed: Sealed): T | undefined;
}

export interface Vault {
  readonly conversation: Kind<Conversation>;
  readonly person: Kind<Person>;
  readonly address: Kind<Address>;
  readonly debt: Kind<OwedUnderId>;
  readonly record: Kind<RecordUnderId>;
  readonly recipient: Kind<Recipient>;
  readonly reference: Kind<MessageReference>;
}

/** What may lie in a store, and in which form. */
export function createVault(seal: Seal): Vault {
  const kind = <T>(name: string, schema: z.ZodType<T>, written: (value: T) => unknown = (value) => value): Kind<T> => ({
    seal: (key, value) => seal.seal(JSON.stringify(written(value)), `${name} ${key}`),
    open(key, sealed) {
      if (typeof sealed !== "string") return undefined;
      const text = seal.open(sealed, `${name} ${key}`);
      if (text !== undefined) return schema.safeParse(parseJson(text)).data;
      if (!seal.isForeign(sealed)) return undefined;
      throw new BotError(
        "store.sealed",
        `A stored ${name} was sealed with another key. Give this process that key as SECRET_KEY_PREVIOUS; docs/operating.md says how a key is changed.`,
      );
    },
  });
  return {
    conversation: kind("conversation", conversationSchema),
    person: kind("person", personSchema),
    address: kind("address", addressSchema),
    debt: kind("debt", debtSchema),
    record: kind("record", recordSchema),
    recipient: kind("recipient", recipientSchema, writtenRecipient),
    reference: kind("reference", referenceSchema),
  };
}

/** What can be read of a value without which work can go on. */
export function unlessSealed<T>(open: () => T): T | undefined {
  try {
    return open();
  } catch (error) {
    if (error instanceof BotError && error.code === "store.sealed") return undefined;
    throw error;
  }
}

/** The numbers of its turns begin anywhere: a button that was shown in a life before a deletion must not hit an offer of this one. */
export function freshConversation(): Conversation {
  return { ...structuredClone(FRESH_CONVERSATION), turn: randomInt(FIRST_TURNS) };
}

export function freshPerson(): Person {
  return structuredClone(FRESH_PERSON);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import type { z } from "zod";
import type { Conversation, Person } from "#core/conversation.ts";
import { FRESH_CONVERSATION, FRESH_PERSON } from "#core/conversation.ts";
import type { Address } from "#core/message.ts";
import type { Owed } from "#core/ports.ts";
import { addressSchema, conversationSchema, debtSchema, personSchema, recordSchema } from "#store/format.ts";
import type { Seal } from "#store/seal.ts";

type Sealed = string | null | undefined;

interface OwedUnderId {
  readonly id: string;
  readonly owed: Owed;
}

interface RecordUnderId {
  readonly id: string;
  readonly value?: unknown;
}

/** A kind of value: sealed for the key it lies under, parsed when it comes back, `undefined` where it cannot be read. */
interface Kind<T> {
  seal(key: string, value: T): string;
  open(key: string, sealed: Sealed): T | undefined;
}

export interface Vault {
  readonly conversation: Kind<Conversation>;
  readonly person: Kind<Person>;
  readonly address: Kind<Address>;
  readonly debt: Kind<OwedUnderId>;
  readonly record: Kind<RecordUnderId>;
}

/** What may lie in a store, and in which form. */
export function createVault(seal: Seal): Vault {
  const kind = <T>(name: string, schema: z.ZodType<T>): Kind<T> => ({
    seal: (key, value) => seal.seal(JSON.stringify(value), `${name} ${key}`),
    open(key, sealed) {
      const text = typeof sealed === "string" ? seal.open(sealed, `${name} ${key}`) : undefined;
      return text === undefined ? undefined : schema.safeParse(parseJson(text)).data;
    },
  });
  return {
    conversation: kind("conversation", conversationSchema),
    person: kind("person", personSchema),
    address: kind("address", addressSchema),
    debt: kind("debt", debtSchema),
    record: kind("record", recordSchema),
  };
}

export function freshConversation(): Conversation {
  return structuredClone(FRESH_CONVERSATION);
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

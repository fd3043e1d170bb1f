/** Names of the keys. What stands in `{…}` decides the cluster's slot: what one script writes lies in one slot. */
export interface Places {
  readonly hashingKey: string;
  readonly collections: string;
  /** Conversations that may owe something, by the time to look at them; and the mark of each. */
  readonly owing: readonly [due: string, marks: string];
  /** That an incoming had its conversation deleted. */
  ended(incoming: string): string;
  person(person: string): PersonPlaces;
  conversation(person: string, conversation: string): ConversationPlaces;
  collection(collection: string): readonly [index: string, due: string, expiry: string, names: string];
  record(collection: string, record: string): string;
  /** Runs whose rows are kept, by when they are gone. */
  readonly runs: string;
  run(run: string): RunPlaces;
  pace(channel: string): string;
}

export type RunPlaces = readonly [meta: string, rows: string, whom: string, todo: string, fly: string, ended: string];

export interface PersonPlaces {
  readonly person: string;
  readonly conversations: string;
  readonly rate: string;
}

export interface ConversationPlaces {
  readonly conversation: string;
  readonly queue: string;
  readonly debts: string;
  readonly lease: string;
}

/** The names of all keys, under a prefix. */
export function createPlaces(prefix: string): Places {
  return {
    hashingKey: `${prefix}hashing-key`,
    collections: `${prefix}collections`,
    owing: [`${prefix}{owing}:due`, `${prefix}{owing}:marks`],
    ended: (incoming) => `${prefix}ended:${incoming}`,
    person(person) {
      const slot = `${prefix}{p:${person}}:`;
      return { person: `${slot}person`, conversations: `${slot}conversations`, rate: `${slot}rate` };
    },
    conversation(person, conversation) {
      const slot = `${prefix}{p:${person}}:`;
      return {
        conversation: `${slot}conversation:${conversation}`,
        queue: `${slot}queue:${conversation}`,
        debts: `${slot}debts:${conversation}`,
        lease: `${slot}lease:${conversation}`,
      };
    },
    collection(collection) {
      const slot = `${prefix}{r:${collection}}:`;
      return [`${slot}index`, `${slot}due`, `${slot}expiry`, `${slot}names`];
    },
    runs: `${prefix}runs`,
    run(run) {
      const slot = `${prefix}{b:${run}}:`;
      return [`${slot}meta`, `${slot}rows`, `${slot}whom`, `${slot}todo`, `${slot}fly`, `${slot}ended`];
    },
    pace: (channel) => `${prefix}pace:${channel}`,
    record: (collection, record) => `${prefix}{r:${collection}}:record:${record}`,
  };
}

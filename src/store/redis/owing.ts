import type { Address } from "#core/message.ts";
import type { Connection } from "#store/redis/connection.ts";
import type { Inside } from "#store/inside.ts";
import type { Places } from "#store/redis/places.ts";
import { answered, type Scripts } from "#store/redis/scripts.ts";
import { unlessSealed } from "#store/vault.ts";

export interface RedisInside extends Inside {
  readonly connection: Connection;
  readonly scripts: Scripts;
  readonly places: Places;
}

/** Which conversations may owe something. A conversation is marked before anything is owed: a crash leaves a mark too many, never one too few. */
export interface Owing {
  mark(address: Address): Promise<void>;
  list(now: number, limit: number, wanted: (address: Address) => boolean): Promise<Address[]>;
  /** The marks of a person's conversations as they are now; calling the answer removes those that were not made anew since. */
  marksOf(person: string, conversations: readonly string[]): Promise<() => Promise<void>>;
}

const YOUNG_MS = 60_000;
const PAGE = 100;

/** The marks lie in a slot of their own, so they are kept in step with the queues by order and age and not by one script. */
export function createOwing({ connection, scripts, places, keys, vault, now: clock, retentionMs }: RedisInside): Owing {
  const [due, marks] = places.owing;

  // A mark is told from the next one by its sealed address, which no two sealings make alike.
  const readMark = (conversation: string, mark: string) => {
    const [at = "", sealed] = mark.split(" ");
    return { at: Number(at), address: unlessSealed(() => vault.address.open(conversation, sealed)) };
  };

  const settleMark = (member: string, mark: string, later: number | "") => scripts.unmark([due, marks], [member, mark, later]);

  /** The address where something can be done; otherwise the mark is removed, or looked at again when there may be. */
  const look = async (member: string, mark: string, now: number): Promise<{ kept: boolean; address?: Address | undefined }> => {
    const [person = "", conversation = ""] = member.split(".");
    const { lease, queue, debts } = places.conversation(person, conversation);
    const found = await scripts.inspect([lease, queue, debts], [now]);
    if (found === "held") return { kept: true };
    const { at, address } = readMark(conversation, mark);
    if (found === "due") return { kept: true, address };
    if (found === "empty") {
      // A young mark may belong to a save that is under way. Its age is told by the asker's clock, so that what is put off is not listed again.
      const old = !(at > now - YOUNG_MS);
      await settleMark(member, mark, old ? "" : at + YOUNG_MS);
      return { kept: false };
    }
    await settleMark(member, mark, Number(found));
    return { kept: false };
  };

  return {
    async mark(address) {
      const conversation = keys.conversation(address);
      const member = `${keys.person(address.channel, address.person)}.${conversation}`;
      await scripts.mark([due, marks], [member, `${clock()} ${vault.address.seal(conversation, address)}`, retentionMs]);
    },

    async list(now, limit, wanted) {
      const found: Address[] = [];
      let passed = 0;
      while (found.length < limit) {
        const members = await answered(() => connection.zrangebyscore(due, "-inf", now, "LIMIT", passed, PAGE));
        if (members.length === 0) break;
        const stored = await answered(() => connection.hmget(marks, ...members));
        const looked = await Promise.all(members.map((member, at) => look(member, stored[at] ?? "", now)));
        found.push(...looked.flatMap(({ address }) => (address && wanted(address) ? address : [])));
        passed += looked.filter(({ kept }) => kept).length;
      }
      return found.slice(0, limit);
    },

    async marksOf(person, conversations) {
      const members = conversations.map((conversation) => `${person}.${conversation}`);
      const stored = members.length === 0 ? [] : await answered(() => connection.hmget(marks, ...members));
      return async () => {
        await Promise.all(members.map((member, at) => settleMark(member, stored[at] ?? "", "")));
      };
    },
  };
}

import type { DatabaseSync } from "node:sqlite";
import { transact } from "#store/embedded/database.ts";

/** Work on the database that is written to the disk together with whatever else is asked for in the same moment. */
export type Together = <T>(work: () => T) => Promise<T>;

interface Asked {
  readonly work: () => unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/** Waiting for the disk is what takes long, and one wait does for many: each is answered once all of them are on the disk. */
export function createTogether(db: DatabaseSync): Together {
  let asked: Asked[] = [];

  const flush = () => {
    const all = asked;
    asked = [];
    try {
      const values = transact(db, () => all.map(({ work }) => work()));
      for (const [at, { resolve }] of all.entries()) resolve(values[at] as never);
    } catch (error) {
      for (const { reject } of all) reject(error);
    }
  };

  return (work) =>
    new Promise((resolve, reject) => {
      asked.push({ work, resolve, reject });
      if (asked.length === 1) setImmediate(flush);
    });
}

import type { z } from "zod";

type Plain<T> = T extends string | number | boolean
  ? T
  : T extends readonly (infer Each)[]
    ? Plain<Each>[]
    : { -readonly [Name in keyof T]-?: Plain<Exclude<T[Name], undefined>> };

/** A schema that knows every member and field of its type: one that was added to the type and forgotten here does not compile. */
export function exactly<T>() {
  return <Schema extends z.ZodType<T>>(
    schema: [Plain<T>, Plain<z.output<Schema>>] extends [Plain<z.output<Schema>>, Plain<T>] ? Schema : never,
  ): Schema => schema;
}

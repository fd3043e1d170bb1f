import type { InLanguages, Topic } from "#core/entry.ts";

export const EVENT_KINDS = ["gathering", "message", "report", "project"] as const;
export const EVENT_STATUSES = ["planned", "announced", "held", "cancelled"] as const;

/** Something with a date. Dates are ISO and as precise as known: a year, a month, a day, a day with an hour. */
export interface Event {
  readonly key: string;
  readonly kind: (typeof EVENT_KINDS)[number];
  readonly topics: readonly Topic[];
  readonly title: InLanguages<string>;
  readonly timeZone: string;
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly venue?: string | undefined;
  /** A province, "çevrim içi", or absent: then it concerns every city. */
  readonly city?: string | undefined;
  readonly country?: string | undefined;
  readonly organisers: readonly string[];
  readonly participants: readonly string[];
  readonly url?: string | undefined;
  /** Entries about it, the overview first. */
  readonly entries: readonly string[];
  /** *announced*: that it took place is not confirmed. */
  readonly status: (typeof EVENT_STATUSES)[number];
  readonly sequence: number;
  readonly registration?: { readonly url?: string | undefined; readonly deadline?: string | undefined } | undefined;
  readonly fee?: string | undefined;
  readonly audience?: string | undefined;
  readonly language?: string | undefined;
  readonly contact?: string | undefined;
}

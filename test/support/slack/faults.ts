/**
 * What can go wrong between a client and Slack. "Before" means that nothing was done, "after" that it was done and the caller does not
 * learn of it.
 */
export type Trouble =
  /** An answer of Slack's own: `ok` is false. */
  | { readonly kind: "refuse"; readonly error: string; readonly more?: Readonly<Record<string, unknown>> }
  | { readonly kind: "too-many"; readonly retryAfterSeconds?: number }
  | { readonly kind: "status"; readonly status: number }
  /** A page of whatever stands before Slack. */
  | { readonly kind: "html-502" }
  | { readonly kind: "status-after"; readonly status: number }
  | { readonly kind: "bad-json-after" }
  | { readonly kind: "reset-before" }
  | { readonly kind: "reset-after" }
  /** Done, and never answered. */
  | { readonly kind: "hang-after" }
  | { readonly kind: "slow"; readonly beforeMs: number; readonly afterMs: number };

export const TOO_MANY = (seconds?: number): Trouble => ({
  kind: "too-many",
  ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }),
});
export const INTERNAL: Trouble = { kind: "status", status: 500 };
/** Done all the same, though the answer says that something went wrong. */
export const FATAL_AFTER: Trouble = { kind: "status-after", status: 503 };
export const REVOKED: Trouble = { kind: "refuse", error: "token_revoked" };
export const INVALID_AUTH: Trouble = { kind: "refuse", error: "invalid_auth" };
export const CHANNEL_GONE: Trouble = { kind: "refuse", error: "channel_not_found" };
export const ARCHIVED: Trouble = { kind: "refuse", error: "is_archived" };
export const MISSING_SCOPE = (needed: string): Trouble => ({
  kind: "refuse",
  error: "missing_scope",
  more: { needed, provided: "commands" },
});

/** Every trouble a call may meet, for tests that go through all of them. */
export const TROUBLES: readonly Trouble[] = [
  TOO_MANY(1),
  TOO_MANY(),
  INTERNAL,
  { kind: "html-502" },
  FATAL_AFTER,
  REVOKED,
  INVALID_AUTH,
  CHANNEL_GONE,
  ARCHIVED,
  MISSING_SCOPE("chat:write"),
  { kind: "refuse", error: "internal_error" },
  { kind: "refuse", error: "fatal_error" },
  { kind: "bad-json-after" },
  { kind: "reset-before" },
  { kind: "reset-after" },
  { kind: "hang-after" },
  { kind: "slow", beforeMs: 100, afterMs: 100 },
];

export interface FaultRule {
  readonly trouble: Trouble;
  readonly method?: string;
  readonly channel?: string;
  /** Only calls that carry these words. */
  readonly holding?: string;
  /** How many calls it meets (1). */
  readonly times?: number;
  /** It meets every call for so long. */
  readonly lastsMs?: number;
}

interface Rule {
  readonly rule: FaultRule;
  left: number;
  readonly until: number;
}

function begun(rule: FaultRule): Rule {
  const { times, lastsMs = Number.POSITIVE_INFINITY } = rule;
  return { rule, left: times ?? (rule.lastsMs === undefined ? 1 : Number.POSITIVE_INFINITY), until: Date.now() + lastsMs };
}

export interface Faults {
  /** The next calls that fit meet this trouble. */
  add(rule: FaultRule): void;
  /** From now on every channel takes one call of the method in this time; those that come sooner are told to wait. */
  pace(method: string, everyMs: number): void;
  clear(): void;
  /** The trouble this call meets, if any; it is used up by that. */
  take(method: string, channel: unknown, payload: object): Trouble | undefined;
}

export function createFaults(): Faults {
  let rules: Rule[] = [];
  const paces = new Map<string, number>();
  const last = new Map<string, number>();

  const paced = (method: string, channel: string): Trouble | undefined => {
    const every = paces.get(method);
    if (every === undefined) return undefined;
    const key = `${method} ${channel}`;
    const before = last.get(key);
    if (before !== undefined && Date.now() - before < every) return TOO_MANY(Math.ceil(every / 1000));
    last.set(key, Date.now());
    return undefined;
  };

  return {
    add: (rule) => void rules.push(begun(rule)),
    pace: (method, everyMs) => void paces.set(method, everyMs),
    clear() {
      rules = [];
      paces.clear();
    },
    take(method, channel, payload) {
      const fits = ({ rule, left, until }: Rule) =>
        left > 0 &&
        until > Date.now() &&
        (rule.method ?? method) === method &&
        (rule.channel === undefined || rule.channel === channel) &&
        (rule.holding === undefined || JSON.stringify(payload).includes(rule.holding));
      // What is merely slow meets the calls that meet nothing else.
      const found = rules.find((each) => each.rule.trouble.kind !== "slow" && fits(each)) ?? rules.find(fits);
      if (found === undefined) return paced(method, typeof channel === "string" ? channel : "");
      found.left -= 1;
      return found.rule.trouble;
    },
  };
}

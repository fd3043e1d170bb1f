/**
 * What can go wrong between a client and the Bot API. "Before" means that nothing was done, "after" that it was done and the
 * caller does not learn of it.
 */
export type Trouble =
  | {
      readonly kind: "refuse";
      readonly code: number;
      readonly description: string;
      readonly parameters?: { retry_after?: number };
    }
  | { readonly kind: "html-502" }
  | { readonly kind: "bad-json-after" }
  | { readonly kind: "reset-before" }
  | { readonly kind: "reset-after" }
  /** Done, and never answered. */
  | { readonly kind: "hang-after" }
  | { readonly kind: "slow"; readonly beforeMs: number; readonly afterMs: number };

export const TOO_MANY = (retryAfter?: number): Trouble => ({
  kind: "refuse",
  code: 429,
  description: `Too Many Requests: retry after ${retryAfter ?? "a while"}`,
  ...(retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } }),
});
export const BLOCKED: Trouble = { kind: "refuse", code: 403, description: "Forbidden: bot was blocked by the user" };
export const DEACTIVATED: Trouble = { kind: "refuse", code: 403, description: "Forbidden: user is deactivated" };
export const CHAT_NOT_FOUND: Trouble = { kind: "refuse", code: 400, description: "Bad Request: chat not found" };
export const INTERNAL: Trouble = { kind: "refuse", code: 500, description: "Internal Server Error" };
export const REVOKED: Trouble = { kind: "refuse", code: 401, description: "Unauthorized" };

export interface FaultRule {
  readonly trouble: Trouble;
  readonly method?: string;
  readonly chat?: number;
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
  clear(): void;
  /** The trouble this call meets, if any; it is used up by that. */
  take(method: string, chat: unknown): Trouble | undefined;
}

export function createFaults(): Faults {
  let rules: Rule[] = [];
  return {
    add: (rule) => void rules.push(begun(rule)),
    clear: () => void (rules = []),
    take(method, chat) {
      const fits = ({ rule, left, until }: Rule) =>
        left > 0 &&
        until > Date.now() &&
        (rule.method ?? method) === method &&
        (rule.chat === undefined || String(rule.chat) === String(chat));
      // A time in which all is slow meets the calls that meet nothing else.
      const lasts = ({ rule }: Rule) => rule.trouble.kind === "slow" && rule.lastsMs !== undefined;
      const found = rules.find((each) => !lasts(each) && fits(each)) ?? rules.find(fits);
      if (found) found.left -= 1;
      return found?.rule.trouble;
    },
  };
}

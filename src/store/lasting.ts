import type { Person } from "#core/conversation.ts";

/** Until they leave. Not for ever, so that nothing lies in a store that no one knows of any more. */
const LONG_MS = 100 * 365 * 86_400_000;

/** How long a person is kept who says nothing more: whoever wants announcements, for as long as they want them. */
export function personLastsMs({ subscription }: Person, retentionMs: number): number {
  return (subscription?.topics ?? []).length > 0 ? LONG_MS : retentionMs;
}

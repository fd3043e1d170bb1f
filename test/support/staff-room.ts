import type { MessageReference } from "#core/message.ts";
import type { Sent } from "#core/ports.ts";
import type { StaffPost, StaffRoom } from "#core/staff.ts";
import { words } from "./words.ts";

export interface Posted {
  readonly id: string;
  readonly under: MessageReference | undefined;
  /** What it shows now. */
  post: StaffPost;
}

export interface RecordingRoom extends StaffRoom {
  /** By reference, in the order in which they were posted. */
  readonly posted: Map<MessageReference, Posted>;
  /** What staff read of a post. */
  read(post: StaffPost): string;
  /** How the next calls end, whether or not they did something: "lost" did. */
  readonly fails: ("lost" | Sent)[];
}

/**
 * A staff's room that records what it is given, until the fake Slack and the channel to it stand here. It keeps what such a platform keeps:
 * a post under its id is found again after a lost answer, and one that was taken away is gone.
 */
export function createStaffRoom(): RecordingRoom {
  const posted = new Map<MessageReference, Posted>();
  const fails: ("lost" | Sent)[] = [];
  let count = 0;
  const ending = (reference: MessageReference): Sent =>
    fails[0] === "lost" && fails.shift() ? { ok: false, why: "unknown" } : { ok: true, reference };
  const refusal = () => (fails[0] !== undefined && fails[0] !== "lost" ? (fails.shift() as Sent) : undefined);
  return {
    posted,
    fails,
    holds: () => true,
    read: ({ title, paragraphs }) =>
      [...(title === undefined ? [] : [title]), ...paragraphs].map((text) => words(text, "tr")).join("\n"),
    async post(post, { id, tries, under }) {
      const refused = refusal();
      if (refused) return refused;
      const found = tries > 0 ? [...posted].find(([, each]) => each.id === id)?.[0] : undefined;
      if (found !== undefined) return ending(found);
      count += 1;
      posted.set(String(count), { id, under, post });
      return ending(String(count));
    },
    async update(reference, post) {
      const refused = refusal();
      if (refused) return refused;
      const there = posted.get(reference);
      if (there === undefined) return { ok: false, why: "gone" };
      there.post = post;
      return ending(reference);
    },
    async find(id) {
      const reference = [...posted].find(([, each]) => each.id === id)?.[0];
      return reference === undefined ? "none" : { reference };
    },
    showPagesAnew: async () => true,
    async remove(reference) {
      const refused = refusal();
      if (refused) return refused;
      posted.delete(reference);
      return ending(reference);
    },
  };
}

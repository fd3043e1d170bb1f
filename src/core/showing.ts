/** Notes something beside a card, before it is shown: whoever presses at once finds it. */
export type NoteBeside = (beside: unknown) => Promise<unknown>;

/** One thing as it is to be shown. */
export interface Showing<Post> {
  /** Tells this state from another. */
  readonly shows: string;
  /** It will change again. */
  readonly stays: boolean;
  /** Each round of a thing has a card of its own (0): where staff look, and not far above under what is over. */
  readonly round?: number | undefined;
  readonly post: (note: NoteBeside) => Post | Promise<Post>;
}

/** Cards that staff have of things: each posted once, changed in place as its thing changes. */
export interface ShownCards<Post> {
  /** Shows what is not shown as it is, of these and of those that were left so. Gives how many it looked at. */
  settle(ids: Iterable<string>, showingOf: (id: string) => Promise<Showing<Post> | undefined>): Promise<number>;
  /** What was noted beside the card as it is shown; as it was stored, unread. */
  beside(id: string): Promise<unknown>;
}

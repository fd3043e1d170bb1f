/** One thing as it is to be shown. */
export interface Showing<Post> {
  /** Tells this state from another. */
  readonly shows: string;
  /** It will change again. */
  readonly stays: boolean;
  readonly post: () => Post;
}

/** Cards that staff have of things: each posted once, changed in place as its thing changes. */
export interface ShownCards<Post> {
  /** Shows what is not shown as it is, of these and of those that were left so. Gives how many it looked at. */
  settle(ids: Iterable<string>, showingOf: (id: string) => Promise<Showing<Post> | undefined>): Promise<number>;
}

/** How many incomings of one person are taken in a window of time, which begins with the first of them. */
export interface Limit {
  readonly most: number;
  readonly lastsMs: number;
}

/** How much one person sends. */
export interface Rate {
  /**
   * Counts an incoming, and gives its place in the person's window: from 1 to `most` it is within the limit, `most + 1` is the first beyond
   * it, `most + 2` any later one. The same incoming again has the same place and is not counted again.
   */
  count(channel: string, person: string, incomingId: string, limit: Limit): Promise<number>;
}

/** Counts what was published of a kind, so that every process sees that there is something new. */
export interface Publication {
  version(): Promise<number>;
  /** Safe to do twice: then it is only looked once more. */
  rise(): Promise<void>;
}

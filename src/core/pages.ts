/** Whose own page shows what members ask. */
export interface Pages {
  /** Notes that somebody was shown it. */
  shown(person: string): Promise<void>;
  /** Shows all of them anew, so that nothing stands there that was deleted. False where that has to be done again. */
  showAnew(): Promise<boolean>;
}

/** What a look at the bot found: good, worth knowing, or to be set right. */
export interface Check {
  readonly state: "good" | "note" | "bad";
  readonly text: string;
}

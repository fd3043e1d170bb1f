import type { Language } from "#text/language.ts";

/** When staff will look at a question, as precisely as can be promised. `day` is an ISO day, `until` an hour such as "17:00". */
export type AnswerTime =
  | { readonly is: "today"; readonly until: string }
  | { readonly is: "later"; readonly day: string; readonly open: boolean }
  | {
      readonly is: "after-holiday";
      readonly day: string;
      readonly holiday: Readonly<Record<Language, string>>;
      readonly feast: boolean;
    };

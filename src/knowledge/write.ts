import { stringify } from "yaml";
import type { Entry } from "#core/entry.ts";

/** An entry as its file holds it; what is empty or as usual is left out. */
export function entryToYaml(entry: Entry): string {
  const { id, topic, title, questions, answer, sources, asOf, review, owner, basis, deadline, event, related } = entry;
  const { doesNotCover, smallTalk } = entry;
  const refuses = doesNotCover.tr.length + doesNotCover.en.length > 0;
  const held = {
    id,
    topic,
    title,
    questions,
    answer,
    ...(sources.length === 0 ? {} : { sources }),
    asOf,
    review,
    owner,
    basis,
    deadline,
    event,
    ...(related.length === 0 ? {} : { related }),
    ...(refuses ? { doesNotCover } : {}),
    ...(smallTalk ? { smallTalk } : {}),
  };
  // Dates stay texts, and long sentences stay on their line.
  return stringify(held, { lineWidth: 0, defaultStringType: "PLAIN", defaultKeyType: "PLAIN", keepUndefined: false });
}

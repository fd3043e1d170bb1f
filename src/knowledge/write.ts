import { stringify } from "yaml";
import type { Entry } from "#core/entry.ts";
import type { Event } from "#core/event.ts";

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
  return written(held);
}

/** An event record as its file holds it. */
export function eventToYaml(event: Event): string {
  const { organisers, participants, entries, ...held } = event;
  const lists = Object.entries({ organisers, participants, entries }).filter(([, values]) => values.length > 0);
  return written({ ...held, ...Object.fromEntries(lists) });
}

function written(held: object): string {
  // Dates stay texts, and long sentences stay on their line.
  return stringify(held, { lineWidth: 0, defaultStringType: "PLAIN", defaultKeyType: "PLAIN", keepUndefined: false });
}

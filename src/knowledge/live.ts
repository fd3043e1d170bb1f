import type { Entry } from "#core/entry.ts";
import type { Event } from "#core/event.ts";
import type { KnowledgeBase } from "#core/knowledge-base.ts";
import { buildKnowledgeBaseAside } from "#knowledge/base.ts";
import type { Knowledge } from "#knowledge/load.ts";

/** What staff published beside the files. */
interface Published {
  /** Rises with everything that is published. */
  version(): Promise<number>;
  read(): Promise<PublishedKnowledge>;
}

/** Entries and events take the place of those of the same id or key; what is retired does not answer any more. */
interface PublishedKnowledge {
  readonly entries: readonly Entry[];
  readonly retired: readonly string[];
  readonly events?: readonly Event[] | undefined;
}

/** The knowledge base of now: what the files hold, with what staff published. */
export interface LiveKnowledge {
  current(): KnowledgeBase;
  /** Takes up what was published since, if anything was. Answers whether there is another knowledge base now. */
  refresh(): Promise<boolean>;
  /** How it would be with an entry in the place of its id, or, without an entry, without that id. */
  readonly preview: (id: string, entry: Entry | undefined) => Promise<KnowledgeBase>;
}

/**
 * Builds the knowledge base, and another one aside whenever something was published; `pause` lets other work go on meanwhile. It is
 * swapped whole, so that a turn sees one or the other.
 */
export async function openLiveKnowledge(
  files: Knowledge,
  published: Published,
  pause: () => Promise<void>,
): Promise<LiveKnowledge> {
  const known = async (version: number) => (version === 0 ? files : withPublished(files, await published.read()));
  const build = async () => {
    // The version first: what is published in between is taken up by the next look.
    const version = await published.version();
    return { version, base: await buildKnowledgeBaseAside(await known(version), pause) };
  };
  let shown = await build();
  let building: Promise<boolean> = Promise.resolve(false);

  const look = async () => {
    if ((await published.version()) === shown.version) return false;
    shown = await build();
    return true;
  };
  return {
    current: () => shown.base,
    async preview(id, entry) {
      const change = entry === undefined ? { entries: [], retired: [id] } : { entries: [entry], retired: [] };
      return buildKnowledgeBaseAside(withPublished(await known(await published.version()), change), pause);
    },
    refresh: () => {
      // One after another, so that an older one never takes the place of a newer.
      building = building.then(look, look);
      return building;
    },
  };
}

/** The knowledge of the files with what was published: what is new, what is edited in its place, and without what is retired. */
export function withPublished(files: Knowledge, { entries, retired, events = [] }: PublishedKnowledge): Knowledge {
  const replaced = new Set([...retired, ...entries.map(({ id }) => id)]);
  const keys = new Set(events.map(({ key }) => key));
  return {
    ...files,
    entries: [...files.entries.filter(({ id }) => !replaced.has(id)), ...entries],
    events: [...files.events.filter(({ key }) => !keys.has(key)), ...events],
  };
}

import type { RunEnd } from "#announcements/parts.ts";

/** Runs that this process works on. Disposing waits for them. */
export interface UnderWay extends AsyncDisposable {
  /** Works on a run, unless this process does already or it rests; `ended` once everybody has ended. What either leaves off as it is aborted is no fault. */
  begin(run: string, work: () => Promise<RunEnd>, ended: () => Promise<unknown>): void;
}

export function createUnderWay(now: () => number, failed: (error: unknown) => void): UnderWay {
  const working = new Map<string, Promise<void>>();
  const restsUntil = new Map<string, number>();
  return {
    begin(run, work, ended) {
      if (working.has(run) || (restsUntil.get(run) ?? 0) > now()) return;
      restsUntil.delete(run);
      const worked = (async () => {
        const end = await work();
        if (end.is === "done") await ended();
        if (end.is === "waiting") restsUntil.set(run, end.until);
      })()
        .catch((error: unknown) => {
          if (!isAborted(error)) failed(error);
        })
        .finally(() => working.delete(run));
      working.set(run, worked);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(working.values());
    },
  };
}

function isAborted(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

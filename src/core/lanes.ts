/** Runs work of one key in the order it was given, of different keys side by side, at most `most` at a time. */
export interface Lanes {
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Resolves once nothing is left to do. */
  idle(): Promise<void>;
}

export function createLanes(most: number): Lanes {
  const last = new Map<string, Promise<unknown>>();
  const waiting: (() => void)[] = [];
  let free = most;

  const enter = async () => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };

  return {
    run(key, work) {
      const before = last.get(key) ?? Promise.resolve();
      const own = before.then(async () => {
        await enter();
        try {
          return await work();
        } finally {
          leave();
        }
      });
      // Whoever is next in the lane goes on whatever became of this one; who asked for it hears of it.
      const ended = Promise.allSettled([own]).finally(() => {
        if (last.get(key) === ended) last.delete(key);
      });
      last.set(key, ended);
      return own;
    },
    async idle() {
      while (last.size > 0) await Promise.all(last.values());
    },
  };
}

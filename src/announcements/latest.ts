const HOLDS_MS = 1000;

/** What is read at most once a second, however many ask for it; what failed is read anew. */
export function createLatest<T>(read: () => Promise<T>, now: () => number): () => Promise<T> {
  let known: { readonly at: number; readonly value: Promise<T> } | undefined;
  return async () => {
    if (known === undefined || now() - known.at >= HOLDS_MS) known = { at: now(), value: read() };
    const { value } = known;
    try {
      return await value;
    } catch (error) {
      if (known?.value === value) known = undefined;
      throw error;
    }
  };
}

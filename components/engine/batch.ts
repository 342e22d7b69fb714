/** Batches concurrent requests into one. */

/**
 * Resolves each key from a read that starts after the request, so that results are never outdated. During
 * a read, new requests wait for the next one, so that a slow host gets fewer requests.
 */
export function batched<T>(
  read: (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>,
): (key: string) => Promise<T | undefined> {
  let last: Promise<unknown> = Promise.resolve();
  let next: { readonly keys: Set<string>; readonly found: Promise<ReadonlyMap<string, T>> } | undefined;
  const open = () => {
    const keys = new Set<string>();
    const begin = (): Promise<ReadonlyMap<string, T>> => {
      next = undefined;
      return read([...keys]);
    };
    // Requests from timers that expire batched arrive in separate turns of the event loop.
    const found = last.then(aTurn, aTurn).then(begin);
    last = found;
    return { keys, found };
  };
  return async (key) => {
    const batch = (next ??= open());
    batch.keys.add(key);
    return (await batch.found).get(key);
  };
}

function aTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

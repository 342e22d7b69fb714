/** One question in the place of many: what several ask for at a time is read at once. */

/**
 * Answers each key out of a reading that begins after it was asked for: nobody gets what was known before. While one
 * reading is under way, all who ask wait for the next, so that a slow host is asked less often.
 */
export function together<T>(
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
    // Those whose timers end now ask one after the other, each in a turn of its own.
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

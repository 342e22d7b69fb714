/** Many questions at a time are one reading, and no answer is older than its question. */

import { batched } from "../../components/engine/batch";

/** A host that notes what it is asked, and answers when it is told to. */
function host() {
  const readings: string[][] = [];
  const answers: ((fail?: Error) => void)[] = [];
  const read = (keys: readonly string[]) => {
    readings.push([...keys]);
    const count = readings.length;
    return new Promise<Map<string, string>>((resolve, reject) =>
      answers.push((fail) => {
        if (fail === undefined) resolve(new Map(keys.map((key) => [key, `${key} of reading ${count}`])));
        else reject(fail);
      }),
    );
  };
  return { readings, answers, ask: batched(read) };
}

const aMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

it("reads once for concurrent requests, each key once", async () => {
  const { readings, answers, ask } = host();
  const asked = [ask("a"), ask("b"), ask("a")];
  await aMoment();
  answers[0]?.();
  expect(await Promise.all(asked)).toEqual(["a of reading 1", "b of reading 1", "a of reading 1"]);
  expect(readings).toEqual([["a", "b"]]);
});

it("serves requests during a read from the next read, which starts afterwards", async () => {
  const { readings, answers, ask } = host();
  const first = ask("a");
  await aMoment();
  const later = [ask("a"), ask("b")];
  await aMoment();
  expect(readings).toEqual([["a"]]);
  answers[0]?.();
  expect(await first).toBe("a of reading 1");
  await aMoment();
  answers[1]?.();
  expect(await Promise.all(later)).toEqual(["a of reading 2", "b of reading 2"]);
  expect(readings).toEqual([["a"], ["a", "b"]]);
});

it("rejects the waiting requests after a failure, and reads again for later ones", async () => {
  const { answers, ask } = host();
  const first = ask("a");
  await aMoment();
  const second = ask("a");
  answers[0]?.(new Error("gone"));
  await expect(first).rejects.toThrow("gone");
  await aMoment();
  answers[1]?.();
  expect(await second).toBe("a of reading 2");
});

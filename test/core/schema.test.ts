import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { checkArgs, faultsOf } from "../../components/core/check-args";
import {
  containerPath,
  flag,
  input,
  isStructure,
  listOf,
  mapOf,
  nonEmptyText,
  numberFrom,
  oneOf,
  reference,
  seconds,
  strict,
  text,
  wholeNumber,
} from "../../components/core/schema";

function said(guard: z.ZodType, value: unknown): string[] {
  const result = guard.safeParse(value);
  return result.success ? [] : faultsOf(result.error.issues).map((each) => `${each.path}: ${each.text}`);
}

test.each<[string, z.ZodType, unknown[], unknown[]]>([
  ["a whole number", wholeNumber(1, 3), [1, 3], [0, 4, 1.5, NaN, Infinity, "1", null, undefined, true]],
  ["a whole number without an end", wholeNumber(0), [0, 1e9], [-1, 0.5]],
  ["a number", numberFrom(0.01), [0.01, 5], [0, -1, NaN, Infinity, "1"]],
  ["seconds", seconds(), [0, 0.5], [-0.001, NaN, "1s"]],
  ["text", text(), ["", "a"], [1, null, [], {}]],
  ["text that is not empty", nonEmptyText, ["a", " "], ["", null]],
  ["a flag", flag, [true, false], ["true", 0, 1, null]],
  ["one of a few", oneOf(["a", "b"]), ["a", "b"], ["A", "c", 1, null, ["a"]]],
  [
    "a path",
    containerPath,
    ["/", "/a", "/a/b.c", "/...", "/.a"],
    ["", "a", "/a/", "//", "//a", "/a//b", "/.", "/a/..", "/a/./b", "/a\0"],
  ],
  ["a list", listOf(text()), [[], ["a"]], ["a", {}, null, [1], new Set()]],
  ["a map", mapOf(text()), [{}, { a: "b" }], [[], "a", null, { a: 1 }, new Map()]],
  ["a structure", strict({ a: text().optional() }), [{}, { a: "b" }], [[], "a", null, { b: 1 }, { a: null }]],
])("%s is taken or refused", (_, guard, right, wrong) => {
  for (const value of right) expect(said(guard, value)).toEqual([]);
  for (const value of wrong) expect(said(guard, value)).not.toEqual([]);
});

test("a leaf may be known later, and is judged now where it is known", () => {
  const guard = input(wholeNumber(1));
  expect(said(guard, pulumi.output("anything"))).toEqual([]);
  expect(said(guard, Promise.resolve("anything"))).toEqual([]);
  expect(said(guard, 5)).toEqual([]);
  expect(said(guard, 0)).toEqual(
    [": must be a whole number of at least 1, got 0"].map((line) => `args${line}`),
  );
});

test("structure may not be known later", () => {
  for (const guard of [strict({}), listOf(text()), mapOf(text()), reference<{ id: string }>("id", "a thing")])
    for (const late of [pulumi.output({}), Promise.resolve({})])
      expect(said(guard, late)[0]).toMatch(/but the value must be known at preview time$/);
});

test("a reference is known by its member", () => {
  const guard = reference<{ id: string }>("id", "a thing");
  expect(said(guard, { id: "x", more: 1 })).toEqual([]);
  for (const wrong of [{}, { id: null }, { id: undefined }, "id", null, undefined, 5])
    expect(said(guard, wrong)).toHaveLength(1);
});

test("each unknown key is a fault of its own, with the nearest known one or a short list", () => {
  const few = strict({ first: text().optional(), second: text().optional() });
  expect(said(few, { frist: 1, other: 2 })).toEqual([
    ': "frist" is not a known key; did you mean "first"?',
    ': "other" is not a known key; known: first, second',
  ]);

  const many = strict(
    Object.fromEntries(Array.from("abcdefghijklm").map((key) => [key.repeat(9), text().optional()])),
  );
  expect(said(many, { other: 2 })).toEqual([': "other" is not a known key']);
});

test("for a name of another tool, the error suggests the argument", () => {
  expect(
    said(strict({ mounts: text().optional() }, { instead: { volumes: "mounts" } }), { volumes: 1 }),
  ).toEqual([': "volumes" is not a known key; write mounts']);
});

test("a key cannot break a message into lines", () => {
  expect(said(strict({}), { "a\nb": 1 })).toEqual([': "a\\nb" is not a known key; known: ']);
});

test.each([
  [wholeNumber(1), "64", "; write 64 without quotes"],
  [wholeNumber(1), "64m", ""],
  [wholeNumber(1), "064", ""],
  [wholeNumber(1), "NaN", ""],
  [flag, "false", "; write false without quotes"],
  [flag, "no", ""],
  [text(), 64, "; write it in quotes"],
  [text(), true, "; write it in quotes"],
  [text(), null, ""],
])("quotes are a remedy where they are the fault: %#", (guard, value, remedy) => {
  const [line = ""] = said(guard, value);
  expect(line.split(/(?=; write)/)[1] ?? "").toBe(remedy);
});

test.each<[unknown, boolean]>([
  [{}, true],
  [Object.create(null), true],
  [[], false],
  [null, false],
  ["a", false],
  [pulumi.output({}), false],
  [Promise.resolve({}), false],
])("what holds arguments is known: %#", (value, expected) => {
  expect(isStructure(value)).toBe(expected);
});

test("of several alternatives, the faults of the intended one are reported", () => {
  const guard = z.union([z.literal("none"), strict({ command: text(), retries: wholeNumber(1).optional() })]);
  expect(said(strict({ check: guard }), { check: { command: "a", retries: 0 } })).toEqual([
    "check.retries: must be a whole number of at least 1, got 0",
  ]);
});

describe("checkArgs", () => {
  const component = { getProvider: () => undefined } as unknown as pulumi.Resource;
  const guard = strict({ a: wholeNumber(1), b: wholeNumber(1).optional() });
  const together = ({ a, b = 0 }: { a: number; b?: number }) =>
    b > a ? [{ path: "b", text: `must be at most a (${a}), got ${b}` }] : [];
  const check = (args: unknown) => checkArgs(component, "thing", "x", guard, args, together);

  test("returns valid arguments", () => {
    expect(check({ a: 2, b: 1 })).toEqual({ a: 2, b: 1 });
  });

  test("asks what must hold together only of sound arguments", () => {
    expect(() => check({ a: 1, b: 2 })).toThrow(
      new Error('thing "x" has 1 invalid argument\n  b: must be at most a (1), got 2'),
    );
    expect(() => check({ a: 0, b: 2 })).toThrow(
      new Error('thing "x" has 1 invalid argument\n  a: must be a whole number of at least 1, got 0'),
    );
  });

  test("throws an error that Pulumi prints without a stack", () => {
    try {
      check({});
      throw new Error("not refused");
    } catch (error) {
      expect(pulumi.ResourceError.isInstance(error)).toBe(true);
      expect((error as pulumi.ResourceError).hideStack).toBe(true);
    }
  });
});

/** The small readers and writers that the loader is made of. */

import * as fc from "fast-check";

import { resolvePlain } from "../../components/compose/source/scalars";
import { shellWords } from "../../components/compose/variables/shell-words";
import { formatDuration, parseBytes, parseDuration } from "../../components/compose/model/units";
import { asText, singlePrecision, truthOf } from "../../components/compose/model/values";

describe("durations", () => {
  test.each([
    ["90s", "1m30s"],
    ["1h5m30s20ms", "1h5m30.02s"],
    ["2d", "48h0m0s"],
    ["1w", "168h0m0s"],
    ["1.5h", "1h30m0s"],
    [".5s", "500ms"],
    ["1500us", "1.5ms"],
    ["10ns", "10ns"],
    ["1.5µs", "1.5µs"],
    ["0", "0s"],
    ["-1s", "-1s"],
    ["60m", "1h0m0s"],
  ])("%s is written %s", (text, written) => {
    const nanoseconds = parseDuration(text);
    expect(nanoseconds === undefined ? undefined : formatDuration(nanoseconds)).toBe(written);
  });

  test.each(["", "10", "10 s", "s", "1x", "1h 5m", ".s", "5 seconds", "99999999999999h"])(
    "%j is none",
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  test("what was written reads the same", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 60n }), (nanoseconds) => {
        const read = parseDuration(formatDuration(nanoseconds));
        // A fraction goes through a number that is not exact to the last nanosecond.
        expect(Number(read)).toBeCloseTo(Number(nanoseconds), -2);
      }),
    );
  });
});

describe("byte sizes", () => {
  test.each([
    ["512m", 512 * 1024 ** 2],
    ["1.5g", 1.5 * 1024 ** 3],
    ["10kb", 10240],
    ["5GiB", 5 * 1024 ** 3],
    ["100 MB", 100 * 1024 ** 2],
    ["77b", 77],
    ["2048", 2048],
    [".5k", 512],
  ])("%s is %d", (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });

  test.each(["", "m", "5q", "-5m", "5mbb", "5 m b", "1,5g"])("%j is none", (text) => {
    expect(parseBytes(text)).toBeUndefined();
  });
});

describe("words of a command", () => {
  test.each([
    ["a b  c", ["a", "b", "c"]],
    [`nginx -g "daemon off;"`, ["nginx", "-g", "daemon off;"]],
    [`a 'b "c"' d\\ e`, ["a", `b "c"`, "d e"]],
    [`''`, [""]],
    ["", []],
    ["a\nb\tc", ["a", "b", "c"]],
    ["x $(a b) `c d`", ["x", "$(a b)", "`c d`"]],
    ["a && b", ["a"]],
  ])("%j", (line, words) => {
    expect(shellWords(line)).toEqual(words);
  });

  test.each([`a "b`, "a 'b", "a \\", "a (b)", "a `b"])("%j does not end", (line) => {
    expect(shellWords(line)).toBeUndefined();
  });
});

describe("words without quotes", () => {
  test.each([
    ["5", 5],
    ["0x1F", 31],
    ["0o17", 15],
    ["017", 15],
    ["08", 8],
    ["0b101", 5],
    ["1_000", 1000],
    ["1.50", 1.5],
    ["1e3", 1000],
    ["-7", -7],
    ["true", true],
    ["True", true],
    ["yes", "yes"],
    ["no", "no"],
    ["on", "on"],
    ["~", null],
    ["", null],
    ["22:22", "22:22"],
    ["1.2.3", "1.2.3"],
    ["2024-05-01", "2024-05-01"],
    ["-", "-"],
    ["12345678901234567890", 12345678901234567890n],
  ])("%j is %p", (text, value) => {
    expect(resolvePlain(text)).toBe(value);
  });
});

describe("values as text", () => {
  test.each([
    [1.5, "1.5"],
    [1000, "1000"],
    [0.00001, "1e-05"],
    [1e-10, "1e-10"],
    [1e25, "1e+25"],
    [Infinity, "+Inf"],
    [-0, "0"],
    [true, "true"],
    [12345678901234567890n, "12345678901234567890"],
  ])("%p is %s", (value, text) => {
    expect(asText(value)).toBe(text);
  });

  test.each([
    [0.1, 0.1],
    [1 / 3, 0.33333334],
    [2, 2],
    [16777217, 16777216],
  ])("%p is %p of single precision", (value, single) => {
    expect(singlePrecision(value)).toBe(single);
  });

  test.each([
    ["true", true],
    ["Yes", true],
    ["off", false],
    ["maybe", undefined],
    ["1", undefined],
  ])("%s is %p", (text, value) => {
    expect(truthOf(text)?.value).toBe(value);
  });
});

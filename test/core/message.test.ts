import * as pulumi from "@pulumi/pulumi";
import * as fc from "fast-check";
import { faultText, formatPath, orList, showKind, showValue } from "../../components/core/text/message";

test.each([
  [[], ""],
  [["ports"], "ports"],
  [["ports", 0, "container"], "ports[0].container"],
  [["labels", "a.b"], 'labels["a.b"]'],
  [["files", "/etc/a", "mode"], 'files["/etc/a"].mode'],
  [["environment", ""], 'environment[""]'],
  [["a", "1b"], 'a["1b"]'],
  [["$a", "_b"], "$a._b"],
])("a path reads as in a program: %j", (path, text) => {
  expect(formatPath(path)).toBe(text);
});

test.each([
  ["https://ada:hunter2@r.io/team", "https://ada:[secret]@r.io/team"],
  ["https://hunter2@github.com/a/b.git", "https://[secret]@github.com/a/b.git"],
  ["https://ada:hun/t@er2@r.io", "https://ada:[secret]@r.io"],
  ["see tcp://ada:hunter2@h:2376", "see tcp://ada:[secret]@h:2376"],
  ["ada:hunter2@r.io:5000", "ada:[secret]@r.io:5000"],
  [" ada:hunter2@localhost:5000/app", " ada:[secret]@localhost:5000/app"],
  ["ssh://deploy@host", "ssh://deploy@host"],
  ["git@github.com:a/b.git", "git@github.com:a/b.git"],
  ["r.io:5000/app:1.2@sha256:12", "r.io:5000/app:1.2@sha256:12"],
  ["app:1.2@sha256:12", "app:1.2@sha256:12"],
])("P8 the password of a login is not shown: %s", (value, text) => {
  expect(showValue(value)).toBe(JSON.stringify(text));
});

test.each([
  ["text", '"text"'],
  ["a\nb", '"a\\nb"'],
  ["", '""'],
  ["x".repeat(61), `"${"x".repeat(57)}..."`],
  ["x".repeat(60), `"${"x".repeat(60)}"`],
  [0, "0"],
  [-0.5, "-0.5"],
  [NaN, "NaN"],
  [false, "false"],
  [null, "null"],
  [undefined, "nothing"],
  [[1, 2], "a list of 2"],
  [{ a: 1 }, "an object"],
  [Object.create(null), "an object"],
  [new Map(), "a Map"],
  [new Error("x"), "an Error"],
  [pulumi.output(1), "an Output, but the value must be known at preview time"],
  [Promise.resolve(1), "a Promise, but the value must be known at preview time"],
  [() => 1, "a function"],
  [10n, "a bigint"],
  [Symbol("x"), "a symbol"],
])("a value is shown short and on one line: %p", (value, text) => {
  expect(showValue(value)).toBe(text);
});

test("no value is shown over several lines, whatever it holds", () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(showValue(value)).not.toMatch(/[\n\r]/);
      expect(showValue(value).length).toBeLessThan(400);
    }),
  );
});

test("where a secret may stand, only its kind is shown", () => {
  const secret = fc.string({
    minLength: 8,
    unit: fc.constantFrom(...Array.from("qxzjkwvQXZJKWV0123456789")),
  });
  fc.assert(
    fc.property(secret, (value) => {
      for (const form of [
        value,
        [value],
        { value },
        { [value]: 1 },
        Number(`0x1${value.length}`),
        12_345_678,
      ])
        expect(showKind(form)).not.toMatch(new RegExp(`${value}|12345678`));
    }),
  );
});

test.each([
  [["a"], '"a"'],
  [["a", "b"], '"a" or "b"'],
  [["a", "b", "c"], '"a", "b" or "c"'],
  [[], ""],
])("words are joined as in a sentence: %j", (words, text) => {
  expect(orList(words)).toBe(text);
});

test("one fault is singular, several are not, and each has a line", () => {
  expect(faultText("volume", "data", [{ path: "name", text: "must be text" }])).toBe(
    'volume "data" has 1 invalid argument\n  name: must be text',
  );
  expect(
    faultText("volume", "data", [
      { path: "", text: '"a" is not a known key' },
      { path: "name", text: "must be text" },
    ]),
  ).toBe('volume "data" has 2 invalid arguments\n  "a" is not a known key\n  name: must be text');
});

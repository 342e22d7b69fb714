import fc from "fast-check";

import {
  IgnoreMatcher,
  matcherForBuild,
  parseDockerignore,
} from "../../components/image/ignore/dockerignore";

// That the files are those Docker sends is proven against Docker itself, in test/engine/dockerignore.test.ts.

test("reads lines as Docker does", () => {
  const text = "\ufeff# a comment\n  a/b/ \r\n/c\n! /d\n!\u00a0e\n\n./f/../g\n #h\n/\n";
  expect(parseDockerignore(text)).toEqual(["a/b", "c", "!d", "!e", "g", "#h", "/"]);
});

test.each([
  ["!", 'bad pattern "!": a pattern must follow the exclamation mark'],
  ["a[", 'bad pattern "a[": a [class] is not closed, or empty'],
  ["a[]", 'bad pattern "a[]": a [class] is not closed, or empty'],
  ["a[b", 'bad pattern "a[b": a [class] is not closed, or empty'],
  ["a[b-", 'bad pattern "a[b-": a [class] is not closed, or empty'],
  ["a\\", 'bad pattern "a\\\\": it ends in a backslash'],
  ["[z-a]", 'bad pattern "[z-a]": a range runs backwards or a repetition has nothing to repeat'],
  ["\\bx", 'bad pattern "\\\\bx": \\b is not a character to escape'],
])("refuses the pattern %s", (pattern, message) => {
  expect(() => new IgnoreMatcher([pattern])).toThrow(new Error(message));
});

test.each([
  ["[[:digit:]]x", "7x", true],
  ["[[:digit:]]x", "ax", false],
  ["\\dx", "7x", true],
  ["\\Dx", "7x", false],
  ["[\\w]x", "_x", true],
  ["[*]x", "[[]x", true],
  ["a.?", "a.b", true],
  ["a.?", "axb", false],
  ["?", "😀", true],
  ["*a*b*c", "xaybzc", true],
  ["*a*b*c", "xa/ybzc", false],
  ["**/a/**/b/*.txt", "x/a/y/z/b/q.txt", true],
  ["**/a/**/b/**/*.txt", "a/b/q.txt", true],
  ["**/a/**/b/**/*.txt", "a/xb/q.txt", false],
  ["^*a*b*", "ab", true],
  ["a*^b*c*", "abc", false],
  ["[x-z]*[^0]*?*", "y12", true],
])("the pattern %s and the name %s", (pattern, name, ignored) => {
  expect(new IgnoreMatcher([pattern]).match(name).ignored).toBe(ignored);
});

test.each([
  ["stars", "*a".repeat(40), "a".repeat(39) + "b"],
  ["stars of folders", "**/a".repeat(40).replaceAll("a**", "a/**"), "a/".repeat(200) + "b"],
  ["stars and folders", `${"**/*a*".repeat(30)}b`, "a/".repeat(200) + "c"],
  ["classes", "[a-z]*".repeat(40) + "0", "a".repeat(250)],
  ["a long line", "*x".repeat(5000), "y".repeat(4000)],
])("P10 a hostile pattern of %s is matched in no time", (_, pattern, name) => {
  const begun = Date.now();
  expect(new IgnoreMatcher([pattern]).match(name).ignored).toBe(false);
  expect(Date.now() - begun).toBeLessThan(1000);
});

test("so is a line of blanks", () => {
  const begun = Date.now();
  expect(parseDockerignore(`a${" ".repeat(500_000)}b`)).toHaveLength(1);
  expect(Date.now() - begun).toBeLessThan(1000);
});

test("folders that a re-inclusion cannot reach are not entered", () => {
  const matcher = new IgnoreMatcher(["*", "!src/app/main.ts", "!**/keep"]);
  expect(matcher.mayReincludeBelow("src")).toBe(true);
  expect(matcher.mayReincludeBelow("src/app")).toBe(true);
  expect(matcher.mayReincludeBelow("src/apple")).toBe(false);
  expect(matcher.mayReincludeBelow("node_modules")).toBe(false);
});

test("what the builder needs comes back", () => {
  const matcher = matcherForBuild("*", "docker/Dockerfile");
  const folder = matcher.match("docker");
  expect(folder.ignored).toBe(true);
  expect(matcher.match("docker/Dockerfile", folder.state).ignored).toBe(false);
  expect(matcher.match(".dockerignore").ignored).toBe(false);
  expect(matcherForBuild(undefined, undefined).match("x").ignored).toBe(false);
});

test("a name without special characters matches itself and nothing else", () => {
  const name = fc
    .string({ unit: fc.constantFrom("a", "b", ".", "-", "é", "😀"), minLength: 1 })
    .filter((text) => !/^\.+$/.test(text));
  fc.assert(
    fc.property(name, name, (pattern, other) => {
      const { ignored } = new IgnoreMatcher([pattern]).match(other);
      expect(ignored).toBe(pattern === other);
    }),
  );
});

test("any text is read or refused with a message, and matching never fails", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...Array.from("ab/*?[]^-\\!.#{}() \n")), maxLength: 20 }),
      fc.constantFrom("a", "a/b", "b.a", "[", "a b"),
      (text, path) => {
        let matcher: IgnoreMatcher;
        try {
          matcher = new IgnoreMatcher(parseDockerignore(text));
        } catch (error) {
          expect((error as Error).message).toMatch(/^bad pattern "/);
          return;
        }
        expect(typeof matcher.match(path).ignored).toBe("boolean");
      },
    ),
    { numRuns: 2000 },
  );
});

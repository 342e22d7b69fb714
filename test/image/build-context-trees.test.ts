import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import fc from "fast-check";

import { hashBuildContext } from "../../components/image/context/disk/hash";

const DOCKERFILE = "FROM scratch\nCOPY . /\n";

/** The hash of a context of these files alone, with the Dockerfile given as text. */
function hashOf(files: Readonly<Record<string, Uint8Array | string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "dockwright-tree-"));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const result = hashBuildContext({ context: folder, dockerfile: { text: DOCKERFILE } }).hash;
  rmSync(folder, { recursive: true });
  return result;
}

describe("no byte can move unnoticed", () => {
  const name = fc
    .string({ unit: fc.constantFrom("a", "b", "f", "x", "0", "."), minLength: 2, maxLength: 6 })
    .filter((text) => !/^\.+$/.test(text));

  test("between a name and its content", () => {
    fc.assert(
      fc.property(name, fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 5 }), (path, content) => {
        const moved = { [path.slice(0, -1)]: path.slice(-1) + content };
        fc.pre(!/^\.+$/.test(path.slice(0, -1)));
        expect(hashOf(moved)).not.toBe(hashOf({ [path]: content }));
      }),
      { numRuns: 60 },
    );
  });

  test("between two files", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        fc.uint8Array({ maxLength: 40 }),
        (first, second) => {
          const before = hashOf({ a: first, b: second });
          const after = hashOf({ a: first.slice(0, -1), b: Buffer.concat([first.slice(-1), second]) });
          expect(after).not.toBe(before);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("between a file and a forged entry inside another", () => {
    const entry = Buffer.concat([
      Buffer.from("f"),
      Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]),
      Buffer.from("b"),
      Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]),
      Buffer.from("y"),
    ]);
    expect(hashOf({ a: Buffer.concat([Buffer.from("x"), entry]) })).not.toBe(hashOf({ a: "x", b: "y" }));
  });

  test("different trees have different hashes", () => {
    const tree = fc.dictionary(name, fc.string({ maxLength: 3 }), { maxKeys: 4, noNullPrototype: true });
    fc.assert(
      fc.property(tree, tree, (left, right) => {
        const same =
          JSON.stringify(Object.entries(left).sort()) === JSON.stringify(Object.entries(right).sort());
        expect(hashOf(left) === hashOf(right)).toBe(same);
      }),
      { numRuns: 60 },
    );
  });
});

import * as pulumi from "@pulumi/pulumi";
import * as fc from "fast-check";
import type { z } from "zod";
import { faultsOf } from "../../components/core/check-args";
import {
  environment,
  environmentInputs,
  fileFaults,
  files,
  secrets,
  uploadInputs,
} from "../../components/container/environment";

const messages = (guard: z.ZodType, value: unknown): string => {
  const result = guard.safeParse(value);
  return result.success
    ? ""
    : faultsOf(result.error.issues)
        .map((each) => `${each.path}: ${each.text}`)
        .join("\n");
};

test("the order of variables in a program changes nothing", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[A-Z]{1,4}$/), fc.string()), (variables) => {
      const backwards = Object.fromEntries(Object.entries(variables).reverse());
      expect(environmentInputs(backwards)).toEqual(environmentInputs(variables));
    }),
  );
});

test("every value arrives as it was written, equals signs and line breaks too", () => {
  expect(environmentInputs({ B: "a=b\nc ", A: "" })).toEqual(["A=", "B=a=b\nc "]);
});

test("a secret variable stays secret, a late one is awaited", async () => {
  const [late, secret] = environmentInputs({ A: pulumi.output("1"), B: pulumi.secret("2") });
  const inside = (value: unknown) => value as { promise(): Promise<unknown>; isSecret: Promise<boolean> };

  expect(await inside(late).promise()).toBe("A=1");
  expect(await inside(late).isSecret).toBe(false);
  expect(await inside(secret).promise()).toBe("B=2");
  expect(await inside(secret).isSecret).toBe(true);
});

/** Long enough that no message has it by chance. */
const secret = fc.string({ minLength: 8, unit: fc.constantFrom(...Array.from("qxzjkwvQXZJKWV")) });
const wrongShapes = (value: string): unknown[] => [
  value,
  [value],
  { a: [value] },
  { a: { value } },
  { a: { [value]: 1 } },
  { a: Number.parseInt(value, 36) },
];

test.each([
  ["secrets", secrets],
  ["environment", environment],
])("no message about wrong %s holds the value", (_, guard) => {
  fc.assert(
    fc.property(secret, (value) => {
      for (const wrong of wrongShapes(value)) {
        const text = messages(guard, wrong);
        expect(text).not.toBe("");
        expect(text).not.toContain(value);
        expect(text).not.toContain(String(Number.parseInt(value, 36)));
      }
    }),
  );
});

test("no message about a wrong file holds its content", () => {
  fc.assert(
    fc.property(secret, (value) => {
      for (const wrong of [
        value,
        [value],
        { "/a": value },
        { "/a": [value] },
        { "/a": { contentBase64: `${value}!` } },
        { "/a": { content: { value } } },
        { "/a": { content: [value], contentBase64: value } },
      ]) {
        expect(messages(files, wrong)).not.toBe("");
        expect(messages(files, wrong)).not.toContain(value);
      }
    }),
  );
});

test("uploads come in the order of their paths, secrets among them", () => {
  const uploads = uploadInputs(
    { "/z": { content: "z" }, "/a": { content: "a", mode: "0600" } },
    { key: "k" },
  );

  expect(uploads.map(({ file, permissions }) => [file, permissions])).toEqual([
    ["/a", "0600"],
    ["/run/secrets/key", "0444"],
    ["/z", "0444"],
  ]);
});

test.each([
  ["below a volume", [{ bind: "/srv", path: "/data", readOnly: false }], "/data/a"],
  ["beside a tmpfs of a similar name", [{ tmpfs: true as const, path: "/tmp" }], "/tmpfile"],
])("a file can be written %s", (_, mounts, path) => {
  expect(fileFaults([{ path, at: "files" }], mounts, false)).toEqual([]);
});

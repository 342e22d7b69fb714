/** package-lock.json, as `npm ci` needs it on every platform and with every registry. */

import { readFileSync } from "node:fs";
import { resolve } from "node:path";

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const file = resolve(__dirname, "../../package-lock.json");
const { packages } = JSON.parse(readFileSync(file, "utf8")) as { packages: Record<string, Locked> };

/** Finds a dependency as Node does: beside its dependant, else further up. */
function isLocked(name: string, dependant: string): boolean {
  const place = `${dependant === "" ? "" : `${dependant}/`}node_modules/${name}`;
  if (packages[place] !== undefined) return true;
  return dependant !== "" && isLocked(name, dependant.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, ""));
}

test("every dependency of every package has an entry, those of other platforms among them", () => {
  const missing = Object.entries(packages).flatMap(([place, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !isLocked(name, place))
      .map((name) => `${place} needs ${name}`),
  );
  expect(missing).toEqual([]);
});

test.each(["darwin", "linux", "win32"])("the compiler of the tests is locked for %s", (platform) => {
  const places = Object.keys(packages).filter((place) =>
    place.startsWith(`node_modules/@swc/core-${platform}-`),
  );
  expect(places.length).toBeGreaterThan(1);
});

test("every entry has a version and a checksum, and names no registry", () => {
  const odd = Object.entries(packages).filter(
    ([place, { version, integrity, resolved }]) =>
      place !== "" && (version === undefined || integrity === undefined || resolved !== undefined),
  );
  expect(odd).toEqual([]);
});

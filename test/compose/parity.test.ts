/** The comparison with Docker Compose itself, of which the real runs are in test/engine/compose-samples.test.ts. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { compare, explains, type Observed, told } from "./parity/compare";
import { differences, differencesSection } from "./parity/differences";
import { essentialsOf } from "./parity/essentials";

const one = (inspected: object): Observed =>
  new Map([["container web 1", { kind: "container", essentials: essentialsOf("container", inspected) }]]);

const between = (theirs: object, ours: object): string[] => compare(one(theirs), one(ours)).map(told);

test("docs/compose.md holds the list; npm run docs:compose writes it", () => {
  const plain = (text: string): string => text.replace(/ +/g, " ").replace(/-+/g, "-");
  expect(plain(readFileSync(join(__dirname, "../../docs/compose.md"), "utf8"))).toContain(
    plain(differencesSection()),
  );
});

test("ids, times, drawn addresses, empty values and orders without a meaning are no difference", () => {
  const container = (id: string, more: object): object => ({
    Id: id.repeat(64),
    Created: id,
    Config: { Hostname: id.repeat(12), Env: id === "a" ? ["A=1", "B=2"] : ["B=2", "A=1"] },
    NetworkSettings: {
      Networks: { "shop.net": { IPAddress: `10.0.0.${id}`, Aliases: ["web", id.repeat(12)] } },
    },
    ...more,
  });
  const [capabilities, added] = [["CHOWN"], ["CAP_CHOWN"]];
  expect(
    between(
      container("a", { Mounts: null, HostConfig: { CapAdd: capabilities, CapDrop: ["ALL"] } }),
      container("b", { Mounts: [], HostConfig: { CapAdd: added, CapDrop: ["ALL"] } }),
    ),
  ).toEqual([]);
});

test("everything else is one, told with both values", () => {
  const mounts = (RW: boolean): object => ({ Mounts: [{ Destination: "/data", RW }] });
  expect(between(mounts(true), mounts(false))).toEqual([
    "container web 1: Mounts./data.RW: true in Compose, false here",
  ]);
  expect(between({ HostConfig: { CapAdd: ["NET_ADMIN"] } }, { HostConfig: {} })).toHaveLength(1);
  expect(between({ Config: { Cmd: ["a", "b"] } }, { Config: { Cmd: ["b", "a"] } })).toHaveLength(1);
  expect(compare(one({}), new Map()).map(told)).toEqual(["container web 1: : there in Compose, absent here"]);
});

test("a known difference is one of the kind, the place and the values that it names", () => {
  const known = { of: "container", path: "A.*.b", compose: "1*", dockwright: "absent", why: "" } as const;
  const found = {
    object: "x",
    kind: "container",
    path: "A.x.y.b",
    compose: "12",
    dockwright: "absent",
  } as const;
  expect(explains(known, found)).toBe(true);
  expect(explains(known, { ...found, kind: "volume" })).toBe(false);
  expect(explains(known, { ...found, path: "A.b" })).toBe(false);
  expect(explains(known, { ...found, compose: "21" })).toBe(false);
  expect(explains(known, { ...found, dockwright: "there" })).toBe(false);
});

test("no entry of the list is about everything", () => {
  const anything = { object: "x", path: "State.Status", compose: "running", dockwright: "exited" };
  for (const kind of ["container", "network", "volume"] as const)
    expect(differences.filter((entry) => explains(entry, { ...anything, kind }))).toEqual([]);
});

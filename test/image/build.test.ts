import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildSchema, prepareBuild } from "../../components/image/build";
import { Dockerfile } from "../../components/image/dockerfile";

let context: string;
beforeEach(() => {
  context = mkdtempSync(join(tmpdir(), "build-test-"));
  mkdirSync(join(context, "sub"));
  writeFileSync(join(context, "Dockerfile"), "FROM debian\nCOPY . /srv/\n");
  writeFileSync(join(context, ".dockerignore"), "secret.txt\n");
  writeFileSync(join(context, "secret.txt"), "hunter2");
  writeFileSync(join(context, "sub", "a.txt"), "a");
  symlinkSync("sub/a.txt", join(context, "link"));
});
afterEach(() => rmSync(context, { recursive: true, force: true }));

test("what is not given is not asked for", () => {
  expect(prepareBuild({ context }).request).toEqual({
    context: { folder: context, dockerfile: "Dockerfile" },
    dockerfile: { name: "Dockerfile", text: "FROM debian\nCOPY . /srv/\n" },
    attributes: { filename: "Dockerfile" },
    entitlements: [],
    secrets: {},
  });
});

test("everything else is an option of BuildKit's frontend", () => {
  const args = {
    context,
    target: "final",
    args: { A: "1" },
    labels: { team: "blue" },
    platform: "linux/arm64",
    noCache: true,
    network: "host",
    extraHosts: { db: "10.0.0.5" },
  } as const;
  writeFileSync(join(context, "Dockerfile"), "FROM debian AS final\n");

  expect(buildSchema.safeParse(args).success).toBe(true);
  expect(prepareBuild(args).request.attributes).toEqual({
    filename: "Dockerfile",
    target: "final",
    "build-arg:A": "1",
    "label:team": "blue",
    platform: "linux/arm64",
    "no-cache": "",
    "force-network-mode": "host",
    "add-hosts": "db=10.0.0.5",
  });
});

test.each([
  [{ target: "base" }],
  [{ args: { A: "2" } }],
  [{ labels: { team: "red" } }],
  [{ platform: "linux/amd64" }],
  [{ network: "none" as const }],
  [{ extraHosts: { db: "10.0.0.5" } }],
])("another hash names another build: %j", (changed) => {
  writeFileSync(join(context, "Dockerfile"), "FROM debian AS base\nFROM base\n");
  expect(prepareBuild({ context, ...changed }).contentHash).not.toBe(prepareBuild({ context }).contentHash);
});

test.each([{ noCache: true }, { secrets: { token: "a" } }])(
  "what the result does not depend on does not name it: %j",
  (more) => {
    expect(prepareBuild({ context, ...more }).contentHash).toBe(prepareBuild({ context }).contentHash);
  },
);

test("the preview shows which of the surroundings changed", () => {
  const { parts } = prepareBuild({ context, network: "none", extraHosts: { db: "10.0.0.5" } });
  expect(parts).toMatchObject({ "--network": "none", "--add-host db": expect.any(String) as string });
});

test.each([
  [{ network: "bridge" }, "network"],
  [{ extraHosts: { db: "fd00::1" } }, "extraHosts.db"],
  [{ secrets: { "a b": "x" } }, "secrets.a b"],
  [{ secrets: { token: 1 } }, "secrets.token"],
])("P10 %j is refused at its argument", (more, path) => {
  const result = buildSchema.safeParse({ context, ...more });
  expect(result.error?.issues.map((each) => each.path.join("."))).toEqual([path]);
});

test("P6 a typed Dockerfile is sent as text: nothing is copied", () => {
  const dockerfile = Dockerfile.from("debian:bookworm-slim").copy(".", "/srv/");
  const { request } = prepareBuild({ context, dockerfile });
  expect(request).toEqual({
    context: { folder: context, dockerfile: undefined },
    dockerfile: { name: "Dockerfile", text: dockerfile.toString() },
    attributes: { filename: "Dockerfile" },
    entitlements: [],
    secrets: {},
  });
});

test("two typed Dockerfiles are two builds, one is one", () => {
  const hash = (command: string) =>
    prepareBuild({ dockerfile: Dockerfile.from("debian").run(command) }).contentHash;
  expect(hash("true")).toBe(hash("true"));
  expect(hash("true")).not.toBe(hash("false"));
});

test.each(["linux/amd64", "linux/arm64", "linux/arm/v7"])("%s is a platform", (platform) => {
  expect(buildSchema.safeParse({ context, platform }).success).toBe(true);
});

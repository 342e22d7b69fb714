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
  };
  writeFileSync(join(context, "Dockerfile"), "FROM debian AS final\n");

  expect(buildSchema.safeParse(args).success).toBe(true);
  expect(prepareBuild(args).request.attributes).toEqual({
    filename: "Dockerfile",
    target: "final",
    "build-arg:A": "1",
    "label:team": "blue",
    platform: "linux/arm64",
    "no-cache": "",
  });
});

test.each([
  [{ target: "base" }],
  [{ args: { A: "2" } }],
  [{ labels: { team: "red" } }],
  [{ platform: "linux/amd64" }],
])("another hash names another build: %j", (changed) => {
  writeFileSync(join(context, "Dockerfile"), "FROM debian AS base\nFROM base\n");
  expect(prepareBuild({ context, ...changed }).contentHash).not.toBe(prepareBuild({ context }).contentHash);
});

test("how a build is done does not name it", () => {
  expect(prepareBuild({ context, noCache: true }).contentHash).toBe(prepareBuild({ context }).contentHash);
});

test("P6 a typed Dockerfile is sent as text: nothing is copied", () => {
  const dockerfile = Dockerfile.from("debian:bookworm-slim").copy(".", "/srv/");
  const { request } = prepareBuild({ context, dockerfile });
  expect(request).toEqual({
    context: { folder: context, dockerfile: undefined },
    dockerfile: { name: "Dockerfile", text: dockerfile.toString() },
    attributes: { filename: "Dockerfile" },
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

import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildGuard, prepareBuild } from "../../components/values/build";
import { Dockerfile } from "../../components/values/dockerfile";

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

test("what is not given is not said, and the provider's safe path is taken", () => {
  expect(prepareBuild({ context }).inputs).toEqual({
    context,
    dockerfile: "Dockerfile",
    useLegacyBuilder: true,
    forceRemove: true,
  });
});

test("everything else goes to the provider under its name", () => {
  const args = {
    context,
    target: "final",
    args: { A: "1" },
    labels: { team: "blue" },
    platform: "linux/arm64",
    noCache: true,
  };
  writeFileSync(join(context, "Dockerfile"), "FROM debian AS final\n");

  expect(buildGuard.safeParse(args).success).toBe(true);
  expect(prepareBuild(args).inputs).toMatchObject({
    target: "final",
    buildArgs: { A: "1" },
    labels: { team: "blue" },
    platform: "linux/arm64",
    noCache: true,
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

test("a typed Dockerfile stands in a copy of what the build can see, and of nothing else", () => {
  const dockerfile = Dockerfile.from("debian:bookworm-slim").copy(".", "/srv/");
  const { inputs } = prepareBuild({ context, dockerfile });
  const read = (path: string) => readFileSync(join(inputs.context, path), "utf8");

  expect(read("Dockerfile")).toBe(dockerfile.toString());
  expect(read("sub/a.txt")).toBe("a");
  expect(read("link")).toBe("a");
  expect(() => read("secret.txt")).toThrow("ENOENT");
});

test("two typed Dockerfiles are two builds, one is one", () => {
  const hash = (command: string) =>
    prepareBuild({ dockerfile: Dockerfile.from("debian").run(command) }).contentHash;
  expect(hash("true")).toBe(hash("true"));
  expect(hash("true")).not.toBe(hash("false"));
});

test.each(["linux/amd64", "linux/arm64", "linux/arm/v7"])("%s is a platform", (platform) => {
  expect(buildGuard.safeParse({ context, platform }).success).toBe(true);
});

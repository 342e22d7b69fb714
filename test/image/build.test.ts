import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildSchema, prepareBuild } from "../../components/image/build";
import { Dockerfile } from "../../components/image/dockerfile";
import { clearStagedContexts } from "../../components/image/context/disk/stage";

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

  expect(buildSchema.safeParse(args).success).toBe(true);
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

test("a typed Dockerfile is built in a copy of exactly what the build can see", () => {
  const dockerfile = Dockerfile.from("debian:bookworm-slim").copy(".", "/srv/");
  const { inputs, staged } = prepareBuild({ context, dockerfile });
  const read = (path: string) => readFileSync(join(inputs.context, path), "utf8");
  staged?.write();

  expect(read("Dockerfile")).toBe(dockerfile.toString());
  expect(read("sub/a.txt")).toBe("a");
  expect(read("link")).toBe("a");
  expect(() => read("secret.txt")).toThrow("ENOENT");
  staged?.remove();
});

test("P6 that copy is there from before the build until after it, and as long as an equal build needs it", () => {
  const dockerfile = Dockerfile.from("debian:bookworm-slim").copy(".", "/srv/");
  const [one, other, third] = [0, 1, 2].map(() => prepareBuild({ context, dockerfile }).staged);
  const folder = one?.folder ?? "";
  expect([other?.folder, existsSync(folder)]).toEqual([folder, false]);
  one?.write();
  expect(statSync(dirname(folder)).mode & 0o777).toBe(0o700);
  other?.write();
  one?.remove();
  one?.remove();
  third?.remove();
  expect(existsSync(folder)).toBe(true);
  other?.remove();
  expect(existsSync(dirname(folder))).toBe(false);
});

test("P6 the copies of killed runs are removed, and nothing else", () => {
  const gone = spawnSync(process.execPath, ["-e", ""]).pid;
  const here = hostname().replace(/[^A-Za-z0-9.]/g, "");
  const old = new Date(Date.now() - 2 * 86_400_000);
  const names = {
    killed: `dockwright-build-${here}-${String(gone)}-0123abcd`,
    running: `dockwright-build-${here}-${String(process.ppid)}-0123abcd`,
    elsewhere: `dockwright-build-other-${String(gone)}-0123abcd`,
    "elsewhere long ago": `dockwright-build-other-${String(gone)}-0000abcd`,
    foreign: `dockwright-build-${String(gone)}`,
  };
  for (const name of Object.values(names)) mkdirSync(join(context, name, "hash"), { recursive: true });
  utimesSync(join(context, names["elsewhere long ago"]), old, old);
  clearStagedContexts(context);
  expect(
    Object.entries(names).flatMap(([title, name]) => (existsSync(join(context, name)) ? [title] : [])),
  ).toEqual(["running", "elsewhere", "foreign"]);
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

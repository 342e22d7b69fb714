/** Round trip of the typed Dockerfile: what goes in as values comes out of the image that the real engine builds from its text. */

import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { RemoteImage } from "@pulumi/docker";

import { Dockerfile, expand } from "../../components/image/dockerfile";
import { Deployment } from "./support/deployment";
import { docker, inspect } from "./support/docker";
import { imageFiles } from "./support/image-files";

jest.setTimeout(600_000);

interface ImageConfig {
  readonly Config: {
    readonly Env: readonly string[];
    readonly Labels: Readonly<Record<string, string>>;
    readonly Cmd: readonly string[] | null;
    readonly Entrypoint: readonly string[] | null;
    readonly WorkingDir: string;
    readonly User: string;
    readonly ExposedPorts: Readonly<Record<string, unknown>>;
    readonly Volumes: Readonly<Record<string, unknown>>;
    readonly StopSignal: string;
    readonly Shell: readonly string[];
    readonly Healthcheck?: {
      readonly Test: readonly string[];
      readonly Interval?: number;
      readonly Timeout?: number;
      readonly StartPeriod?: number;
      readonly Retries?: number;
    };
  };
}

/** What quoting gets wrong when it gets something wrong. */
const AWKWARD: readonly string[] = [
  "",
  " ",
  " leading and trailing ",
  "tab\there",
  'double "quotes"',
  "single 'quotes'",
  `both "'" and '"'`,
  "back\\slash",
  "ends in a backslash\\",
  "two \\\\ backslashes",
  '\\"',
  "\\$HOME",
  "$HOME",
  "${HOME}",
  "${HOME:-x}",
  "$$",
  "$",
  "a=b=c",
  "# no comment",
  "--option",
  '["a","b"]',
  "<<EOF",
  "`backticks` and $(substitution)",
  "semi;colon & pipe | and > redirect",
  "% %s ! ~ ^ * ? [x] {y}",
  "grüße 😀 \u00a0 \u2028",
  "\\n is two characters",
];

const files = [
  "plain.txt",
  "with space.txt",
  "quo'te.txt",
  'quo"te.txt',
  "dol$lar.txt",
  "back\\slash.txt",
  "grün.txt",
];
const named = (prefix: string): Record<string, string> =>
  Object.fromEntries(AWKWARD.map((value, index) => [`${prefix}${String(index)}`, value]));

const values = Dockerfile.from("scratch")
  .comment("odd values \\\nin a comment")
  .env(named("V_"))
  .env({ BASE: "one two", EXTENDED: expand('$BASE and "${MISSING:-default}" for $5 \\ ') })
  .label(named("org.example.v"))
  .arg("WITH_DEFAULT", 'a "b" $c \\d')
  .arg("GIVEN")
  .env({ FROM_ARG: expand("$WITH_DEFAULT"), FROM_GIVEN: expand("${GIVEN}") })
  .workdir('/a b/$x/"y"')
  .workdir("sub")
  .volume("/data", "/with space", '/quo"te', "/dol$lar", "/back\\slash")
  .user("1000:1000")
  .expose(80)
  .expose(53, "udp")
  .expose(9000, "sctp")
  .stopSignal("SIGQUIT")
  .healthCheck(["check", ...AWKWARD, "line\nbreak"], {
    intervalSeconds: 1.5,
    timeoutSeconds: 90,
    startPeriodSeconds: 0.25,
    retries: 4,
  })
  .entrypoint(["entry", ...AWKWARD, "line\nbreak"])
  .cmd([...AWKWARD, "line\nbreak"]);

const shellForms = Dockerfile.from("debian:bookworm-slim")
  .shell(["/bin/bash", "-c"])
  .healthCheck('test -n "$HOME" || exit 1')
  .entrypoint('exec sleep "$SECONDS"')
  .cmd("[ -f /x ] && echo 'a  b'");

const stages = Dockerfile.from("debian:bookworm-slim", { as: "build", platform: "linux/amd64" })
  .run("printf '%s' 'a  b' > /shell && \\\n    # a remark\n    printf '%s' \"$HOME\" >> /shell")
  .run(["sh", "-c", 'printf "%s" "$1" > /exec', "sh", `line\nbreak "quoted" $HOME \\`])
  .run("touch /cache/x /tmp/y && echo made > /mounts", {
    mounts: [
      { type: "cache", target: "/cache" },
      { type: "tmpfs", target: "/tmp" },
    ],
  })
  .from("build", { as: "more" })
  .run("echo more >> /mounts")
  .from("scratch")
  .copy(files, "/context/")
  .copy("*.txt", "/context/all of them/")
  .copy(["/shell", "/exec"], "/context/", { from: "build", chown: "1000:1001", chmod: "0750" })
  .copy("/mounts", "/context/", { from: "more" })
  .copy("/etc/debian_version", "/context/", { fromImage: "debian:bookworm-slim" });

const dockerfiles = {
  values,
  shell: shellForms,
  stages,
  none: Dockerfile.from("scratch").healthCheck("NONE").cmd([]).entrypoint([]).label({ a: "b" }),
};
const deployment = new Deployment("dockerfile");
const context = fs.mkdtempSync(path.join(os.tmpdir(), "dockwright-dockerfile-"));
const image = (name: string): string => `dockwright-test-dockerfile:${name}`;
const config = (name: string): ImageConfig["Config"] => inspect<ImageConfig>(image(name), "image").Config;

beforeAll(async () => {
  for (const file of files) fs.writeFileSync(path.join(context, file), file);
  for (const [name, dockerfile] of Object.entries(dockerfiles)) {
    fs.writeFileSync(path.join(context, `${name}.Dockerfile`), dockerfile.toString());
  }
  await deployment.up(() => {
    for (const name of Object.keys(dockerfiles)) {
      const build = { context, dockerfile: `${name}.Dockerfile`, buildArgs: { GIVEN: "given" } };
      new RemoteImage(name, {
        name: image(name),
        build: { ...build, useLegacyBuilder: true, forceRemove: true },
      });
    }
    return Promise.resolve();
  });
});

afterAll(async () => {
  await deployment.cleanUp();
  fs.rmSync(context, { recursive: true, force: true });
});

test("environment values arrive as they were given", () => {
  const environment = Object.fromEntries(
    config("values").Env.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  );
  expect(environment).toMatchObject({
    ...named("V_"),
    BASE: "one two",
    EXTENDED: 'one two and "default" for $5 \\ ',
    FROM_ARG: 'a "b" $c \\d',
    FROM_GIVEN: "given",
  });
});

test("labels arrive as they were given", () => {
  expect(config("values").Labels).toEqual(named("org.example.v"));
});

test("the list forms arrive as they were given", () => {
  const list = [...AWKWARD, "line\nbreak"];
  expect(config("values").Entrypoint).toEqual(["entry", ...list]);
  expect(config("values").Cmd).toEqual(list);
  expect(config("values").Healthcheck).toEqual({
    Test: ["CMD", "check", ...list],
    Interval: 1.5e9,
    Timeout: 90e9,
    StartPeriod: 0.25e9,
    Retries: 4,
  });
});

test("paths, user, ports and signal arrive as they were given", () => {
  const { WorkingDir, User, ExposedPorts, Volumes, StopSignal } = config("values");
  expect({ WorkingDir, User, StopSignal }).toEqual({
    WorkingDir: '/a b/$x/"y"/sub',
    User: "1000:1000",
    StopSignal: "SIGQUIT",
  });
  expect(Object.keys(ExposedPorts).sort()).toEqual(["53/udp", "80/tcp", "9000/sctp"]);
  expect(Object.keys(Volumes).sort()).toEqual(
    ["/data", "/with space", '/quo"te', "/dol$lar", "/back\\slash"].sort(),
  );
});

test("the text forms go through the chosen shell", () => {
  const { Shell, Cmd, Entrypoint, Healthcheck } = config("shell");
  expect({ Shell, Cmd, Entrypoint, Test: Healthcheck?.Test }).toEqual({
    Shell: ["/bin/bash", "-c"],
    Cmd: ["/bin/bash", "-c", "[ -f /x ] && echo 'a  b'"],
    Entrypoint: ["/bin/bash", "-c", 'exec sleep "$SECONDS"'],
    Test: ["CMD-SHELL", 'test -n "$HOME" || exit 1'],
  });
});

test("NONE and the empty lists", () => {
  const { Healthcheck, Cmd, Entrypoint } = config("none");
  expect(Healthcheck?.Test).toEqual(["NONE"]);
  expect([Cmd ?? [], Entrypoint ?? []]).toEqual([[], []]);
});

test("copies of odd names, from the context, a stage, a stage on a stage and an image", async () => {
  const all = [
    ...files,
    ...files.map((file) => `all of them/${file}`),
    "all of them",
    "shell",
    "exec",
    "mounts",
    "debian_version",
  ];
  expect(await imageFiles(image("stages"), "context/")).toEqual(all.sort());
});

test("commands ran as written", () => {
  const container = docker("create", image("stages"), "none");
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dockwright-dockerfile-"));
  try {
    const read = (name: string): string => {
      docker("cp", `${container}:/context/${name}`, path.join(folder, name));
      return fs.readFileSync(path.join(folder, name), "utf8");
    };
    expect(read("shell")).toBe("a  b/root");
    expect(read("exec")).toBe(`line\nbreak "quoted" $HOME \\`);
    expect(read("mounts")).toBe("made\nmore\n");
    expect(fs.statSync(path.join(folder, "shell")).mode & 0o777).toBe(0o750);
  } finally {
    docker("rm", "-f", container);
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

/** P5: data at a path that an image declares as VOLUME and that no mount covers, whoever made the image. */

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { ComposeProject, Container, Dockerfile, Image, type ImageArgs, Volume } from "../../components";
import { Deployment } from "./support/deployment";
import { docker, exists, inspect } from "./support/docker";

jest.setTimeout(300_000);

const IMAGE = "dw-test-anonymous:1";
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dw-test-anonymous-"));
const stacks: Deployment[] = [];
const made = (name: string): Deployment => {
  const stack = new Deployment(name);
  stacks.push(stack);
  return stack;
};
const row = (word: string): string[] => [
  "sh",
  "-c",
  `echo ${word} >> /data/rows; trap exit TERM; while :; do sleep 0.1; done`,
];

beforeAll(() => {
  execFileSync("docker", ["build", "-q", "-t", IMAGE, "-"], {
    input: "FROM debian:bookworm-slim\nVOLUME /data\n",
  });
});
afterAll(async () => {
  for (const stack of stacks) await stack.cleanUp();
  docker("image", "rm", "-f", IMAGE);
  fs.rmSync(folder, { recursive: true, force: true });
});

describe("P5 a VOLUME that no mount of a Container covers", () => {
  const program =
    (args: ImageArgs, covered = false) =>
    async () => {
      const image = new Image("db", args);
      const mounts = covered ? [{ volume: new Volume("data", { protect: false }), path: "/data" }] : [];
      new Container("db", { image, command: row("one"), mounts, monitorSeconds: 0, stopGraceSeconds: 2 });
      await Promise.resolve();
    };

  it.each<[string, ImageArgs]>([
    ["a pulled image", { reference: IMAGE }],
    ["the base of a build", { build: { dockerfile: Dockerfile.from(IMAGE).run("true") } }],
  ])("is refused for %s, before anything is replaced", async (kind, args) => {
    const stack = made(`anonymous-${kind.includes("base") ? "base" : "pulled"}`);
    const db = `${stack.scope}-db`;
    await stack.up(program(args, true));
    const { Id } = inspect(db);
    await expect(stack.preview(program(args))).rejects.toThrow();
    await expect(stack.up(program(args))).rejects.toThrow();
    expect(stack.printed).toMatch(
      /container "db": its image declares \/data as VOLUME without a mount[^]*mount a Volume or a tmpfs at \/data/,
    );
    expect([inspect(db).Id, inspect(db).State.Status]).toEqual([Id, "running"]);
    expect(await stack.preview(program(args, true))).toEqual({});
  });
});

describe("P5 a VOLUME that no mount of a Compose file covers", () => {
  const project = "dw-test-anonymous";
  const file = path.join(folder, "compose.yaml");
  const write = (word: string): void =>
    fs.writeFileSync(
      file,
      `name: ${project}
services:
  db: { image: "${IMAGE}", init: true, stop_grace_period: 2s, command: ${JSON.stringify(row(word))} }
  cache: { image: "debian:bookworm-slim", init: true, stop_grace_period: 2s, command: ["sleep", "infinity"], volumes: ["/var/cache/app"] }
`,
    );
  const program = (adopt: boolean) => async () => {
    new ComposeProject("shop", { files: file, environment: {}, protectVolumes: false, adopt });
    await Promise.resolve();
  };
  const rows = (): string => docker("exec", `${project}-db-1`, "cat", "/data/rows");
  const stack = made("anonymous-compose");
  afterAll(async () => {
    await stack.destroy();
    for (const volume of docker(
      "volume",
      "ls",
      "-q",
      "--filter",
      `label=com.docker.compose.project=${project}`,
    ).split("\n"))
      if (volume !== "") docker("volume", "rm", volume);
  });

  it("is covered by a named volume of the stack, which outlives replacements, and what is taken over goes along", async () => {
    write("one");
    docker("compose", "-f", file, "up", "-d");
    docker(
      "exec",
      `${project}-cache-1`,
      "sh",
      "-c",
      "echo precious > /var/cache/app/f; chown 7:8 /var/cache/app/f",
    );
    const anonymous = inspect<{ Mounts: { Name: string }[] }>(`${project}-db-1`).Mounts.map(
      ({ Name }) => Name,
    );
    await stack.preview(program(true));
    expect(stack.printed).toMatch(
      /db-1": \/data, a VOLUME of its image, is kept in the volume dw-test-anonymous_db_/,
    );
    expect(stack.printed).toMatch(/db-1": [^\n]* is taken over: it stops/);
    await stack.up(program(true));
    expect(rows()).toBe("one\none");
    expect(docker("exec", `${project}-cache-1`, "stat", "-c", "%u:%g", "/var/cache/app/f")).toBe("7:8");
    expect(await stack.preview(program(true))).toEqual({});
    write("two");
    await stack.up(program(false));
    expect(rows()).toBe("one\none\ntwo");
    const [{ Name } = { Name: "" }] = inspect<{ Mounts: { Name: string }[] }>(`${project}-db-1`).Mounts;
    expect(inspect<{ Labels: object }>(Name, "volume").Labels).toMatchObject({
      "io.dockwright.stack": "anonymous-compose",
    });
    // What was taken over is left as it was.
    for (const name of anonymous) {
      expect(exists(name, "volume")).toBe(true);
      docker("volume", "rm", name);
    }
  });
});

/** What `docker compose up` does without being asked, a project does too. */

import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { ComposeProject } from "../../components";
import { Deployment } from "./support/deployment";
import { docker } from "./support/docker";

jest.setTimeout(300_000);

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dw-test-as-compose-"));
const stack = new Deployment("as-compose");

afterAll(async () => {
  await stack.cleanUp();
  fs.rmSync(folder, { recursive: true, force: true });
});

const project = (services: string) => async () => {
  const file = path.join(folder, "compose.yaml");
  fs.writeFileSync(
    file,
    `name: dw-test-as-compose\nx-quick: &quick { image: "debian:bookworm-slim", stop_grace_period: 1s, command: sleep infinity }\nservices:\n${services}\n`,
  );
  new ComposeProject("project", { files: file });
  await Promise.resolve();
};

const data = path.join(folder, "data", "deep");

it("P2 a missing folder of a bind mount is named by the preview, and Docker creates it", async () => {
  const program = project('  app: { <<: *quick, volumes: ["./data/deep:/data"] }');
  await stack.preview(program);
  expect(stack.printed).toContain(`${data} does not exist on the host; Docker creates it as an empty folder`);
  expect(fs.existsSync(data)).toBe(false);
  await stack.up(program);
  expect(fs.statSync(data).isDirectory()).toBe(true);
  expect(docker("exec", "dw-test-as-compose-app-1", "ls", "-d", "/data")).toBe("/data");
  expect((await stack.up(program)).steps).toEqual({});
});

it("P4 create_host_path: false refuses a missing folder, and nothing is created", async () => {
  const bind = "{ type: bind, source: ./never, target: /data, bind: { create_host_path: false } }";
  await expect(stack.up(project(`  app: { <<: *quick, volumes: [${bind}] }`))).rejects.toThrow(
    /never does not exist on the host/,
  );
  expect(fs.existsSync(path.join(folder, "never"))).toBe(false);
});

it("P4 a service that ends with 0 and is not to be restarted has completed", async () => {
  const once = '{ image: "debian:bookworm-slim", command: ["true"], restart: on-failure }';
  const program = project(`  app: { <<: *quick, depends_on: [bucket] }\n  bucket: ${once}`);
  await stack.up(program);
  const states = docker(
    "ps",
    "-a",
    "--filter",
    "name=dw-test-as-compose",
    "--format",
    "{{.Names}} {{.State}}",
  );
  expect(states.split("\n").sort()).toEqual([
    "dw-test-as-compose-app-1 running",
    "dw-test-as-compose-bucket-1 exited",
  ]);
  expect((await stack.up(program)).steps).toEqual({});
});

it("P1 a build has the name that the file gives it, and a new build takes it over", async () => {
  const tag = "dw-test-as-compose-own/app:1";
  const program = (label: string) =>
    project(
      `  app: { <<: *quick, image: "${tag}", build: { dockerfile_inline: "FROM debian:bookworm-slim", labels: { v: "${label}" } } }`,
    );
  const labelOf = (): string => docker("image", "inspect", "--format", "{{.Config.Labels.v}}", tag);
  try {
    await stack.up(program("1"));
    expect(labelOf()).toBe("1");
    await stack.up(program("2"));
    expect(labelOf()).toBe("2");
    docker("image", "rm", tag);
    expect((await stack.up(program("2"))).steps).toEqual({});
    expect(labelOf()).toBe("2");
  } finally {
    docker("image", "rm", "--force", tag);
  }
});

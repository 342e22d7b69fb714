/** What `docker compose up` runs, taken over: announced, with its data, and back where that fails. */

import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { ComposeProject, type ComposeProjectArgs } from "../../components";
import { Deployment } from "./support/deployment";
import { docker, inspect } from "./support/docker";

jest.setTimeout(300_000);

const project = "dw-test-adopt";
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dw-test-adopt-"));
const file = path.join(folder, "compose.yaml");
fs.writeFileSync(
  file,
  `
name: ${project}
x-base: &base
  image: debian:bookworm-slim
  stop_grace_period: 1s
  init: true
services:
  db:
    <<: *base
    command: sh -c 'test -e /data/born || date +%N > /data/born; exec sleep infinity'
    volumes: [data:/data]
    healthcheck: { test: test -e /data/born, interval: 1s }
  once:
    <<: *base
    command: [cp, /data/born, /data/copy]
    volumes: [data:/data]
    depends_on: { db: { condition: service_healthy } }
  web:
    <<: *base
    command: [sleep, infinity]
    ports: ["127.0.0.1::80"]
    depends_on: { once: { condition: service_completed_successfully } }
  worker:
    <<: *base
    command: [sleep, infinity]
    deploy: { replicas: 2 }
volumes: { data: {} }
`,
);

const names = ["db-1", "web-1", "worker-1", "worker-2"].map((name) => `${project}-${name}`);
const compose = (...args: string[]): string => docker("compose", "-p", project, "-f", file, ...args);
const ids = (): string[] => names.map((name) => inspect(name).Id);
const network = (): string => docker("network", "inspect", "--format", "{{.Id}}", `${project}_default`);
const born = (): string => docker("exec", `${project}-db-1`, "cat", "/data/born");

const stack = new Deployment("compose-adopt");
const program = (args: Partial<ComposeProjectArgs>) => async () => {
  new ComposeProject("shop", { files: file, environment: {}, protectVolumes: false, ...args });
  await Promise.resolve();
};

let before: { ids: string[]; network: string; born: string };
beforeAll(() => {
  compose("up", "-d");
  before = { ids: ids(), network: network(), born: born() };
});
afterAll(async () => {
  await stack.cleanUp();
  compose("down", "--volumes");
  fs.rmSync(folder, { recursive: true, force: true });
});

it("P7 without adopt, changes nothing and reports the remedy", async () => {
  await expect(stack.up(program({}))).rejects.toThrow();
  expect(stack.printed).toContain(
    `${project}_default on the host belongs to a network created by Compose project`,
  );
  expect(stack.printed).toContain("adopt: true");
  expect({ ids: ids(), network: network(), born: born() }).toEqual(before);
});

it("P2 lists the takeovers in the preview", async () => {
  const steps = await stack.preview(program({ adopt: true }));
  expect(steps["Network shop-default"]).toBe("import");
  for (const name of names) expect(stack.printed).toContain(`${name} (Up`);
  expect(stack.printed).toContain(
    `network "shop-default": ${project}_default, created by docker compose, is`,
  );
  expect(stack.printed).toContain(`volume "shop-data": ${project}_data, created by docker compose, is`);
});

it("P3 restores the old containers if a new one does not start", async () => {
  const broken = { healthCheck: { command: ["false"], intervalSeconds: 1, retries: 1 } } as const;
  await expect(
    stack.up(program({ adopt: true, overrides: { db: broken, web: broken, worker: broken } })),
  ).rejects.toThrow();
  expect(docker("ps", "--format", "{{.Names}}", "--filter", `name=${project}`).split("\n").sort()).toEqual(
    names,
  );
  expect({ network: network(), born: born() }).toEqual({ network: before.network, born: before.born });
});

it("P5 takes it over with the same names, network and data", async () => {
  await stack.up(program({ adopt: true }));
  expect({ network: network(), born: born() }).toEqual({ network: before.network, born: before.born });
  expect(ids().filter((id) => before.ids.includes(id))).toEqual([]);
  expect(
    docker("ps", "-a", "--format", "{{.Names}}", "--filter", `label=com.docker.compose.project=${project}`)
      .split("\n")
      .sort(),
  ).toEqual([names[0], `${project}-once-1`, ...names.slice(1)]);
  expect(docker("exec", `${project}-web-1`, "getent", "hosts", "db")).toMatch(/ db/);
  expect(compose("ps", "--services").split("\n").sort()).toEqual(["db", "web", "worker"]);
});

it("P1 the next up changes nothing, with and without adopt", async () => {
  expect((await stack.up(program({ adopt: true }))).steps).toEqual({});
  expect((await stack.up(program({ adopt: true }), { refresh: true })).steps).toEqual({});
  expect((await stack.up(program({}))).steps).toEqual({});
});

it("P5 a destroy removes the network and the containers, and keeps the data", async () => {
  await stack.destroy();
  expect(docker("ps", "-aq", "--filter", `label=com.docker.compose.project=${project}`)).toBe("");
  expect(docker("network", "ls", "-q", "--filter", `name=^${project}_default$`)).toBe("");
  await stack.up(program({}));
  expect(born()).toBe(before.born);
});

/** A Compose file as it is, on a real Engine: what it makes, by which names, and what outlives it. */

import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { ComposeProject } from "../../components";
import { Deployment } from "./support/deployment";
import { docker, inspect } from "./support/docker";

jest.setTimeout(300_000);

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dw-test-compose-"));
const write = (name: string, text: string): string => {
  fs.writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};
fs.mkdirSync(path.join(folder, "app"));
write("app/Dockerfile", "FROM debian:bookworm-slim\nCOPY greeting /greeting\n");
write("app/greeting", "hello\n");
write("token.txt", "an-example-of-a-secret");
const file = write(
  "compose.yaml",
  `
name: dw-test-shop
x-quick: &quick { stop_grace_period: 1s }
services:
  db:
    <<: *quick
    image: debian:bookworm-slim
    command: sh -c 'test -e /data/born || date +%N > /data/born; exec sleep infinity'
    volumes: [data:/data]
    healthcheck: { test: test -e /data/born, interval: 1s }
    secrets: [token]
  migrate:
    image: debian:bookworm-slim
    command: [cp, /data/born, /data/migrated]
    volumes: [data:/data]
    depends_on: { db: { condition: service_healthy } }
  web:
    <<: *quick
    build: app
    command: [sleep, infinity]
    ports: ["127.0.0.1::80"]
    environment: { GREETING: "\${GREETING:-hello}" }
    depends_on: { migrate: { condition: service_completed_successfully } }
  worker:
    <<: *quick
    image: debian:bookworm-slim
    command: [sleep, infinity]
    deploy: { replicas: 2 }
volumes: { data: {} }
secrets: { token: { file: ./token.txt } }
`,
);

const stack = new Deployment("compose-project");
const program =
  (environment: Record<string, string> = {}) =>
  async () => {
    new ComposeProject("shop", { files: file, environment, protectVolumes: false });
    await Promise.resolve();
  };
const compose = (...args: string[]): string => docker("compose", "-p", "dw-test-shop", ...args);
const volume = "dw-test-shop_data";
const born = (): string => docker("exec", "dw-test-shop-db-1", "cat", "/data/born");
const containers = (): string[] =>
  docker("ps", "-a", "--format", "{{.Names}}", "--filter", "label=com.docker.compose.project=dw-test-shop")
    .split("\n")
    .sort();

afterAll(async () => {
  await stack.cleanUp();
  docker("volume", "rm", volume);
  for (const build of docker("image", "ls", "--format", "{{.Repository}}:{{.Tag}}", "dw-test-shop/*").split(
    "\n",
  ))
    if (build !== "") docker("image", "rm", build);
  fs.rmSync(folder, { recursive: true, force: true });
});

it("creates the objects of the file, with the names that Compose gives", async () => {
  await stack.up(program());
  expect(containers()).toEqual([
    "dw-test-shop-db-1",
    "dw-test-shop-migrate-1",
    "dw-test-shop-web-1",
    "dw-test-shop-worker-1",
    "dw-test-shop-worker-2",
  ]);
  expect(docker("network", "ls", "--format", "{{.Name}}").split("\n")).toContain("dw-test-shop_default");
  expect(docker("exec", "dw-test-shop-web-1", "cat", "/greeting")).toBe("hello");
  expect(docker("exec", "dw-test-shop-web-1", "getent", "hosts", "db")).toMatch(/ db/);
  expect(docker("exec", "dw-test-shop-db-1", "cat", "/data/migrated")).toBe(born());
  expect(docker("exec", "dw-test-shop-db-1", "cat", "/run/secrets/token")).toBe("an-example-of-a-secret");
});

it("P1 the second up changes nothing", async () => {
  expect((await stack.up(program())).steps).toEqual({});
});

it("P8 a secret from a file is not in the output or the state", () => {
  expect(stack.printed + stack.stateFiles()).not.toContain("an-example-of-a-secret");
});

it("supports docker compose ps, logs and exec", () => {
  expect(compose("ps", "--services").split("\n").sort()).toEqual(["db", "web", "worker"]);
  expect(compose("ps", "--all", "--services").split("\n")).toContain("migrate");
  expect(compose("exec", "-T", "web", "printenv", "GREETING")).toBe("hello");
  expect(() => compose("logs", "db")).not.toThrow();
});

it("P2 replaces only the container that a variable changes, as the preview shows", async () => {
  const before = inspect("dw-test-shop-db-1").Id;
  expect(Object.keys(await stack.preview(program({ GREETING: "moin" })))).toEqual(["Container shop-web-1"]);
  await stack.up(program({ GREETING: "moin" }));
  expect(compose("exec", "-T", "web", "printenv", "GREETING")).toBe("moin");
  expect(inspect("dw-test-shop-db-1").Id).toBe(before);
});

it("P5 keeps the data when the project is destroyed, and reuses it", async () => {
  const before = born();
  await stack.destroy();
  expect(containers()).toEqual([""]);
  await stack.up(program());
  expect(born()).toBe(before);
});

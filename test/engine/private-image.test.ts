/** P8 and P10 for an image of a registry that asks for a login: the one that the docker command has is used, and kept nowhere. */

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { randomUUID } from "node:crypto";

import { ComposeProject, Image } from "../../components";
import { Deployment } from "./support/deployment";
import { docker, exists } from "./support/docker";
import { base64, RegistryProcess } from "./support/registry-process";

jest.setTimeout(300_000);

const login = { username: "ci", password: "pa55w0rd-that-docker-knows" };
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dw-test-private-"));
const stack = new Deployment("private-image");
const before = { ...process.env };
let server: RegistryProcess;
let reference: string;

beforeAll(async () => {
  server = await RegistryProcess.start(login);
  reference = `${server.address}/team/app:1`;
  fs.writeFileSync(
    path.join(folder, "Dockerfile"),
    'FROM debian:bookworm-slim\nCOPY content /content\nCMD ["sleep", "1000"]\n',
  );
  fs.writeFileSync(path.join(folder, "content"), randomUUID());
  docker("build", "-q", "-t", reference, folder);
  use({ auths: { [server.address]: { auth: base64(login) } } });
  docker("--config", folder, "push", "-q", reference);
});
afterAll(async () => {
  Object.assign(process.env, before);
  await stack.cleanUp();
  if (exists(reference, "image")) docker("image", "rm", reference);
  await server.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  if (exists(reference, "image")) docker("image", "rm", reference);
});

/** The settings of the docker command. */
function use(settings: object): void {
  fs.writeFileSync(path.join(folder, "config.json"), JSON.stringify(settings));
  process.env["DOCKER_CONFIG"] = folder;
}

const program = async () => Promise.resolve({ id: new Image("app", { reference }).imageId });

function expectNoPassword(): void {
  for (const text of [stack.printed, stack.stateFiles()]) {
    expect(text).not.toContain(login.password);
    expect(text).not.toContain(base64(login));
  }
}

it("P10 without a login the preview fails, and says how to log in", async () => {
  use({});
  await expect(stack.up(program)).rejects.toThrow("no basic auth credentials");
  expect(stack.printed).toContain(`docker login ${server.address}, or give the Image a registry`);
});

it("P10 a helper that fails is named", async () => {
  use({ credHelpers: { [server.address]: "dw-nowhere" } });
  await expect(stack.up(program)).rejects.toThrow("no basic auth credentials");
});

it("P8 a login of docker login is used, and is in no file of the state", async () => {
  use({ auths: { [server.address]: { auth: base64(login) } } });
  // The failed runs before created the component.
  expect((await stack.up(program)).steps).toEqual({ create: 1 });
  expect(exists(reference, "image")).toBe(true);
  expectNoPassword();
  expect((await stack.up(program)).steps).toEqual({});
  await stack.destroy();
});

it("P8 a credential helper is asked, for an image of a Compose file too", async () => {
  const helper = path.join(folder, "docker-credential-dwtest");
  const answer = JSON.stringify({
    ServerURL: server.address,
    Username: login.username,
    Secret: login.password,
  });
  fs.writeFileSync(helper, `#!/bin/sh\ncat >>"$0.log"\necho >>"$0.log"\nprintf '%s' '${answer}'\n`, {
    mode: 0o755,
  });
  process.env["PATH"] = `${folder}:${before["PATH"] ?? ""}`;
  use({ credHelpers: { [server.address]: "dwtest" } });
  const compose = path.join(folder, "compose.yaml");
  fs.writeFileSync(compose, `services:\n  app:\n    image: ${reference}\n    stop_grace_period: 1s\n`);
  await stack.up(async () => {
    new ComposeProject("shop", { files: compose });
    await Promise.resolve();
  });
  expect(exists(reference, "image")).toBe(true);
  expect(fs.readFileSync(`${helper}.log`, "utf8")).toContain(server.address);
  expectNoPassword();
  await stack.destroy();
});

it("P8 a build uses the login for the registry of its base image", async () => {
  use({ auths: { [server.address]: { auth: base64(login) } } });
  const build = { dockerfile: { text: `FROM ${reference}\nRUN test -s /content\n` } };
  await stack.up(async () => {
    new Image("built", { build });
    await Promise.resolve();
  });
  expectNoPassword();
  use({});
  await expect(
    stack.up(async () => {
      new Image("built", { build: { dockerfile: { text: `FROM ${server.address}/team/app:2\n` } } });
      await Promise.resolve();
    }),
  ).rejects.toThrow(
    new RegExp(`docker login ${server.address}; check that docker pull ${server.address}/team/app:2`),
  );
});

/**
 * P8 and P2 for images in a registry, against a real one that asks for a password: log in, push a name and tag, pull the
 * same bytes back by digest.
 */

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { randomUUID } from "node:crypto";

import { Image, Registry, RegistryPush } from "../../components";
import { Deployment } from "./support/deployment";
import { docker, exists, inspect } from "./support/docker";
import { imageFiles } from "./support/image-files";
import { base64, RegistryProcess } from "./support/registry-process";

jest.setTimeout(300_000);

const login = { username: "ci", password: "pa55w0rd-of-the-registry" };
const wrong = "wrong-pa55w0rd-of-the-registry";
const context = fs.mkdtempSync(path.join(os.tmpdir(), "dw-test-registry-context-"));
const pushing = new Deployment("push");
const pulling = new Deployment("pull");
let server: RegistryProcess;

/** Bytes that no host has seen before, so that a pull has to bring them. */
function write(): void {
  fs.writeFileSync(path.join(context, "Dockerfile"), "FROM scratch\nCOPY content /context/content\n");
  fs.writeFileSync(path.join(context, "content"), randomUUID());
}

const push =
  (password = login.password) =>
  async () => {
    const registry = new Registry("team", { address: server.address, username: login.username, password });
    const image = new Image("app", { build: { context }, keepBuilds: 0 });
    const pushed = new RegistryPush("app", { image, registry, repository: "team/app", tag: "1.4.0" });
    return Promise.resolve({ digest: pushed.digest, reference: pushed.reference, imageId: image.imageId });
  };

const pull =
  (reference: string, password = login.password) =>
  async () => {
    const registry = new Registry("team", { address: server.address, username: login.username, password });
    const image = new Image("app", { reference, registry });
    return Promise.resolve({ digest: image.digest, imageId: image.imageId, imageName: image.imageName });
  };

let first: { digest: string; reference: string; imageId: string };

beforeAll(async () => {
  write();
  server = await RegistryProcess.start(login);
});
afterAll(async () => {
  await pushing.cleanUp();
  await pulling.cleanUp();
  await server.stop();
  fs.rmSync(context, { recursive: true, force: true });
});

async function up(deployment: Deployment, program: ReturnType<typeof push> | ReturnType<typeof pull>) {
  const { outputs, steps } = await deployment.up(program);
  const values = Object.fromEntries(Object.entries(outputs).map(([key, { value }]) => [key, String(value)]));
  return { steps, ...values } as { steps: object } & typeof first;
}

it("P10 the error of a wrong password names the registry and the remedy", async () => {
  await expect(pushing.up(push(wrong))).rejects.toThrow("unauthorized: authentication required");
  expect(pushing.printed).toContain(
    `${server.address} did not accept ${server.address}/team/app:1.4.0: it rejected the login`,
  );
  expect(pushing.printed).toContain("correct username and password of the Registry");
  expect(await server.digest("team/app", "1.4.0")).toBeUndefined();
});

it("pushes a name and tag, and returns the digest of the registry", async () => {
  first = await up(pushing, push());
  expect(first.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(await server.digest("team/app", "1.4.0")).toBe(first.digest);
  expect(first.reference).toBe(`${server.address}/team/app@${first.digest}`);
});

it("P1 the second up changes nothing, also after a refresh", async () => {
  expect((await pushing.up(push())).steps).toEqual({});
  expect((await pushing.up(push(), { refresh: true })).steps).toEqual({});
});

it("P2 pushes changed content again under the same tag, as the preview showed", async () => {
  write();
  expect(await pushing.preview(push())).toEqual({
    "RemoteImage app": "replace",
    "Tag app-tag": "replace",
    "RemoteImage app-local": "replace",
    "RegistryImage app": "replace",
  });
  const second = await up(pushing, push());
  expect(second.digest).not.toBe(first.digest);
  expect(await server.digest("team/app", "1.4.0")).toBe(second.digest);
  expect(await server.digest("team/app", first.digest)).toBe(first.digest);
  expect(await pushing.preview(push())).toEqual({});
});

it("keeps the pushed digest when another client moves the tag", async () => {
  const mine = await server.digest("team/app", "1.4.0");
  await server.moveTag("team/app", "1.4.0", first.digest);
  expect(await server.digest("team/app", "1.4.0")).toBe(first.digest);
  const { outputs } = await pushing.up(push(), { refresh: true });
  expect(outputs["digest"]?.value).toBe(mine);
  expect(outputs["reference"]?.value).toBe(`${server.address}/team/app@${String(mine)}`);
});

it("pulls exactly this image by digest if it is not on the host", async () => {
  expect(exists(first.imageId, "image")).toBe(false);
  const pulled = await up(pulling, pull(first.reference));
  expect(pulled.imageId).toBe(first.imageId);
  expect(pulled.digest).toBe(first.reference);
  expect(inspect<{ RepoDigests: string[] }>(pulled.imageId, "image").RepoDigests).toEqual([first.reference]);
  expect(await imageFiles(pulled.imageId, "context/")).toEqual(["content"]);
  expect(await pulling.preview(pull(first.reference), { refresh: true })).toEqual({});
});

it("keeps pushed images in the registry when the stack is destroyed", async () => {
  const digest = await server.digest("team/app", "1.4.0");
  await pushing.destroy();
  expect(await server.digest("team/app", "1.4.0")).toBe(digest);
  expect(docker("image", "ls", "-q", `${server.address}/team/app:1.4.0`)).toBe("");
});

it("cannot pull with a wrong password", async () => {
  const refused = new Deployment("refused");
  try {
    docker("image", "rm", "-f", first.imageId);
    await expect(refused.up(pull(first.reference, wrong))).rejects.toThrow(/unauthorized|authentication/);
    expect(exists(first.reference, "image")).toBe(false);
    expectNoPassword(refused);
  } finally {
    await refused.cleanUp();
  }
});

it("P8 shows no password in what it prints, and keeps none in plain text in the state", () => {
  expectNoPassword(pushing);
  expectNoPassword(pulling);
});

function expectNoPassword(deployment: Deployment): void {
  const seen = deployment.printed + deployment.stateFiles();
  expect(deployment.printed).not.toBe("");
  for (const password of [login.password, wrong]) {
    expect(seen).not.toContain(password);
    expect(seen).not.toContain(base64({ ...login, password }));
    expect(seen).not.toContain(Buffer.from(password).toString("base64"));
  }
}

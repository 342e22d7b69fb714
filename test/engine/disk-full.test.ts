/** A host whose disk is full: told with what to do, nothing that serves is touched, and it goes on once there is room. */

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { Container, DockerHost, Image } from "../../components";
import { Deployment } from "./support/deployment";
import { pause } from "./support/processes";
import { SecondEngine } from "./support/second-engine";

jest.setTimeout(420_000);

const DISK_MIB = 320;
const context = fs.mkdtempSync(path.join(os.tmpdir(), "dw-test-disk-"));
fs.writeFileSync(path.join(context, "Dockerfile"), "FROM debian:bookworm-slim\nCOPY payload /payload\n");
const stack = new Deployment("disk");
let engine: SecondEngine;

beforeAll(async () => {
  engine = await SecondEngine.start([], DISK_MIB);
  fs.writeFileSync(path.join(context, "old"), Buffer.alloc(8 * 2 ** 20, 2));
  execFileSync("sh", [
    "-c",
    'tar -C "$0" -c old | docker -H "$1" import -',
    context,
    `unix://${engine.socket}`,
  ]);
});
afterAll(async () => {
  await stack.cleanUp();
  await engine.stop();
  fs.rmSync(context, { recursive: true, force: true });
});

function freeMiB(): number {
  const { bavail, bsize } = fs.statfsSync(path.join(engine.folder, "data"));
  return (bavail * bsize) / 2 ** 20;
}

/** A service whose image has a file of this size. */
const service = (payloadMiB: number) => async () => {
  fs.writeFileSync(path.join(context, "payload"), Buffer.alloc(payloadMiB * 2 ** 20, 1));
  const host = new DockerHost("small", { address: `unix://${engine.socket}` });
  const image = new Image("web", { build: { context }, host });
  const command = ["sleep", "1000"];
  new Container("web", { image, command, stopGraceSeconds: 1, monitorSeconds: 1, host });
  await Promise.resolve();
};

it("P10 the error of a full disk names the command that frees space, and running containers are not affected", async () => {
  await stack.up(service(1));
  const serving = engine.command("ps", "-q", "--no-trunc");
  for (const attempt of ["the first up", "the second up"]) {
    const before = stack.printed.length;
    await expect(stack.up(service(DISK_MIB))).rejects.toThrow();
    const said = stack.printed.slice(before);
    // The builder finds it out the first time; after that it is known before anything is begun.
    expect([attempt, said]).toEqual([
      attempt,
      expect.stringMatching(/no space left on device|\d+ MiB are free at/),
    ]);
    expect(said).toContain("docker system df");
    expect(said).toMatch(/running containers were not changed|nothing was changed/);
    expect(engine.command("ps", "-aq", "--no-trunc")).toBe(serving);
  }
  // As it was told. The builder needs a little room even to forget what it had gathered.
  for (const what of ["image", "builder"]) engine.command(what, "prune", "--force");
  // It closes the file that it had received when it next collects garbage, after two minutes at the latest.
  const until = Date.now() + 180_000;
  while (freeMiB() < DISK_MIB / 2 && Date.now() < until) await pause(1000);
  await stack.up(service(2));
  expect(engine.command("ps", "-aq", "--no-trunc")).not.toBe(serving);
  expect((await stack.up(service(2))).steps).toEqual({});
  expect(engine.command("images", "-q", "--filter", "dangling=true")).toBe("");
});

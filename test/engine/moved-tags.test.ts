/** P2 for tags of other people's images: a preview tells that one has moved, an `up` follows it only where it is asked to. */

import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import os from "node:os";

import { Image } from "../../components";
import { Deployment } from "./support/deployment";
import { docker, inspect } from "./support/docker";
import { RegistryProcess } from "./support/registry-process";

jest.setTimeout(300_000);

const deployment = new Deployment("moved");
let server: RegistryProcess;
let base: string;
const digests: string[] = [];

const program = (from: string) => async () => {
  const built = new Image("built", {
    build: { dockerfile: { text: `ARG BASE=none\nFROM \${BASE} AS one\nFROM one\n` }, args: { BASE: from } },
  });
  const pulled = new Image("pulled", { reference: from });
  return Promise.resolve({ built: built.imageId, pulled: pulled.imageId });
};

/** The registry gets another image by the same tag; the host keeps the one it has. */
async function pushAnother(): Promise<void> {
  execFileSync("docker", ["build", "-q", "-t", base, "-"], {
    encoding: "utf8",
    input: `FROM scratch\nLABEL io.dockwright.test=${randomUUID()}\n`,
    cwd: os.tmpdir(),
  });
  docker("push", "-q", base);
  digests.push(String(await server.digest("base", "1")));
}

beforeAll(async () => {
  server = await RegistryProcess.start();
  base = `${server.address}/base:1`;
  await pushAnother();
  const first = inspect<{ Id: string }>(base, "image").Id;
  await pushAnother();
  docker("tag", first, base);
});
afterAll(async () => {
  await deployment.cleanUp();
  for (const digest of digests) docker("image", "rm", "-f", `${server.address}/base@${digest}`);
  await server.stop();
});

it("reports the old and the new digest, and the reference to use", async () => {
  await deployment.preview(program(base));
  const [from, to] = digests.map(String);
  for (const name of ["built", "pulled"])
    expect(deployment.printed).toContain(
      `image "${name}": ${base} has moved in its registry, from ${String(from)} to ${String(to)}`,
    );
  expect(deployment.printed).toContain(`To use the new one, write ${base}@${String(to)}`);
});

it("keeps using the image on the host, and the second up changes nothing", async () => {
  const { outputs } = await deployment.up(program(base));
  expect(outputs["pulled"]?.value).toBe(inspect<{ Id: string }>(base, "image").Id);
  expect((await deployment.up(program(base))).steps).toEqual({});
});

it("uses the new image when its digest is set, and reports nothing more", async () => {
  const pinned = program(`${base}@${String(digests[1])}`);
  const before = deployment.printed.length;
  expect(await deployment.preview(pinned)).toMatchObject({ "RemoteImage built": "replace" });
  expect(deployment.printed.slice(before)).not.toContain("has moved");
  const { outputs } = await deployment.up(pinned);
  expect(outputs["pulled"]?.value).toBe(
    inspect<{ Id: string }>(`${server.address}/base@${String(digests[1])}`, "image").Id,
  );
});

/** The rules about a Swarm where they are used: one stack has the same findings wherever it is read. */

import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { DockerHost, SwarmStack } from "../../components";
import { run as audit } from "../../components/cli/commands/audit";
import { run as check } from "../../components/cli/commands/check";
import { findingsOf } from "../../components/testing";
import { type StagedPackage, stagePackage } from "../../tools/stage-package";
import { Deployment } from "./support/deployment";
import { idsIn, idsTold, pack, printed } from "./support/findings";
import { SecondEngine } from "./support/second-engine";

jest.setTimeout(600_000);

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dw-test-swarm-policy-"));
const file = path.join(folder, "compose.yaml");
const stack = new Deployment("swarm-policy");
let library: StagedPackage;
let engine: SecondEngine;

const program = async (): Promise<void> => {
  const host = new DockerHost("swarm", { address: `unix://${engine.socket}`, identity: "swarm" });
  new SwarmStack("it", { files: file, host });
  await Promise.resolve();
};

/** What every one of the four must find of the Swarm. */
const expected = [
  "data-stays-behind:web",
  "no-memory-reservation:web",
  "secret-in-environment:web",
  "single-replica-stop-first:web",
  "unencrypted-overlay:open",
];

beforeAll(async () => {
  fs.writeFileSync(
    file,
    `name: judged
services:
  web:
    image: debian:bookworm-slim
    command: [sleep, infinity]
    init: true
    environment: { API_TOKEN: example-of-a-secret }
    volumes: [data:/data]
    networks: [open]
    deploy: { replicas: 1, update_config: { order: stop-first, monitor: 1s } }
networks: { open: { driver_opts: { encrypted: "false" } } }
volumes: { data: }
`,
  );
  library = await stagePackage();
  engine = await SecondEngine.start();
  engine.command("swarm", "init", "--advertise-addr", "127.0.0.1");
});
afterAll(async () => {
  await stack.cleanUp();
  await engine.stop();
  library.remove();
  fs.rmSync(folder, { recursive: true, force: true });
});

test("a program, a policy pack, a Compose file and a manager have the same findings", async () => {
  const found = (await findingsOf(program)).map(({ id }) => id).sort();
  expect(found).toEqual(expect.arrayContaining(expected));

  const how = { failOn: "high", format: "json", waivers: undefined } as const;
  const compose = { ...how, files: [file], profiles: [], envFiles: [], projectName: undefined, swarm: true };
  const checked = await printed(() => check(compose, { environment: {}, folder }));
  expect([checked.code, idsIn(checked.out)]).toEqual([2, found]);

  const before = stack.printed.length;
  const policyPacks = [pack(library, folder, "pack", "")];
  await expect(stack.preview(program, { policyPacks })).rejects.toThrow("exit code 1: pulumi preview");
  expect(idsTold(stack.printed.slice(before))).toEqual(found);
  expect(stack.printed).not.toContain("example-of-a-secret");

  await stack.up(program);
  const manager = { DOCKER_HOST: `unix://${engine.socket}` };
  const audited = await printed(() => withVariables(manager, () => audit({ ...how, project: "judged" })));
  expect([audited.code, idsIn(audited.out)]).toEqual([2, found]);
});

async function withVariables<T>(given: Record<string, string>, work: () => Promise<T>): Promise<T> {
  const former = { ...process.env };
  Object.assign(process.env, given);
  try {
    return await work();
  } finally {
    process.env = former;
  }
}

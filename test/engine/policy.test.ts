/** The rules where they are used: a policy pack stops Pulumi, and one stack has the same findings wherever it is read. */

import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { BridgeNetwork, Container, Image, Volume } from "../../components";
import { run as audit } from "../../components/cli/commands/audit";
import { run as check } from "../../components/cli/commands/check";
import { findingsOf } from "../../components/testing";
import { type StagedPackage, stagePackage } from "../../tools/stage-package";
import { Deployment } from "./support/deployment";
import { docker } from "./support/docker";
import { freePort } from "./support/free-port";
import { idsIn, pack, printed } from "./support/findings";

jest.setTimeout(300_000);

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dw-test-policy-"));
const stack = new Deployment("policy");
let library: StagedPackage;
let port: number;

const image = (): Image => new Image("image", { reference: "debian:bookworm-slim" });
const common = { command: ["sleep", "infinity"], stopGraceSeconds: 1 };
const clean = async (): Promise<void> => {
  new Container("web", { image: image(), ...common });
  await Promise.resolve();
};
/** What compose.yaml below says, in components. */
const stained = async (): Promise<void> => {
  const front = new BridgeNetwork("front");
  const data = new Volume("data", { protect: false });
  const source = image();
  new Container("web", {
    ...common,
    image: source,
    networks: [front],
    ports: [{ container: 80, host: port, expose: "public" }],
    environment: { API_TOKEN: "example-of-a-secret" },
    mounts: [{ volume: data, path: "/data" }],
  });
  new Container("db", {
    ...common,
    image: source,
    networks: [front],
    user: "1000",
    memoryMiB: 64,
    mounts: [{ volume: data, path: "/var/lib/mysql" }],
    healthCheck: { command: ["true"] },
    unsafe: { hostPid: "to see what a rule says of it" },
  });
  await Promise.resolve();
};
const composeFile = (): string => `
name: ${stack.scope}
x-common: &common
  image: debian:bookworm-slim
  command: [sleep, infinity]
  init: true
  restart: unless-stopped
  networks: [front]
  cap_drop: [ALL]
  security_opt: ["no-new-privileges:true"]
  logging: { driver: local }
services:
  web:
    <<: *common
    ports: ["${port}:80"]
    environment: { API_TOKEN: example-of-a-secret }
    volumes: [data:/data]
  db:
    <<: *common
    user: "1000"
    mem_limit: 64m
    pid: host
    volumes: [data:/var/lib/mysql]
    healthcheck: { test: ["CMD", "true"] }
networks: { front: {} }
volumes: { data: {} }
`;

/** What every one of the four must find. */
const expected = [
  "database-on-public-network:db",
  "host-pid:db",
  "no-health-check:web",
  "no-memory-limit:web",
  "public-port:web",
  "root-user:web",
  "secret-in-environment:web",
  "two-writers:data",
  "undigested-image:db",
  "undigested-image:web",
  "writable-root:db",
  "writable-root:web",
];

beforeAll(async () => {
  library = await stagePackage();
  port = await freePort();
});
afterAll(async () => {
  await stack.cleanUp();
  library.remove();
  fs.rmSync(folder, { recursive: true, force: true });
});

test("a pack fails a preview for a mandatory rule, and accepts a valid program", async () => {
  const policyPacks = [pack(library, folder, "plain", "")];
  await stack.preview(clean, { policyPacks });
  expect(stack.printed).toMatch(/Policies:/);
  expect(stack.printed).not.toContain("[mandatory]");

  const failed = await stack.preview(stained, { policyPacks }).then(
    () => undefined,
    (error: unknown) => String(error),
  );
  expect(failed).toContain("exit code 1: pulumi preview");
  expect(failed).toMatch(/\[mandatory\].*host-pid/);
  expect(failed).toContain(
    "container db: shares the host's process ids; remove pid: host (host-pid, CIS 1.6.0 5.16)",
  );
  expect(failed).not.toContain("example-of-a-secret");
  expect(docker("ps", "-aq", "--filter", `label=com.docker.compose.project=${stack.scope}`)).toBe("");
});

test("a waiver is valid until its date", async () => {
  const waivers = (until: string): string =>
    `{ waivers: [
      { rule: "host-pid", on: "db", reason: "watches the host's processes", until: "${until}" },
      { rule: "secret-in-environment", reason: "an example and no secret", until: "2099-12-31" },
    ] }`;
  await stack.preview(stained, { policyPacks: [pack(library, folder, "waived", waivers("2099-12-31"))] });
  await expect(
    stack.preview(stained, { policyPacks: [pack(library, folder, "expired", waivers("2026-01-31"))] }),
  ).rejects.toThrow("db: the waiver of host-pid expired on 2026-01-31 (watches the host's processes)");
});

test("a program, a policy pack, a Compose file and a host have the same findings", async () => {
  const mocked = (await findingsOf(stained)).map(({ id }) => id);
  expect(mocked.sort()).toEqual(expected);

  const file = path.join(folder, "compose.yaml");
  fs.writeFileSync(file, composeFile());
  const how = { failOn: "high", format: "json", waivers: undefined, swarm: false } as const;
  const compose = { ...how, files: [file], profiles: [], envFiles: [], projectName: undefined };
  const checked = await printed(() => check(compose, { environment: {}, folder }));
  expect([checked.code, idsIn(checked.out)]).toEqual([2, expected]);

  const before = stack.printed.length;
  await stack.preview(stained, { policyPacks: [path.join(folder, "plain")] }).catch(() => undefined);
  const packed = [
    ...stack.printed.slice(before).matchAll(/(?:container )?([\w-]+): [^\n]*?\((\S+), [^\n]*\)/g),
  ];
  expect([...new Set(packed.map(([, on, rule]) => `${rule ?? ""}:${on ?? ""}`))].sort()).toEqual(expected);

  await stack.up(stained);
  const audited = await printed(() => audit({ ...how, project: stack.scope }));
  expect([audited.code, idsIn(audited.out)]).toEqual([2, expected]);
});

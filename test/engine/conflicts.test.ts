/** P7, P10: the preview reports conflicts on the host with their owner and a remedy, and changes nothing. */

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createServer, type Server } from "node:net";
import os from "node:os";
import path from "node:path";

import {
  BridgeNetwork,
  ComposeProject,
  Container,
  type ContainerArgs,
  Image,
  Volume,
  type VolumeArgs,
} from "../../components";
import { Deployment } from "./support/deployment";
import { docker } from "./support/docker";
import { freePort } from "./support/free-port";

jest.setTimeout(300_000);

const stack = new Deployment("conflicts");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dw-test-conflicts-"));
const other = "dw-test-conflicts-other";
const foreign = ["--label", "com.docker.compose.project=their-shop"];
const stranger = (name: string, ...args: string[]): void => {
  docker("run", "-d", "--init", "--name", name, ...foreign, ...args, "debian:bookworm-slim", "sleep", "1000");
};
let port: { loopback: number; everywhere: number; process: number };
let listener: Server;

const container = (args: Partial<ContainerArgs>) => async () => {
  const image = new Image("base", { reference: "debian:bookworm-slim" });
  new Container("web", { image, command: ["sleep", "1000"], ...args });
  await Promise.resolve();
};
const network = (subnet?: string, name?: string) => async () => {
  new BridgeNetwork("net", { ...(subnet && { subnet }), ...(name && { name }) });
  await Promise.resolve();
};
const volume = (args: VolumeArgs) => async () => {
  new Volume("data", { protect: false, ...args });
  await Promise.resolve();
};
const compose = (text: string) => async () => {
  const file = path.join(folder, "compose.yaml");
  fs.writeFileSync(file, text);
  new ComposeProject("shop", { files: file, protectVolumes: false });
  await Promise.resolve();
};
const service = "services: { web: { image: 'debian:bookworm-slim', command: sleep 1000";

beforeAll(async () => {
  port = { loopback: await freePort(), everywhere: await freePort(), process: await freePort() };
  stranger(other, "-p", `127.0.0.1:${String(port.loopback)}:80`);
  stranger(`${other}-2`, "-p", `${String(port.everywhere)}:80`, "-p", `${String(port.everywhere)}:80/udp`);
  docker("create", "--name", `${stack.scope}-web`, "debian:bookworm-slim");
  docker("network", "create", "--subnet", "10.231.7.0/24", ...foreign, other);
  docker("network", "create", `${stack.scope}-net`);
  docker(
    "volume",
    "create",
    "--label",
    "io.dockwright.project=shop",
    "--label",
    "io.dockwright.stack=prod",
    other,
  );
  listener = createServer().listen(port.process, "127.0.0.1");
});
afterAll(async () => {
  await stack.cleanUp();
  listener.close();
  docker("rm", "-f", other, `${other}-2`, `${stack.scope}-web`);
  docker("network", "rm", other, `${stack.scope}-net`);
  docker("volume", "rm", other);
  fs.rmSync(folder, { recursive: true, force: true });
});

const named = { name: "dw-test-conflicts-free" };
const on = (host: number, more: object = {}): Partial<ContainerArgs> => ({
  ...named,
  ports: [{ container: 80, host, ...more }],
});

/** A route of this machine that no bridge of Docker makes. */
function route(): string {
  const [line] = execFileSync("ip", ["-4", "route"], { encoding: "utf8" })
    .split("\n")
    .filter((each) => /^\d+\.\d+\.\d+\.\d+\/\d+ /.test(each) && !/ dev (docker|br-)/.test(each));
  if (line === undefined) throw new Error("this machine has no route of its own");
  return line.split(" ")[0] ?? "";
}

type Case = readonly [kind: string, program: () => () => Promise<void>, says: () => RegExp];
const cases: readonly Case[] = [
  [
    "a port that a container has",
    () => container(on(port.loopback)),
    () =>
      new RegExp(
        `127.0.0.1:${String(port.loopback)}/tcp belongs to container ${other} \\(Compose project their-shop\\)`,
      ),
  ],
  [
    "a port on all addresses that a container has on one",
    () => container({ ...on(port.loopback, { expose: "public" }) }),
    () => new RegExp(`0.0.0.0:${String(port.loopback)}/tcp belongs to container ${other}`),
  ],
  [
    "a port on one address that a container has on all",
    () => container(on(port.everywhere)),
    () => new RegExp(`127.0.0.1:${String(port.everywhere)}/tcp belongs to container ${other}-2`),
  ],
  [
    "a port of UDP",
    () => container(on(port.everywhere, { protocol: "udp" })),
    () => new RegExp(`127.0.0.1:${String(port.everywhere)}/udp belongs to container ${other}-2`),
  ],
  [
    "a port at which a process listens",
    () => container(on(port.process)),
    () => new RegExp(`127.0.0.1:${String(port.process)}/tcp belongs to a process outside Docker`),
  ],
  [
    "an address that the host has not",
    () => container(on(port.process, { address: "192.0.2.7", expose: "public" })),
    () => /192\.0\.2\.7 is not an address of the host/,
  ],
  [
    "a container's name that somebody has",
    () => container({}),
    () =>
      /the name dw-test-conflicts-web on the host belongs to container [0-9a-f]{12}, created by an unknown owner/,
  ],
  [
    "a container's name that a Compose project has",
    () => container({ name: other }),
    () => /created by Compose project their-shop[^]*docker rename/,
  ],
  [
    "more processors than there are",
    () => container({ ...named, cpus: 1000 }),
    () => new RegExp(`needs 1000 processors, and the host has ${String(os.cpus().length)}`),
  ],
  [
    "a processor that does not exist",
    () => container({ ...named, cpuSet: "0,777" }),
    () => /needs processor 777 \(counted from 0\)/,
  ],
  [
    "a log driver that does not exist",
    () => container({ ...named, logging: { driver: "no-such-driver" } }),
    () => /the host does not have the log driver no-such-driver[^]*json-file/,
  ],
  [
    "a folder of the host that does not exist",
    () => container({ ...named, mounts: [{ bind: "/srv/no-such-folder", path: "/data" }] }),
    () => /\/srv\/no-such-folder does not exist on the host[^]*mkdir -p/,
  ],
  [
    "a network's name that somebody has",
    () => network(),
    () => /the name dw-test-conflicts-net on the host belongs to a network created by an unknown owner/,
  ],
  [
    "a subnet that overlaps a network",
    () => network("10.231.0.0/16", named.name),
    () => new RegExp(`10.231.0.0/16 overlaps 10.231.7.0/24 of network ${other}`),
  ],
  [
    "a subnet that the machine has a route to",
    () => network(route(), named.name),
    () => /which this machine routes through/,
  ],
  [
    "a volume of another stack",
    () => volume({ name: other }),
    () => new RegExp(`${other} on the host belongs to a volume created by stack shop/prod`),
  ],
  [
    "a volume driver that does not exist",
    () => volume({ driver: "no-such-driver" }),
    () => /the host does not have the volume driver no-such-driver[^]*local/,
  ],
  [
    "an image that is nowhere",
    () => async () => {
      new Image("lost", { reference: "127.0.0.1:9/dw-test/lost:1" });
      await Promise.resolve();
    },
    () => /127.0.0.1:9\/dw-test\/lost:1 is not on the host and could not be pulled/,
  ],
  [
    "an external network that does not exist",
    () =>
      compose(
        `${service}, networks: [out] } }\nnetworks: { out: { external: true, name: dw-test-nowhere } }`,
      ),
    () => /the external network dw-test-nowhere is not on the host[^]*docker network create/,
  ],
  [
    "an external volume that does not exist",
    () =>
      compose(
        `${service}, volumes: ['disk:/d'] } }\nvolumes: { disk: { external: true, name: dw-test-nowhere } }`,
      ),
    () => /the external volume dw-test-nowhere is not on the host[^]*docker volume create/,
  ],
];

const standing = (): string =>
  [
    docker("ps", "-a", "--format", "{{.ID}} {{.Names}} {{.State}}"),
    docker("network", "ls", "--format", "{{.ID}} {{.Name}}"),
    docker("volume", "ls", "--format", "{{.Name}}"),
  ]
    .map((list) =>
      list
        .split("\n")
        .filter((line) => line.includes("dw-test-conflicts") || line.includes("dw-test-nowhere")),
    )
    .flat()
    .join("\n");

it.each(cases)("%s", async (_, program, says) => {
  const before = standing();
  const printed = stack.printed.length;
  await expect(stack.preview(program())).rejects.toThrow();
  const text = stack.printed.slice(printed);
  expect(text).toMatch(says());
  expect(text).toContain("now        nothing was changed");
  expect(standing()).toBe(before);
});

it("several are reported together", async () => {
  const printed = stack.printed.length;
  const both = on(port.loopback);
  await expect(
    stack.preview(container({ ...both, cpus: 1000, logging: { driver: "no-such-driver" } })),
  ).rejects.toThrow();
  const text = stack.printed.slice(printed);
  for (const part of ["belongs to container", "needs 1000 processors", "does not have the log driver"])
    expect(text).toContain(part);
});

it("an up without a preview does not change anything either", async () => {
  const before = standing();
  await expect(stack.up(container({ ...on(port.loopback), cpus: 1000 }))).rejects.toThrow();
  expect(standing()).toBe(before);
});

it("objects of the stack itself do not conflict, also when they move from one container to another", async () => {
  const mine = await freePort();
  const two = (first: number[], second: number[]) => async () => {
    const image = new Image("base", { reference: "debian:bookworm-slim" });
    const args = { image, command: ["sleep", "1000"], monitorSeconds: 0, stopGraceSeconds: 1 };
    const ports = (list: number[]) => list.map((host) => ({ container: 80, host }));
    new Container("one", { ...args, ports: ports(first) });
    new Container("two", { ...args, ports: ports(second) });
    await Promise.resolve();
  };
  await stack.up(two([mine], []));
  expect(await stack.preview(two([mine], []))).toEqual({});
  await expect(stack.preview(two([], [mine]))).resolves.toBeDefined();
});

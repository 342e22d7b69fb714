/** Bridge networks and Docker's own: who resolves and reaches whom, and which addresses are told. Each "cannot" has a "can" beside it. */

import { spawnSync } from "node:child_process";

import { BridgeNetwork, Container, type ContainerArgs, Image } from "../../components";
import { Deployment } from "./support/deployment";
import { docker, inspect } from "./support/docker";
import { freePort } from "./support/free-port";
import { pause } from "./support/processes";

jest.setTimeout(300_000);

const stack = new Deployment("nets");
let hostPort: number;

/** A server that tells its own name to whoever connects. */
const serve = (name: string, port = 8000): string[] => [
  "perl",
  "-MIO::Socket::INET",
  "-e",
  `$SIG{TERM} = sub { exit }; $| = 1;
   my $s = IO::Socket::INET->new(LocalPort => ${String(port)}, Listen => 9, ReuseAddr => 1) or die;
   while (my $c = $s->accept) { print $c "${name}\\n"; close $c }`,
];

const program =
  (third = 20) =>
  async () => {
    const image = new Image("base", { reference: "debian:bookworm-slim" });
    const part = `10.213.${String(third)}`;
    const front = new BridgeNetwork("front", {
      subnet: `${part}.0/24`,
      gateway: `${part}.9`,
      ipRange: `${part}.128/25`,
    });
    const back = new BridgeNetwork("back", { internal: true });
    const addresses: Record<string, Container["addresses"]> = {};
    const start = (name: string, args: Partial<ContainerArgs>): void => {
      const container = new Container(name, { image, command: serve(name), stopGraceSeconds: 1, ...args });
      addresses[name] = container.addresses;
    };
    start("one", { networks: [{ network: front, aliases: ["first", "www.example.org"] }] });
    start("two", { networks: [front], service: "pair" });
    start("three", {
      networks: [{ network: front, ipv4Address: `${part}.77` }],
      service: "pair",
      replica: 2,
    });
    start("inner", { networks: [back] });
    start("gate", { networks: [front, back] });
    start("bridged", {});
    start("hosted", {
      networkMode: "host",
      unsafe: { hostNetwork: "the test of network modes" },
      command: serve("hosted", hostPort),
    });
    start("alone", { networkMode: "none" });
    return Promise.resolve(addresses);
  };

/** Runs bash in a container: what it printed, or the error that it ended with. */
function bash(name: string, script: string): string {
  const run = spawnSync("docker", ["exec", `${stack.scope}-${name}`, "bash", "-c", script], {
    encoding: "utf8",
  });
  return (run.status === 0 ? run.stdout : `failed: ${run.stderr}`).trim();
}
const connect = (from: string, to: string, port: number, seconds: number): string =>
  bash(from, `timeout ${String(seconds)} bash -c 'exec 3<>/dev/tcp/${to}/${String(port)} && head -n 1 <&3'`);
const reach = (from: string, to: string, port = 8000): string => connect(from, to, port, 5);
/** True where nothing answers within a second; each use stands beside a `reach` of the same server from elsewhere. */
const isCutOff = (from: string, to: string, port = 8000): boolean =>
  connect(from, to, port, 1).startsWith("failed");
const resolve = (from: string, name: string): string[] =>
  bash(from, `RES_OPTIONS='timeout:1 attempts:1' getent ahostsv4 ${name} | cut -d' ' -f1 | sort -u`)
    .split("\n")
    .filter((line) => line !== "");
const networksOf = (name: string) => inspect(`${stack.scope}-${name}`).NetworkSettings.Networks;
const addressOf = (name: string, network: string): string =>
  networksOf(name)[network]?.IPAddress ?? "no address";

const front = `${stack.scope}-front`;
const back = `${stack.scope}-back`;
let told: Record<string, Record<string, string>>;

async function up(third?: number): Promise<void> {
  const { outputs } = await stack.up(program(third));
  told = Object.fromEntries(
    Object.entries(outputs).map(([name, { value }]) => [name, value as Record<string, string>]),
  );
}

beforeAll(async () => {
  hostPort = await freePort();
  await up();
});
afterAll(() => stack.cleanUp());

describe("containers on one network", () => {
  it.each([
    ["gate", "gate"],
    [`${stack.scope}-two`, "two"],
    [`${stack.scope}-three`, "three"],
  ])("reach each other by the name in the program and on the host: %s", (name, who) => {
    expect(reach("one", name)).toBe(who);
  });

  it.each(["one", "first", "www.example.org"])("resolve every alias: %s", (alias) => {
    expect(resolve("two", alias)).toEqual([addressOf("one", front)]);
    expect(reach("two", alias)).toBe("one");
  });

  it("resolve the name of a service to all its containers", () => {
    expect(resolve("one", "pair")).toEqual([addressOf("two", front), addressOf("three", front)].sort());
  });
});

describe("two networks", () => {
  it("do not resolve each other's names", () => {
    expect(resolve("gate", "inner")).toEqual([addressOf("inner", back)]);
    expect(resolve("one", "inner")).toEqual([]);
    expect(resolve("inner", "one")).toEqual([]);
  });

  it("do not reach each other's addresses", () => {
    expect(reach("gate", addressOf("inner", back))).toBe("inner");
    expect(isCutOff("one", addressOf("inner", back))).toBe(true);
    expect(reach("gate", addressOf("one", front))).toBe("one");
    expect(isCutOff("inner", addressOf("one", front))).toBe(true);
    expect(isCutOff("bridged", addressOf("one", front))).toBe(true);
  });
});

/** Something beyond this host that a container reaches, or no image could be built: the mirror of the base image's packages. */
function outside(): string {
  const [, mirror = ""] =
    /https?:\/\/([^/\s]+)/.exec(bash("one", "cat /etc/apt/sources.list /etc/apt/sources.list.d/*; true")) ??
    [];
  return resolve("one", mirror)[0] ?? "";
}
const opens = (from: string, to: string): boolean =>
  bash(from, `timeout 3 bash -c 'exec 3<>/dev/tcp/${to}/80 && echo open'`) === "open";

describe("an internal network", () => {
  it("has no external access, unlike another network", () => {
    const beyond = outside();
    expect(opens("one", beyond)).toBe(true);
    expect(opens("inner", beyond)).toBe(false);
  });
});

describe("addresses", () => {
  const route =
    "perl -lane 'print join q(.), reverse unpack q(C4), pack q(H8), $F[2] if $F[1] eq q(00000000)' /proc/net/route";

  it("follow subnet, gateway and IP range", () => {
    expect(inspect<{ IPAM: { Config: unknown } }>(front, "network").IPAM.Config).toEqual([
      { Subnet: "10.213.20.0/24", Gateway: "10.213.20.9", IPRange: "10.213.20.128/25" },
    ]);
    expect(bash("one", route)).toBe("10.213.20.9");
    for (const name of ["one", "two", "gate"]) {
      expect(addressOf(name, front)).toMatch(/^10\.213\.20\.(12[89]|1[3-9]\d|2[0-4]\d|25[0-4])$/);
    }
    expect(addressOf("three", front)).toBe("10.213.20.77");
  });

  it("are returned by network name, as in Docker", () => {
    for (const name of ["one", "two", "three"]) {
      expect(told[name]).toEqual({ [front]: addressOf(name, front) });
    }
    expect(told["inner"]).toEqual({ [back]: addressOf("inner", back) });
    expect(told["gate"]).toEqual({ [front]: addressOf("gate", front), [back]: addressOf("gate", back) });
  });
});

describe("Docker's own networks", () => {
  it("bridge: an address on the default bridge", () => {
    const subnet = docker("network", "inspect", "bridge", "--format", "{{(index .IPAM.Config 0).Subnet}}");
    expect(told["bridged"]).toEqual({ bridge: addressOf("bridged", "bridge") });
    expect(addressOf("bridged", "bridge").startsWith(subnet.split(".").slice(0, 2).join("."))).toBe(true);
    expect(reach("bridged", "127.0.0.1")).toBe("bridged");
  });

  it("host: the host's own ports and interfaces, no address of its own", () => {
    expect(reach("hosted", "127.0.0.1", hostPort)).toBe("hosted");
    expect(
      spawnSync("bash", ["-c", `cat < /dev/tcp/127.0.0.1/${String(hostPort)}`], { encoding: "utf8" }).stdout,
    ).toBe("hosted\n");
    expect(bash("hosted", "hostname")).toBe(spawnSync("hostname", { encoding: "utf8" }).stdout.trim());
    expect(told["hosted"]).toEqual({});
  });

  it("none: nothing but itself, no address", () => {
    expect(bash("alone", "ls /sys/class/net")).toBe("lo");
    expect(reach("alone", "127.0.0.1")).toBe("alone");
    expect(told["alone"]).toEqual({});
  });
});

it("a changed subnet replaces the network and the containers on it, no others, and names work again", async () => {
  const before = ["one", "inner", "bridged"].map((name) => inspect(`${stack.scope}-${name}`).Id);
  expect(await stack.preview(program(21))).toEqual({
    "Network front": "replace",
    ...Object.fromEntries(["one", "two", "three", "gate"].map((name) => [`Container ${name}`, "replace"])),
  });
  await up(21);
  const after = ["one", "inner", "bridged"].map((name) => inspect(`${stack.scope}-${name}`).Id);
  expect(after.map((id, index) => id === before[index])).toEqual([false, true, true]);
  expect(told["three"]).toEqual({ [front]: "10.213.21.77" });
  expect(reach("gate", "one")).toBe("one");
  expect(reach("gate", "inner")).toBe("inner");
  expect(await stack.preview(program(21), { refresh: true })).toEqual({});
});

describe("a network that is renamed with an alias", () => {
  const renamed = new Deployment("net-renamed");
  const declare = (name: string, subnet: string | undefined, former?: string) => async (): Promise<void> => {
    const image = new Image("base", { reference: "debian:bookworm-slim" });
    const opts = former === undefined ? {} : { aliases: [{ name: former }] };
    const network = new BridgeNetwork(name, subnet === undefined ? {} : { subnet }, opts);
    new Container("web", { image, command: serve("web"), networks: [network], stopGraceSeconds: 1 });
    await Promise.resolve();
  };
  afterAll(() => renamed.cleanUp());

  /** Whether there is a moment in a run at which nothing of it runs. */
  async function hasGap(run: Promise<unknown>): Promise<boolean> {
    const ended = run.then(() => true);
    const label = `label=com.docker.compose.project=${renamed.scope}`;
    let gap = false;
    while (!(await Promise.race([ended, pause(50)]))) gap ||= docker("ps", "-q", "--filter", label) === "";
    return gap;
  }

  it("P3 is created next to the old one, without an outage of its containers", async () => {
    await renamed.up(declare("first", undefined));
    expect(await hasGap(renamed.up(declare("second", undefined, "first")))).toBe(false);
    expect(docker("network", "ls", "--format", "{{.Name}}", "--filter", `name=${renamed.scope}-`)).toBe(
      `${renamed.scope}-second`,
    );
  });

  it("P2 with a fixed subnet the old one is removed first, and the preview announces it", async () => {
    await renamed.up(declare("third", "10.213.78.0/24", "second"));
    renamed.printed = "";
    await renamed.preview(declare("fourth", "10.213.78.0/24", "third"));
    expect(renamed.printed).toMatch(/container "web": .*it stops before network \S+-third is replaced/);
    await renamed.up(declare("fourth", "10.213.78.0/24", "third"));
    expect((await renamed.up(declare("fourth", "10.213.78.0/24", "third"))).steps).toEqual({});
  });
});

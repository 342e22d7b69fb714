/**
 * P1 and the truth of every argument of Container, on a real Engine: with all of them set, the second `up` is empty, also
 * after a refresh; and a change of each one takes effect in the running container, in the way that the preview said.
 */

import { BridgeNetwork, Container, type ContainerArgs, Image, Volume } from "../../components";
import { Deployment } from "./support/deployment";
import { type ContainerState, exists, inspect } from "./support/docker";

jest.setTimeout(600_000);

const sleep = ["sh", "-c", "trap exit TERM; while :; do sleep 0.2; done"];

/** What surrounds the container under test. */
function surroundings() {
  return {
    image: new Image("base", { reference: "debian:bookworm-slim" }),
    network: new BridgeNetwork("net", { subnet: "10.213.7.0/24" }),
    other: new BridgeNetwork("other"),
    volume: new Volume("data", { protect: false }),
  };
}

type Around = ReturnType<typeof surroundings>;

const everything = ({ image, network, other, volume }: Around): ContainerArgs => ({
  image,
  entrypoint: ["/bin/sh", "-c"],
  command: ["trap exit TERM; while :; do sleep 0.2; done"],
  environment: { B: "2", A: "1", EMPTY: "", UTF8: "grüß" },
  secrets: { token: "s3cr3t-token-value" },
  files: { "/etc/app.conf": { content: "x=1\n", mode: "0640" }, "/opt/bytes": { contentBase64: "AAEC" } },
  ports: [
    { container: 80, host: 18_411 },
    { container: "9000-9002", host: "18420-18422", protocol: "udp" },
    { container: 443 },
  ],
  mounts: [
    { volume, path: "/data" },
    { bind: "/srv", path: "/host" },
    { tmpfs: true, path: "/scratch", sizeMiB: 16, mode: "1770" },
  ],
  networks: [{ network, aliases: ["zulu", "alpha"], ipv4Address: "10.213.7.20" }, other],
  healthCheck: {
    command: ["true"],
    intervalSeconds: 1.5,
    timeoutSeconds: 90,
    retries: 2,
    startPeriodSeconds: 0,
  },
  update: "stop-first",
  monitorSeconds: 1,
  drainSeconds: 1,
  waitUntilHealthy: true,
  waitTimeoutSeconds: 30,
  restart: { onFailure: 4 },
  user: "0:0",
  workingDirectory: "/tmp",
  groups: ["audio", "4711"],
  hostname: "box",
  domainName: "example.org",
  extraHosts: { db: "10.0.0.9", me: "host-gateway" },
  dns: ["9.9.9.9"],
  dnsSearch: ["example.org"],
  dnsOptions: ["ndots:2"],
  tty: true,
  stdinOpen: true,
  init: true,
  stopSignal: "SIGTERM",
  stopGraceSeconds: 3,
  logging: { driver: "json-file", options: { "max-size": "5m" } },
  labels: { team: "blue", "a.b": "c" },
  name: "dw-test-args-all",
  service: "svc",
  replica: 2,
  memoryMiB: 64,
  memoryReservationMiB: 32,
  memorySwapMiB: 128,
  cpus: 0.5,
  cpuShares: 512,
  cpuSet: "0",
  shmSizeMiB: 32,
  pidsLimit: 200,
  ulimits: { nofile: { soft: 1024, hard: 2048 }, nproc: { soft: 100, hard: 200 } },
  sysctls: { "net.core.somaxconn": "512", "net.ipv4.ip_forward": "0" },
  capabilities: ["NET_BIND_SERVICE", "CHOWN"],
  securityOptions: ["seccomp=unconfined"],
  runtime: "runc",
  devices: { "/dev/null": "/dev/blackhole" },
  unsafe: { devices: "the test of all arguments", unconfined: "the test of all arguments" },
});

describe("P1 the second up is empty", () => {
  const deployment = new Deployment("args");
  const program = async (): Promise<void> => {
    new Container("all", everything(surroundings()));
    await Promise.resolve();
  };
  afterAll(() => deployment.cleanUp());

  it("with every argument of Container set, also after a refresh", async () => {
    await deployment.up(program);
    const before = inspect("dw-test-args-all");
    expect(await deployment.preview(program)).toEqual({});
    expect((await deployment.up(program)).steps).toEqual({});
    expect(await deployment.preview(program, { refresh: true })).toEqual({});
    expect((await deployment.up(program, { refresh: true })).steps).toEqual({});
    expect(await deployment.preview(program)).toEqual({});
    const after = inspect("dw-test-args-all");
    expect([after.Id, after.State.StartedAt]).toEqual([before.Id, before.State.StartedAt]);
  });

  it("P8 shows no secret in what it prints and none in plain text in the state", () => {
    expect(deployment.printed).not.toContain("s3cr3t-token-value");
    expect(deployment.stateFiles()).not.toContain("s3cr3t-token-value");
  });
});

type Args = Partial<ContainerArgs>;

interface Change {
  readonly argument: string;
  readonly from: (around: Around) => Args;
  readonly to: (around: Around) => Args;
  /** "none": nothing that runs changes, only what Pulumi does next time. */
  readonly how: "replace" | "update" | "none";
  readonly live?: (state: ContainerState) => unknown;
  readonly want?: unknown;
}

const host = (key: string) => (state: ContainerState) => (state.HostConfig as Record<string, unknown>)[key];
const config = (key: string) => (state: ContainerState) => (state.Config as Record<string, unknown>)[key];
const always = (args: Args) => () => args;

const changes: Change[] = [
  { argument: "command", from: always({}), to: always({ command: [...sleep, "again"] }), how: "replace", live: config("Cmd"), want: [...sleep, "again"] },
  { argument: "entrypoint", from: always({}), to: always({ entrypoint: ["/bin/bash"], command: ["-c", "sleep 1000"] }), how: "replace", live: config("Entrypoint"), want: ["/bin/bash"] },
  { argument: "environment", from: always({ environment: { A: "1" } }), to: always({ environment: { A: "2" } }), how: "replace", live: (s) => s.Config.Env.filter((e) => e.startsWith("A=")), want: ["A=2"] },
  { argument: "secrets", from: always({ secrets: { t: "one" } }), to: always({ secrets: { t: "two" } }), how: "replace" },
  { argument: "files", from: always({ files: { "/x": { content: "1" } } }), to: always({ files: { "/x": { content: "2" } } }), how: "replace" },
  { argument: "ports", from: always({ ports: [{ container: 80, host: 18_431 }] }), to: always({ ports: [{ container: 80, host: 18_432 }] }), how: "replace", live: host("PortBindings"), want: { "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "18432" }] } },
  { argument: "mounts (volume)", from: always({}), to: ({ volume }) => ({ mounts: [{ volume, path: "/d" }] }), how: "replace" },
  { argument: "mounts (read-only)", from: ({ volume }) => ({ mounts: [{ volume, path: "/d" }] }), to: ({ volume }) => ({ mounts: [{ volume, path: "/d", readOnly: true }] }), how: "replace" },
  { argument: "mounts (tmpfs)", from: always({ mounts: [{ tmpfs: true, path: "/t" }] }), to: always({ mounts: [{ tmpfs: true, path: "/t", sizeMiB: 8 }] }), how: "replace", live: host("Tmpfs"), want: { "/t": "size=8m,mode=1777" } },
  { argument: "networks", from: always({}), to: ({ network, other }) => ({ networks: [network, other] }), how: "replace", live: (s) => Object.keys(s.NetworkSettings.Networks).length, want: 2 },
  { argument: "networkMode", from: always({ networks: undefined }), to: always({ networks: undefined, networkMode: "none" }), how: "replace", live: host("NetworkMode"), want: "none" },
  { argument: "healthCheck", from: always({ healthCheck: { command: "true" } }), to: always({ healthCheck: { command: "true", intervalSeconds: 2 } }), how: "replace", live: (s) => (s.Config as unknown as { Healthcheck: { Interval: number } }).Healthcheck.Interval, want: 2e9 },
  { argument: "waitUntilHealthy", from: always({ healthCheck: { command: "true", intervalSeconds: 1 } }), to: always({ healthCheck: { command: "true", intervalSeconds: 1 }, waitUntilHealthy: false }), how: "none" },
  { argument: "waitTimeoutSeconds", from: always({ healthCheck: { command: "true", intervalSeconds: 1 } }), to: always({ healthCheck: { command: "true", intervalSeconds: 1 }, waitTimeoutSeconds: 99 }), how: "none" },
  // Its names on the network come with the connection in one order, and later in the other.
  { argument: "update", from: always({}), to: always({ update: "stop-first" }), how: "replace" },
  { argument: "update (without networks)", from: always({ networks: undefined }), to: always({ networks: undefined, update: "stop-first" }), how: "none" },
  { argument: "monitorSeconds", from: always({}), to: always({ monitorSeconds: 1 }), how: "none" },
  { argument: "drainSeconds", from: always({}), to: always({ drainSeconds: 1 }), how: "none" },
  { argument: "restart", from: always({}), to: always({ restart: "always" }), how: "update", live: host("RestartPolicy"), want: { Name: "always", MaximumRetryCount: 0 } },
  { argument: "user", from: always({}), to: always({ user: "daemon" }), how: "replace", live: config("User"), want: "daemon" },
  { argument: "workingDirectory", from: always({}), to: always({ workingDirectory: "/var" }), how: "replace", live: config("WorkingDir"), want: "/var" },
  { argument: "hostname", from: always({}), to: always({ hostname: "h2" }), how: "replace", live: (s) => (s.Id.startsWith(s.Config.Hostname) ? "short id" : s.Config.Hostname), want: "h2" },
  { argument: "extraHosts", from: always({}), to: always({ extraHosts: { a: "10.1.1.1" } }), how: "replace", live: host("ExtraHosts"), want: ["a:10.1.1.1"] },
  { argument: "dns", from: always({}), to: always({ dns: ["1.1.1.1"] }), how: "replace", live: host("Dns"), want: ["1.1.1.1"] },
  { argument: "dnsSearch", from: always({}), to: always({ dnsSearch: ["example.net"] }), how: "replace", live: host("DnsSearch"), want: ["example.net"] },
  { argument: "dnsOptions", from: always({}), to: always({ dnsOptions: ["ndots:3"] }), how: "replace", live: host("DnsOptions"), want: ["ndots:3"] },
  { argument: "groups", from: always({}), to: always({ groups: ["audio"] }), how: "replace", live: host("GroupAdd"), want: ["audio"] },
  { argument: "domainName", from: always({}), to: always({ domainName: "example.org" }), how: "replace", live: config("Domainname"), want: "example.org" },
  { argument: "tty", from: always({}), to: always({ tty: true }), how: "replace", live: config("Tty"), want: true },
  { argument: "stdinOpen", from: always({}), to: always({ stdinOpen: true }), how: "replace", live: config("OpenStdin"), want: true },
  { argument: "memoryReservationMiB", from: always({ memoryReservationMiB: 16 }), to: always({ memoryReservationMiB: 32 }), how: "update", live: host("MemoryReservation"), want: 32 * 1024 * 1024 },
  { argument: "memoryReservationMiB (added)", from: always({}), to: always({ memoryReservationMiB: 32 }), how: "replace", live: host("MemoryReservation"), want: 32 * 1024 * 1024 },
  { argument: "memorySwapMiB", from: always({ memoryMiB: 64 }), to: always({ memoryMiB: 64, memorySwapMiB: 128 }), how: "update", live: host("MemorySwap"), want: 128 * 1024 * 1024 },
  { argument: "memorySwapMiB (no limit)", from: always({ memoryMiB: 64 }), to: always({ memoryMiB: 64, memorySwapMiB: -1 }), how: "update", live: host("MemorySwap"), want: -1 },
  { argument: "init", from: always({}), to: always({ init: false }), how: "replace", live: host("Init"), want: false },
  { argument: "stopSignal", from: always({}), to: always({ stopSignal: "SIGINT" }), how: "replace", live: config("StopSignal"), want: "SIGINT" },
  { argument: "stopGraceSeconds", from: always({}), to: always({ stopGraceSeconds: 4 }), how: "replace", live: config("StopTimeout"), want: 4 },
  { argument: "logging", from: always({}), to: always({ logging: { driver: "none" } }), how: "replace", live: host("LogConfig"), want: { Type: "none", Config: {} } },
  { argument: "labels", from: always({}), to: always({ labels: { team: "red" } }), how: "replace", live: (s) => s.Config.Labels["team"], want: "red" },
  { argument: "service", from: always({}), to: always({ service: "other" }), how: "replace", live: (s) => s.Config.Labels["com.docker.compose.service"], want: "other" },
  { argument: "replica", from: always({}), to: always({ replica: 3 }), how: "replace", live: (s) => s.Config.Labels["com.docker.compose.container-number"], want: "3" },
  { argument: "memoryMiB", from: always({ memoryMiB: 64 }), to: always({ memoryMiB: 128 }), how: "update", live: host("Memory"), want: 128 * 1024 * 1024 },
  { argument: "cpus", from: always({}), to: always({ cpus: 1 }), how: "replace", live: host("NanoCpus"), want: 1e9 },
  { argument: "cpuShares", from: always({ cpuShares: 512 }), to: always({ cpuShares: 256 }), how: "update", live: host("CpuShares"), want: 256 },
  { argument: "memoryMiB (added)", from: always({}), to: always({ memoryMiB: 128 }), how: "replace", live: host("Memory"), want: 128 * 1024 * 1024 },
  { argument: "cpuShares (added)", from: always({}), to: always({ cpuShares: 256 }), how: "replace", live: host("CpuShares"), want: 256 },
  { argument: "cpuSet (added)", from: always({}), to: always({ cpuSet: "0" }), how: "replace", live: host("CpusetCpus"), want: "0" },
  { argument: "healthCheck (added)", from: always({}), to: always({ healthCheck: "none" }), how: "replace", live: (s) => (s.Config as unknown as { Healthcheck?: { Test: string[] } }).Healthcheck?.Test, want: ["NONE"] },
  { argument: "restart (tries)", from: always({}), to: always({ restart: { onFailure: 2 } }), how: "update", live: host("RestartPolicy"), want: { Name: "on-failure", MaximumRetryCount: 2 } },
  { argument: "cpuSet", from: always({ cpuSet: "0" }), to: always({ cpuSet: "0-1" }), how: "update", live: host("CpusetCpus"), want: "0-1" },
  { argument: "shmSizeMiB", from: always({}), to: always({ shmSizeMiB: 16 }), how: "replace", live: host("ShmSize"), want: 16 * 1024 * 1024 },
  { argument: "pidsLimit", from: always({}), to: always({ pidsLimit: 77 }), how: "replace", live: host("PidsLimit"), want: 77 },
  { argument: "ulimits", from: always({}), to: always({ ulimits: { nofile: { soft: 512, hard: 512 } } }), how: "replace", live: host("Ulimits"), want: [{ Name: "nofile", Hard: 512, Soft: 512 }] },
  { argument: "sysctls", from: always({}), to: always({ sysctls: { "net.core.somaxconn": "256" } }), how: "replace", live: host("Sysctls"), want: { "net.core.somaxconn": "256" } },
  { argument: "capabilities", from: always({}), to: always({ capabilities: ["CHOWN"] }), how: "replace", live: host("CapAdd"), want: ["CAP_CHOWN"] },
  { argument: "securityOptions", from: always({}), to: always({ securityOptions: ["seccomp=unconfined"], unsafe: { unconfined: "the test of changes" } }), how: "replace", live: (s) => [...(host("SecurityOpt")(s) as string[])].sort(), want: ["no-new-privileges:true", "seccomp=unconfined"] },
  { argument: "readOnlyRoot", from: always({}), to: always({ readOnlyRoot: true }), how: "replace", live: host("ReadonlyRootfs"), want: true },
  { argument: "runtime", from: always({}), to: always({ runtime: "io.containerd.runc.v2" }), how: "replace", live: host("Runtime"), want: "io.containerd.runc.v2" },
  { argument: "devices", from: always({}), to: always({ devices: { "/dev/null": "/dev/hole" }, unsafe: { devices: "the test of changes" } }), how: "replace", live: host("Devices"), want: [{ PathOnHost: "/dev/null", PathInContainer: "/dev/hole", CgroupPermissions: "rwm" }] },
  { argument: "unsafe", from: always({}), to: always({ unsafe: { newPrivileges: "the test of changes" } }), how: "replace", live: host("SecurityOpt"), want: ["no-new-privileges:false"] },
]; // prettier-ignore

describe("P2 the preview is accurate for each argument of Container", () => {
  const deployment = new Deployment("change");
  const nameOf = (argument: string): string => argument.replace(/[^a-zA-Z]+/g, "");
  const program = (pick: "from" | "to") => async (): Promise<void> => {
    const around = surroundings();
    for (const change of changes) {
      const base: ContainerArgs = {
        image: around.image,
        command: sleep,
        networks: [around.other],
        stopGraceSeconds: 2,
        monitorSeconds: 0,
      };
      new Container(nameOf(change.argument), { ...base, ...change[pick](around) });
    }
    await Promise.resolve();
  };
  let before: Record<string, ContainerState>;
  let after: Record<string, ContainerState>;
  let announced: Record<string, string>;
  let retried: Record<string, string>;
  let announcedBack: Record<string, string>;
  let back: Record<string, ContainerState>;

  const live = (): Record<string, ContainerState> =>
    Object.fromEntries(
      changes.map(({ argument }) => [argument, inspect(`${deployment.scope}-${nameOf(argument)}`)]),
    );

  beforeAll(async () => {
    await deployment.up(program("from"));
    before = live();
    announced = await deployment.preview(program("to"));
    await deployment.up(program("to"));
    after = live();
    retried = await deployment.preview(program("to"), { refresh: true });
    announcedBack = await deployment.preview(program("from"));
    await deployment.up(program("from"));
    back = live();
  });
  afterAll(() => deployment.cleanUp());

  it.each(changes)("$argument: $how", ({ argument, how, live: read, want }) => {
    expect(announced[`Container ${nameOf(argument)}`]).toBe(how === "none" ? undefined : how);
    expect(after[argument]?.Id === before[argument]?.Id).toBe(how !== "replace");
    if (read !== undefined && after[argument] !== undefined) expect(read(after[argument])).toEqual(want);
  });

  it.each(changes)("$argument taken back: $how", ({ argument, how, live: read }) => {
    const [first, second, third] = [before, after, back].map((each) => each[argument]) as [
      ContainerState,
      ContainerState,
      ContainerState,
    ];
    expect(announcedBack[`Container ${nameOf(argument)}`]).toBe(how === "none" ? undefined : how);
    expect(third.Id === second.Id).toBe(how !== "replace");
    if (read !== undefined) expect(read(third)).toEqual(read(first));
  });

  it("and the next up changes nothing", () => {
    expect(retried).toEqual({});
  });
});

describe("a deployment leaves the host as found", () => {
  it("P5 after destroy only the volume is left, and it goes when the user says so", async () => {
    const deployment = new Deployment("gone");
    await deployment.up(async () => {
      const { image, network, volume } = surroundings();
      new Container("one", { image, command: sleep, networks: [network], mounts: [{ volume, path: "/d" }] });
      await Promise.resolve();
    });
    await deployment.destroy();
    expect(exists("dw-test-gone-one")).toBe(false);
    expect(exists("dw-test-gone-net", "network")).toBe(false);
    expect(exists("dw-test-gone-data", "volume")).toBe(true);
    await deployment.cleanUp();
    expect(exists("dw-test-gone-data", "volume")).toBe(false);
  });
});

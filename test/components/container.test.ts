import * as pulumi from "@pulumi/pulumi";
import { BridgeNetwork, Container, type ContainerArgs, Image, Volume } from "../../components";
import { DockerHost } from "../../components/host/docker-host";
import type { HostReference } from "../../components/host/args";
import { type Registered, run, type RunOptions, UNKNOWN, valueOf } from "../../components/testing";

const CONTAINER = "docker:index/container:Container";

/** What a container is without any argument but its image. */
const plainInputs = {
  name: "shop-test-web",
  image: "sha256:app",
  networkMode: "bridge",
  restart: "unless-stopped",
  init: true,
  capabilities: { drops: ["ALL"] },
  securityOpts: ["no-new-privileges:true"],
  logDriver: "json-file",
  logOpts: { "max-file": "3", "max-size": "10m" },
  stopTimeout: 10,
  destroyGraceSeconds: 10,
  removeVolumes: false,
  mustRun: true,
  labels: [
    { label: "com.docker.compose.config-hash", value: "dockwright" },
    { label: "com.docker.compose.container-number", value: "1" },
    { label: "com.docker.compose.oneoff", value: "False" },
    { label: "com.docker.compose.project", value: "shop-test" },
    { label: "com.docker.compose.service", value: "web" },
    { label: "io.dockwright.kind", value: "container" },
    { label: "io.dockwright.name", value: "web" },
    { label: "io.dockwright.project", value: "shop" },
    { label: "io.dockwright.stack", value: "test" },
  ],
};

type Extra = Omit<ContainerArgs, "image">;

const web = (args: Extra | (() => Extra) = {}): Container =>
  new Container("web", {
    image: new Image("app", { reference: "nginx:1.27" }),
    ...(typeof args === "function" ? args() : args),
  });

async function containerOf(args: Extra | (() => Extra), options?: RunOptions): Promise<Registered> {
  const { error, resources } = await run(() => web(args), options);
  expect(error).toBeUndefined();
  return resources.find(({ type }) => type === CONTAINER) as Registered;
}

test("has one child, named as itself, with safe defaults and nothing else", async () => {
  const { resources, children } = await run(() => web());

  expect(resources.filter(({ parent }) => parent === "Container web").map(({ name }) => name)).toEqual([
    "web",
  ]);
  expect(children.filter(({ type }) => type === CONTAINER)).toEqual([
    {
      type: CONTAINER,
      name: "web",
      parent: "Container web",
      provider: "",
      inputs: plainInputs,
      options: {
        ignoreChanges: ["name"],
        replaceOnChanges: ["healthcheck", "init", "tmpfs", "#initerror"],
        replacementTrigger: "",
        hideDiffs: ["networkDatas"],
        dependsOn: ["RemoteImage app"],
      },
    },
  ]);
  expect(resources.find(({ name, type }) => name === "web" && type !== CONTAINER)).toMatchObject({
    type: "dockwright:index:Container",
    // Arguments of a component would be written to the state, secrets among them.
    inputs: {},
  });
});

/** Each argument, and what it adds to or changes in the inputs. */
const translations: readonly (readonly [string, Extra, Record<string, unknown>])[] = [
  ["command", { command: ["serve", "--all"] }, { command: ["serve", "--all"] }],
  ["entrypoint", { entrypoint: ["/bin/app"] }, { entrypoints: ["/bin/app"] }],
  ["environment", { environment: { B: "2", A: "1" } }, { envs: ["A=1", "B=2"] }],
  [
    "secrets",
    { secrets: { password: "hunter2" } },
    {
      uploads: [{ file: "/run/secrets/password", content: { secret: "hunter2" }, permissions: "0444" }],
    },
  ],
  [
    "files",
    { files: { "/etc/b": { contentBase64: "YQ==" }, "/etc/a": { content: "a", mode: "0600" } } },
    {
      uploads: [
        { file: "/etc/a", content: "a", permissions: "0600" },
        { file: "/etc/b", contentBase64: "YQ==", permissions: "0444" },
      ],
    },
  ],
  [
    "ports",
    { ports: [{ container: 443, host: 8443, expose: "public" }, { container: 80 }] },
    {
      ports: [
        { internal: 80, ip: "127.0.0.1", protocol: "tcp" },
        { internal: 443, external: 8443, ip: "0.0.0.0", protocol: "tcp" },
      ],
    },
  ],
  [
    "bind and tmpfs mounts",
    {
      mounts: [
        { bind: "/srv/data", path: "/data" },
        { tmpfs: true, path: "/tmp", sizeMiB: 16 },
      ],
    },
    {
      volumes: [{ hostPath: "/srv/data", containerPath: "/data", readOnly: true }],
      tmpfs: { "/tmp": "size=16m,mode=1777" },
    },
  ],
  ["networkMode", { networkMode: "none" }, { networkMode: "none" }],
  [
    "healthCheck",
    { healthCheck: { command: "healthy", intervalSeconds: 90 } },
    {
      healthcheck: {
        tests: ["CMD-SHELL", "healthy"],
        interval: "1m30s",
        timeout: "5s",
        startPeriod: "20s",
        retries: 3,
      },
    },
  ],
  [
    "healthCheck none",
    { healthCheck: "none" },
    { healthcheck: { tests: ["NONE"], interval: "0s", timeout: "0s", startPeriod: "0s", retries: 0 } },
  ],
  ["restart", { restart: { onFailure: 3 } }, { restart: "on-failure", maxRetryCount: 3 }],
  ["memoryMiB", { memoryMiB: 64 }, { memory: 64, memorySwap: 64 }],
  ["memorySwapMiB", { memoryMiB: 64, memorySwapMiB: -1 }, { memory: 64, memorySwap: -1 }],
  ["memoryReservationMiB", { memoryReservationMiB: 16 }, { memoryReservation: 16 }],
  ["cpus", { cpus: 2 }, { cpus: "2.0" }],
  ["user", { user: "1000:1000" }, { user: "1000:1000" }],
  ["workingDirectory", { workingDirectory: "/app" }, { workingDir: "/app" }],
  ["groups", { groups: ["audio", "1000"] }, { groupAdds: ["audio", "1000"] }],
  ["domainName", { domainName: "example.com" }, { domainname: "example.com" }],
  ["tty", { tty: true, stdinOpen: true }, { tty: true, stdinOpen: true }],
  ["dnsOptions", { dnsOptions: ["ndots:2"] }, { dnsOpts: ["ndots:2"] }],
  ["hostname", { hostname: "web.example.com" }, { hostname: "web.example.com" }],
  [
    "extraHosts",
    { extraHosts: { docker: "host-gateway" } },
    { hosts: [{ host: "docker", ip: "host-gateway" }] },
  ],
  [
    "dns",
    { dns: ["1.1.1.1"], dnsSearch: ["example.com"] },
    { dns: ["1.1.1.1"], dnsSearches: ["example.com"] },
  ],
  ["init", { init: false }, { init: false }],
  ["stopSignal", { stopSignal: "SIGQUIT" }, { stopSignal: "SIGQUIT" }],
  ["stopGraceSeconds", { stopGraceSeconds: 30 }, { stopTimeout: 30, destroyGraceSeconds: 30 }],
  ["logging", { logging: { driver: "journald" } }, { logDriver: "journald", logOpts: undefined }],
  ["name", { name: "my-web" }, { name: "my-web" }],
  [
    "capabilities",
    { capabilities: ["SETUID", "CHOWN"] },
    { capabilities: { drops: ["ALL"], adds: ["CAP_CHOWN", "CAP_SETUID"] } },
  ],
  ["readOnlyRoot", { readOnlyRoot: true }, { readOnly: true }],
  [
    "unsafe.privileged",
    { unsafe: { privileged: "runs a Docker Engine inside" } },
    { privileged: true, capabilities: undefined },
  ],
];

test.each(translations)("%s becomes exactly these inputs", async (_, args, added) => {
  const { inputs } = await containerOf(args);
  expect(inputs).toEqual(withoutUndefined({ ...plainInputs, ...added }));
});

test("labels, service and replica are what Compose and a reader find", async () => {
  const { inputs } = await containerOf({ labels: { team: "blue" }, service: "shop", replica: 2 });
  const labels = Object.fromEntries(
    (inputs.labels as { label: string; value: string }[]).map(({ label, value }) => [label, value]),
  );

  expect(labels).toMatchObject({
    team: "blue",
    "com.docker.compose.service": "shop",
    "com.docker.compose.container-number": "2",
    "io.dockwright.name": "web",
  });
});

test("volumes and networks are referred to, not named, so that it follows them", async () => {
  const { inputs, options } = await containerOf(() => ({
    networks: [{ network: new BridgeNetwork("net"), aliases: ["www", "api"], ipv4Address: undefined }],
    mounts: [{ volume: new Volume("data"), path: "/data" }],
  }));

  expect(inputs.networksAdvanced).toEqual([{ name: "net-id", aliases: ["api", "web", "www"] }]);
  expect(inputs.networkMode).toBeUndefined();
  expect(inputs.volumes).toEqual([{ volumeName: "shop-test-data", containerPath: "/data", readOnly: false }]);
  expect(options.dependsOn).toEqual(["RemoteImage app", "Network net", "Volume data"]);
});

test("in a preview it refers to what does not exist yet", async () => {
  const { inputs } = await containerOf(
    () => ({ networks: [new BridgeNetwork("net")], mounts: [{ volume: new Volume("data"), path: "/data" }] }),
    { preview: true },
  );

  expect(inputs.image).toBe(UNKNOWN);
  expect(inputs.networksAdvanced).toEqual([{ name: UNKNOWN, aliases: ["web"] }]);
  // The name of a volume is decided by the program.
  expect(inputs.volumes).toEqual([{ volumeName: "shop-test-data", containerPath: "/data", readOnly: false }]);
});

test("values that are known late pass, and a secret one stays secret", async () => {
  const { inputs } = await containerOf({
    environment: { URL: pulumi.output("http://db"), TOKEN: pulumi.secret("hunter2") },
    memoryMiB: pulumi.output(64),
    cpus: Promise.resolve(0.5),
    command: [pulumi.output("serve")],
  });

  expect(inputs).toMatchObject({ memory: 64, memorySwap: 64, cpus: "0.5", command: ["serve"] });
  expect(inputs.envs).toEqual([{ secret: "TOKEN=hunter2" }, "URL=http://db"]);
});

test.each([
  [{}, ""],
  [{ user: "app" }, "user"],
  [{ logging: { driver: "journald" } }, ""],
  [{ logging: { driver: "default", options: { tag: "web" } } }, "no logDriver"],
  [{ stopSignal: "SIGINT", memoryMiB: 64, hostname: "web" }, "hostname memory stopSignal"],
] as const)(
  "arguments that the provider cannot take back replace it when they come or go: %j",
  async (args, trigger) => {
    expect((await containerOf(args)).options.replacementTrigger).toBe(trigger);
  },
);

test.each<[string, Extra, (container: Container) => unknown, string]>([
  [
    "another port",
    { ports: [{ container: 8080, host: 23091 }] },
    (it) => it.url(80),
    "web.url(80): 80/tcp is not published; 8080/tcp is",
  ],
  [
    "another protocol",
    { ports: [{ container: 53, protocol: "udp" }] },
    (it) => it.endpoint(53),
    "web.endpoint(53): 53/tcp is not published; 53/udp is",
  ],
  [
    "the port of the host instead of the container's",
    { ports: [{ container: "8000-8001", host: "9000-9001" }] },
    (it) => it.endpoint(9000, "udp"),
    'web.endpoint(9000, "udp"): 9000/udp is not published; 8000/tcp, 8001/tcp are',
  ],
  [
    "no port",
    {},
    (it) => it.url(80, "https"),
    "web.url(80): 80/tcp is not published; no port is; to publish it: ports: [{ container: 80 }]",
  ],
])("P10 the address of a port that is not published is an error at once: %s", async (_, args, ask, text) => {
  const { error } = await run(() => void ask(web(args)));
  expect((error as Error).message).toBe(text);
});

test("says where it answers, and what it is", async () => {
  const { result } = await run(() => {
    const container = web(() => ({
      networks: [new BridgeNetwork("net")],
      ports: [
        { container: 80, host: 8080 },
        { container: 53, protocol: "udp" },
        { container: 443, host: 8443, expose: "public" },
      ],
    }));
    return {
      all: container.endpoints,
      one: container.endpoint(53, "udp"),
      url: container.url(80),
      id: container.containerId,
      name: container.containerName,
      image: container.imageId,
      addresses: container.addresses,
    };
  });
  const values = Object.fromEntries(
    await Promise.all(
      Object.entries(result ?? {}).map(async ([key, output]) => [key, await valueOf(output)]),
    ),
  ) as Record<string, unknown>;

  expect(values).toEqual({
    all: { "53/udp": "127.0.0.1:32768", "80/tcp": "127.0.0.1:8080", "443/tcp": "127.0.0.1:8443" },
    one: "127.0.0.1:32768",
    url: "http://127.0.0.1:8080",
    id: "web-id",
    name: "shop-test-web",
    image: "sha256:app",
    addresses: { "net-id": "172.20.0.2" },
  });
});

describe("what containers claim on a host", () => {
  const twoOnOnePort = (first?: HostReference, second = first) => {
    const ports = [{ container: 80, host: 8080 }];
    const on = (host: HostReference | undefined) => (host === undefined ? {} : { host });
    const image = new Image("app", { reference: "nginx:1.27", ...on(first) });
    const other = first === second ? image : new Image("app-2", { reference: "nginx:1.27", ...on(second) });
    new Container("first", { image, ports, name: "same", ...on(first) });
    new Container("second", { image: other, ports, name: "same", ...on(second) });
  };

  test("is forgotten by the next program", async () => {
    const once = () => web({ ports: [{ container: 80, host: 8080 }] });
    expect((await run(once)).error).toBeUndefined();
    expect((await run(once)).error).toBeUndefined();
  });

  test("is not claimed by one that was refused", async () => {
    const { error } = await run(() => {
      expect(() => web({ ports: [{ container: 80, host: 8080 }], memoryMiB: 1 })).toThrow("memoryMiB");
      new Container("next", {
        image: new Image("other", { reference: "nginx:1.27" }),
        ports: [{ container: 80, host: 8080 }],
      });
    });
    expect(error).toBeUndefined();
  });

  test("clashes on one host, also where it is named", async () => {
    expect((await run(() => twoOnOnePort())).error?.message).toContain("cannot publish");
    const named = () => twoOnOnePort(new DockerHost("host", { address: "ssh://one" }));
    expect((await run(named)).error?.message).toContain("cannot publish");
  });

  test("does not clash on two hosts", async () => {
    const { error } = await run(() =>
      twoOnOnePort(
        new DockerHost("one", { address: "ssh://one" }),
        new DockerHost("two", { address: "ssh://two" }),
      ),
    );
    expect(error).toBeUndefined();
  });
});

function withoutUndefined(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));
}

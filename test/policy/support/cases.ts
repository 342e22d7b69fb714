/** For each rule something that it finds, and the nearest that it must let pass. */

import type {
  ContainerSubject,
  MountFacts,
  NetworkSubject,
  PortFacts,
  StackSubject,
  VolumeSubject,
} from "../../../components/policy/subject";
import { emptyStack, plainContainer } from "../../../components/policy/subject";
import type { Case } from "./case";
import { swarmCases } from "./swarm-cases";
import { readDockerfile } from "../../../components/policy/read/dockerfile";

type Some<T> = Partial<T>;

export const aContainer = (facts: Some<ContainerSubject>, name = "web"): ContainerSubject => ({
  ...plainContainer(name),
  ...facts,
});
const containers = (...all: ContainerSubject[]): StackSubject => ({ ...emptyStack, containers: all });
const one = (finds: Some<ContainerSubject>, passes: Some<ContainerSubject>): Case => ({
  finds: containers(aContainer(finds)),
  passes: containers(aContainer(passes)),
});
const file = (text: string): StackSubject => ({
  ...emptyStack,
  dockerfiles: [readDockerfile(text, { name: "app", file: "Dockerfile" })],
});
const dockerfile = (finds: string, passes: string): Case => ({ finds: file(finds), passes: file(passes) });
const aNetwork = (facts: Some<NetworkSubject>): StackSubject => ({
  ...emptyStack,
  networks: [{ name: "front", driver: "bridge", internal: false, subnets: [], options: {}, ...facts }],
});
const network = (finds: Some<NetworkSubject>, passes: Some<NetworkSubject>): Case => ({
  finds: aNetwork(finds),
  passes: aNetwork(passes),
});
const aVolume = (facts: Some<VolumeSubject>): StackSubject => ({
  ...emptyStack,
  volumes: [{ name: "data", driver: "local", options: {}, ...facts }],
});
const volume = (finds: Record<string, string>, passes: Record<string, string>): Case => ({
  finds: aVolume({ options: finds }),
  passes: aVolume({ options: passes }),
});
const bind = (source: string, propagation = ""): MountFacts => ({
  kind: "bind",
  source,
  path: "/in",
  readOnly: true,
  propagation,
});
const data = (readOnly: boolean, path = "/data", source = "data"): MountFacts => ({
  kind: "volume",
  source,
  path,
  readOnly,
  propagation: "",
});
const port = (address: string, host: number | undefined, protocol = "tcp"): PortFacts => ({
  address,
  host,
  container: 80,
  protocol,
});
const image = (reference: string, facts: object = {}): Some<ContainerSubject> => ({
  image: { ...plainContainer("").image, reference, ...facts },
});
const drop = { droppedCapabilities: ["ALL"] };
const twoOnPort = (first: string, second: string, protocol?: string): StackSubject =>
  containers(
    aContainer({ ports: [port(first, 8080)] }),
    aContainer({ ports: [port(second, 8080, protocol)] }, "other"),
  );
const twoOnVolume = (readOnly: boolean): StackSubject =>
  containers(aContainer({ mounts: [data(false)] }), aContainer({ mounts: [data(readOnly)] }, "other"));
const exposed = (internal: boolean): StackSubject => ({
  ...aNetwork({ internal }),
  containers: [
    aContainer({ ports: [port("0.0.0.0", 80)], networks: ["front"] }),
    aContainer({ ...image("postgres:17"), networks: ["front"] }, "db"),
  ],
});
const heavy = (host: number | undefined): StackSubject => ({
  ...containers(aContainer({ memoryBytes: 600, replicas: 2 })),
  hostMemoryBytes: host,
});

export const cases: Readonly<Record<string, Case>> = {
  ...swarmCases,
  privileged: one({ privileged: true }, {}),
  "powerful-capability": one(
    { addedCapabilities: ["SYS_ADMIN"] },
    { addedCapabilities: ["NET_BIND_SERVICE"] },
  ),
  "default-capabilities": one({}, { ...drop, addedCapabilities: ["CHOWN"] }),
  "docker-socket": one({ mounts: [bind("/var/run/docker.sock")] }, { mounts: [bind("/srv/app.sock")] }),
  "sensitive-mount": one({ mounts: [bind("/etc")] }, { mounts: [bind("/srv/etc")] }),
  "host-network": one({ networkMode: "host" }, { networkMode: "none" }),
  "host-pid": one({ pid: "host" }, { pid: "" }),
  "host-ipc": one({ ipc: "host" }, { ipc: "private" }),
  "host-uts": one({ uts: "host" }, {}),
  "host-user-namespace": one({ userNamespace: "host" }, {}),
  "host-device": one({ devices: ["/dev/kvm"] }, {}),
  unconfined: one(
    { securityOptions: ["seccomp=unconfined"] },
    { securityOptions: ["apparmor=docker-default"] },
  ),
  "new-privileges": one(
    { securityOptions: ["no-new-privileges:false"] },
    { securityOptions: ["no-new-privileges:true"] },
  ),
  "shared-propagation": one({ mounts: [bind("/srv", "rshared")] }, { mounts: [bind("/srv", "rslave")] }),
  "root-user": one({ user: "0:0" }, { user: "1000" }),
  "writable-root": one({}, { readOnlyRoot: true }),
  "no-memory-limit": one({}, { memoryBytes: 1 }),
  "no-health-check": one({ healthCheck: "none" }, { healthCheck: "given" }),
  "no-restart": one({}, { restart: "always" }),
  "unbounded-log": one({}, { logOptions: { "max-size": "10m" } }),
  "secret-in-environment": one(
    { environment: [{ name: "DB_PASSWORD", value: "x" }] },
    { environment: [{ name: "DB_PASSWORD_FILE", value: "/run/secrets/db" }] },
  ),
  "public-port": one({ ports: [port("", 8080)] }, { ports: [port("127.0.0.1", 8080)] }),
  "privileged-port": one({ ports: [port("127.0.0.1", 443)] }, { ports: [port("127.0.0.1", undefined)] }),
  "database-published": one(
    { ...image("mysql:9"), ports: [port("0.0.0.0", 3306)] },
    { ...image("mysql:9"), ports: [port("127.0.0.1", 3306)] },
  ),
  "anonymous-volume": one({ mounts: [data(false, "/data", "")] }, { mounts: [data(false)] }),
  "latest-image": one(image("example.com:5000/team/app"), image("nginx:1.29")),
  "undigested-image": one(image("nginx:1.29"), image(`nginx:1.29@sha256:${"a".repeat(64)}`)),
  "default-bridge": one({ networkMode: "bridge" }, { networks: ["front"] }),
  "base-latest": dockerfile("FROM debian:latest", "FROM debian:bookworm AS a\nFROM a\nFROM scratch"),
  "base-undigested": dockerfile("FROM debian:bookworm", `FROM debian@sha256:${"a".repeat(64)}`),
  "image-user-root": dockerfile(
    "FROM a:1 AS base\nUSER app\nFROM base\nUSER root",
    "FROM a:1 AS base\nUSER root\nUSER app\nFROM base",
  ),
  "add-local": dockerfile("FROM a:1\nADD src /src", "FROM a:1\nADD rootfs.tar.gz /"),
  "add-unchecked": dockerfile(
    "FROM a:1\nADD https://example.com/x /x",
    `FROM a:1\nADD --checksum=sha256:${"a".repeat(64)} https://example.com/x /x`,
  ),
  "apt-lists-left": dockerfile(
    "FROM a:1\nRUN apt-get update && apt-get install -y curl",
    "FROM a:1\nRUN apt-get update && apt-get install -y curl \\\n  && rm -rf /var/lib/apt/lists/*",
  ),
  "apt-recommends": dockerfile(
    "FROM a:1\nRUN apt-get install -y curl",
    "FROM a:1\nRUN apt-get install -y --no-install-recommends curl",
  ),
  "apt-update-alone": dockerfile(
    "FROM a:1\nRUN apt-get update",
    "FROM a:1\nRUN apt-get update && apt-get install -y curl",
  ),
  "shell-form-command": dockerfile("FROM a:1\nCMD node server.js", 'FROM a:1\nCMD ["node", "server.js"]'),
  "copy-before-install": dockerfile(
    "FROM a:1\nCOPY . .\nRUN npm ci",
    "FROM a:1\nCOPY package*.json .\nRUN npm ci\nCOPY . .\nRUN npm run build",
  ),
  "secret-in-build": dockerfile(
    "FROM a:1\nARG NPM_TOKEN",
    "FROM a:1\nENV DB_PASSWORD_FILE=/run/secrets/db PORT=80",
  ),
  sudo: dockerfile("FROM a:1\nRUN cd / && sudo make install", "FROM a:1\nRUN echo sudo is not used"),
  "download-into-shell": dockerfile(
    "FROM a:1\nRUN curl -fsSL https://example.com/install | bash",
    "FROM a:1\nRUN curl -fsSLO https://example.com/install && sha256sum -c sums",
  ),
  "relative-workdir": dockerfile("FROM a:1\nWORKDIR app", "FROM a:1\nWORKDIR $HOME/app"),
  "several-commands": dockerfile(
    'FROM a:1\nCMD ["a"]\nCMD ["b"]',
    'FROM a:1 AS x\nCMD ["a"]\nFROM a:1\nCMD ["b"]',
  ),
  "public-subnet": network({ subnets: ["8.8.8.0/24"] }, { subnets: ["172.31.0.0/16"] }),
  "wide-subnet": network({ subnets: ["10.0.0.0/8"] }, { subnets: ["10.1.0.0/16"] }),
  "lan-network": network({ driver: "macvlan" }, { driver: "bridge" }),
  "unencrypted-overlay": network({ driver: "overlay" }, { driver: "overlay", options: { encrypted: "" } }),
  "public-binding-default": network(
    { options: { "com.docker.network.bridge.host_binding_ipv4": "0.0.0.0" } },
    { options: { "com.docker.network.bridge.host_binding_ipv4": "127.0.0.1" } },
  ),
  "volume-of-host-path": volume(
    { type: "none", o: "bind", device: "/etc" },
    { type: "none", o: "bind", device: "/srv/data" },
  ),
  "secret-in-volume-options": volume(
    { type: "cifs", o: "username=me,password=x" },
    { type: "cifs", o: "credentials=/srv/credentials" },
  ),
  "unlocked-network-share": volume(
    { type: "nfs", o: "addr=10.0.0.1,nolock" },
    { type: "nfs", o: "addr=10.0.0.1" },
  ),
  "duplicate-port": { finds: twoOnPort("127.0.0.1", ""), passes: twoOnPort("127.0.0.1", "127.0.0.1", "udp") },
  "two-writers": { finds: twoOnVolume(false), passes: twoOnVolume(true) },
  "start-first-writer": one(
    { startsFirst: true, mounts: [data(false)] },
    { startsFirst: true, mounts: [data(true)] },
  ),
  "database-on-public-network": { finds: exposed(false), passes: exposed(true) },
  "memory-above-host": { finds: heavy(1000), passes: heavy(1200) },
};

import * as fc from "fast-check";
import { capabilityNames, isPowerful } from "../../components/values/capability";
import { securityArguments } from "../../components/container/arguments/security";
import { inputsOf } from "../../components/container/inputs";
import { riskFaults, type SecurityArgs, type UnsafeArgs } from "../../components/values/security";

const securityInputs = (args: SecurityArgs) => inputsOf(securityArguments, args);

const why = "reads a card reader that only root may open";
const bind = (path: string) => ({ mounts: [{ bind: path, path: "/data" }] });

test("nothing is granted unless it is asked for", () => {
  expect(securityInputs({})).toEqual({
    securityOpts: ["no-new-privileges:true"],
    capabilities: { drops: ["ALL"] },
  });
});

test.each<[keyof UnsafeArgs, Record<string, unknown>]>([
  ["privileged", { privileged: true, capabilities: undefined }],
  ["hostPid", { pidMode: "host" }],
  ["hostIpc", { ipcMode: "host" }],
  ["newPrivileges", { securityOpts: ["no-new-privileges:false"] }],
  ["hostNetwork", {}],
  ["hostPaths", {}],
  ["dockerSocket", {}],
  ["devices", {}],
  ["capabilities", {}],
  ["unconfined", {}],
])("unsafe.%s switches on only what it names", (risk, changed) => {
  const { capabilities, ...rest } = { ...securityInputs({}), ...changed } as Record<string, unknown>;
  expect(securityInputs({ unsafe: { [risk]: why } })).toEqual({
    ...rest,
    ...(capabilities ? { capabilities } : {}),
  });
});

test("options and capabilities come in one order, each once", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...capabilityNames]), (names) => {
      const capabilities = names as NonNullable<Parameters<typeof securityInputs>[0]["capabilities"]>;
      const inputs = securityInputs({ capabilities: [...capabilities, ...capabilities] }) as {
        capabilities: { adds?: string[] };
      };
      const expected = [...names].sort().map((name) => (name === "ALL" ? name : `CAP_${name}`));
      expect(inputs.capabilities.adds ?? []).toEqual(expected);
    }),
  );
  expect(securityInputs({ securityOptions: ["seccomp=a", "apparmor=b"] }).securityOpts).toEqual([
    "apparmor=b",
    "no-new-privileges:true",
    "seccomp=a",
  ]);
});

test("a capability beyond Docker's own needs a reason, one of Docker's own does not", () => {
  for (const name of capabilityNames) {
    const args = { capabilities: [name] } as Parameters<typeof riskFaults>[0];
    const powerful = isPowerful(name as Parameters<typeof isPowerful>[0]);
    expect(riskFaults(args)).toHaveLength(powerful ? 1 : 0);
    expect(riskFaults({ ...args, unsafe: { capabilities: why } })).toEqual([]);
  }
});

test("a device is handed over with all permissions, at the path that is given", () => {
  expect(securityInputs({ devices: { "/dev/sda": "/dev/disk" } }).devices).toEqual([
    { hostPath: "/dev/sda", containerPath: "/dev/disk", permissions: "rwm" },
  ]);
});

test.each([
  "/",
  "/etc",
  "/etc/ssl",
  "/usr/lib",
  "/var",
  "/var/lib",
  "/var/lib/docker/volumes",
  "/home",
  "/root",
])("%s is a sensitive path", (path) => {
  expect(riskFaults(bind(path)).map(({ text }) => text)).toEqual([
    expect.stringContaining("unsafe.hostPaths"),
  ]);
  expect(riskFaults({ ...bind(path), unsafe: { hostPaths: why } })).toEqual([]);
});

test.each(["/home/ada/.ssh", "/home/ada/.ssh/id_ed25519", "/home/ada/.docker/config.json", "/srv/.aws"])(
  "%s holds somebody's keys",
  (path) => {
    expect(riskFaults(bind(path))).toHaveLength(1);
  },
);

test.each([
  "/srv",
  "/home/ada/project",
  "/opt/app",
  "/etcetera",
  "/data/etc",
  "/var/log/app",
  "/home/ada/.sshx",
])("%s is a path like any other", (path) => {
  expect(riskFaults(bind(path))).toEqual([]);
});

test.each([
  "/var/run/docker.sock",
  "/run/docker.sock",
  "/run",
  "/var/run",
  "/run/containerd/containerd.sock",
])("%s gives control over the host, for which no reason but its own will do", (path) => {
  expect(riskFaults({ ...bind(path), unsafe: { hostPaths: why } }).map(({ text }) => text)).toEqual([
    expect.stringContaining("unsafe.dockerSocket"),
  ]);
  expect(riskFaults({ ...bind(path), unsafe: { dockerSocket: why } })).toEqual([]);
});

test("every risk is named at once", () => {
  const args = {
    capabilities: ["SYS_ADMIN" as const],
    securityOptions: ["seccomp=unconfined", "label=disable"],
    devices: { "/dev/fuse": "/dev/fuse" },
    networkMode: "host",
    ...bind("/etc"),
  };
  expect(riskFaults(args).map(({ path }) => path)).toEqual([
    "capabilities[0]",
    "securityOptions[0]",
    "securityOptions[1]",
    "devices",
    "networkMode",
    "mounts[0].bind",
  ]);
});

import * as fc from "fast-check";
import { capabilityNames, isPowerful } from "../../components/container/security/capability";
import { securityArguments } from "../../components/container/arguments/security";
import { inputsOf } from "../../components/container/inputs";
import { riskFaults, type SecurityArgs, type UnsafeArgs } from "../../components/container/security/security";

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
  "/home/ada",
  "/Users/ada",
  "/root",
  "/root/.ssh",
  "/var/spool/cron",
  "/var/spool/cron/crontabs/root",
  "/etc/cron.d",
  "/etc/systemd/system",
  "/run/systemd/private",
  "/var/run/systemd",
  "/run/dbus/system_bus_socket",
  "/run/user/1000/bus",
  "/var/lib/kubelet",
  "/var/lib/containers/storage",
  "/var/lib/rancher/k3s",
  "/srv/../etc",
  "//etc",
  "/private/etc",
  "/host_mnt/etc",
])("%s is a sensitive path", (path) => {
  expect(riskFaults(bind(path)).map(({ text }) => text)).toEqual([
    expect.stringContaining("unsafe.hostPaths"),
  ]);
  expect(riskFaults({ ...bind(path), unsafe: { hostPaths: why } })).toEqual([]);
});

test.each([
  "/home/ada/.ssh",
  "/home/ada/.ssh/id_ed25519",
  "/home/ada/.docker/config.json",
  "/srv/.aws",
  "/home/ada/.bashrc",
  "/home/ada/.config/systemd/user",
  "/home/ada/.netrc",
])("%s contains keys of a user", (path) => {
  expect(riskFaults(bind(path))).toHaveLength(1);
});

test.each([
  "/srv",
  "/home/ada/project",
  "/opt/app",
  "/etcetera",
  "/data/etc",
  "/var/log/app",
  "/home/ada/.sshx",
  "/home/ada/.config/app",
  "/run/app",
  "/run/user/1000/app.sock",
  "/var/spool/mail",
  "/docker.socket",
])("%s is a path like any other", (path) => {
  expect(riskFaults(bind(path))).toEqual([]);
});

test.each([
  "/var/run/docker.sock",
  "/run/docker.sock",
  "/run",
  "/var/run",
  "/var/run/",
  "/run/containerd/containerd.sock",
  "/var/run/containerd",
  "/run/user/1000",
  "/run/user/1000/docker.sock",
  "/run/user/1000/podman/podman.sock",
  "/run/docker",
  "/var/run/docker.sock.raw",
  "/run/k3s/containerd/containerd.sock",
  "/home/ada/.docker/run/docker.sock",
  "/run/buildkit/buildkitd.sock",
])("%s gives control over the host, for which no reason but its own will do", (path) => {
  expect(riskFaults({ ...bind(path), unsafe: { hostPaths: why } }).map(({ text }) => text)).toEqual([
    expect.stringContaining("unsafe.dockerSocket"),
  ]);
  expect(riskFaults({ ...bind(path), unsafe: { dockerSocket: why } })).toEqual([]);
});

test.each([
  "seccomp=unconfined",
  "seccomp:unconfined",
  "apparmor=unconfined",
  "systempaths=unconfined",
  "label=disable",
  "label:disable",
  "label=type:spc_t",
  "label=type:unconfined_t",
  "writable-cgroups=true",
  'seccomp={"defaultAction": "SCMP_ACT_ALLOW"}',
  "seccomp={}",
])("P9 %s disables a protection", (option) => {
  const args = { securityOptions: [option] };
  expect(riskFaults(args).map(({ text }) => text)).toEqual([expect.stringContaining("unsafe.unconfined")]);
  expect(riskFaults({ ...args, unsafe: { unconfined: why } })).toEqual([]);
});

test.each([
  "apparmor=docker-default",
  "apparmor=my-unconfined-shell",
  "label=level:s0:c100,c200",
  "label=type:svirt_apache_t",
  "seccomp=builtin",
  'seccomp={"defaultAction": "SCMP_ACT_ERRNO", "syscalls": []}',
])("%s is a profile like any other", (option) => {
  expect(riskFaults({ securityOptions: [option] })).toEqual([]);
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

import { updateFaults, updateOf } from "../../components/container/replacement-order";
import type { ContainerArgs } from "../../components";

const image = {} as ContainerArgs["image"];
const volume = {} as never;

const exclusive: [string, Partial<ContainerArgs>][] = [
  ["name", { name: "web" }],
  ['networkMode "host"', { networkMode: "host" }],
  ["ports[0].host", { ports: [{ container: 80, host: 8080 }] }],
  ["networks[0].ipv4Address", { networks: [{ network: {} as never, ipv4Address: "10.0.0.2" }] }],
  ["mounts[0].path", { mounts: [{ volume, path: "/data" }] }],
  ["mounts[0].path", { mounts: [{ bind: "/srv", path: "/data", readOnly: false }] }],
];

test.each(exclusive)("%s is what only one of two containers can have", (path, args) => {
  expect(updateOf({ image, ...args })).toBe("stop-first");
  const [fault, ...more] = updateFaults({ image, ...args, update: "start-first" });
  expect(more).toEqual([]);
  expect(fault?.path).toBe("update");
  expect(fault?.text).toContain(`cannot be "start-first" with ${path}: `);
  expect(fault?.text).toContain('; write "stop-first"');
  expect(updateFaults({ image, ...args, update: "stop-first" })).toEqual([]);
});

test.each<[string, Partial<ContainerArgs>]>([
  ["nothing", {}],
  ["a port that Docker picks", { ports: [{ container: 80 }] }],
  ["volumes that are only read", { mounts: [{ volume, path: "/model", readOnly: true }] }],
  ["paths of the host that are only read", { mounts: [{ bind: "/srv", path: "/srv" }] }],
  ["memory", { mounts: [{ tmpfs: true, path: "/tmp" }] }],
])("with %s two can run at once, and do", (_, args) => {
  expect(updateOf({ image, ...args })).toBe("start-first");
  expect(updateFaults({ image, ...args, update: "start-first" })).toEqual([]);
  expect(updateOf({ image, ...args, update: "stop-first" })).toBe("stop-first");
});

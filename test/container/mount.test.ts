import * as pulumi from "@pulumi/pulumi";
import {
  isReadOnly,
  type Mount,
  mount,
  mountFaults,
  mountInputs,
  volumeFaults,
} from "../../components/container/mounts/mount";

const volumeName = pulumi.output("shop-data");
const volume: Mount = { volume: { volumeName }, path: "/data" };

test.each<[string, Mount, ReturnType<typeof mountInputs>]>([
  ["a volume, writable", volume, { volumes: [{ volumeName, containerPath: "/data", readOnly: false }] }],
  [
    "a volume, read-only in these words",
    { ...volume, readOnly: true },
    { volumes: [{ volumeName, containerPath: "/data", readOnly: true }] },
  ],
  [
    "a path of the host, read-only",
    { bind: "/srv", path: "/data" },
    { volumes: [{ hostPath: "/srv", containerPath: "/data", readOnly: true }] },
  ],
  [
    "a path of the host, writable in these words",
    { bind: "/srv", path: "/data", readOnly: false },
    { volumes: [{ hostPath: "/srv", containerPath: "/data", readOnly: false }] },
  ],
  ["memory", { tmpfs: true, path: "/tmp" }, { tmpfs: { "/tmp": "mode=1777" } }],
  [
    "memory with a limit",
    { tmpfs: true, path: "/tmp", sizeMiB: 16, mode: "0700" },
    { tmpfs: { "/tmp": "size=16m,mode=0700" } },
  ],
])("%s", (_, each, inputs) => {
  expect(mount.safeParse(each).success).toBe(true);
  expect(mountInputs([each])).toEqual(inputs);
});

test("no mounts are no inputs", () => {
  expect(mountInputs([])).toEqual({});
});

test("several kinds are kept in the order of the program", () => {
  const inputs = mountInputs([volume, { tmpfs: true, path: "/tmp" }, { bind: "/srv", path: "/srv" }]);
  expect(inputs.volumes).toHaveLength(2);
  expect(Object.keys(inputs.tmpfs ?? {})).toEqual(["/tmp"]);
});

test.each<[Mount, boolean]>([
  [volume, false],
  [{ ...volume, readOnly: true }, true],
  [{ bind: "/srv", path: "/data" }, true],
  [{ bind: "/srv", path: "/data", readOnly: false }, false],
  [{ tmpfs: true, path: "/tmp" }, false],
])("what can be written to is known", (each, expected) => {
  expect(isReadOnly(each)).toBe(expected);
});

test("each path but the first is a fault", () => {
  const at = (path: string): Mount => ({ tmpfs: true, path });
  expect(mountFaults([at("/a"), at("/b"), at("/a"), at("/a")]).map(({ path }) => path)).toEqual([
    "mounts[2].path",
    "mounts[3].path",
  ]);
});

test.each([
  ["nothing", [], ["/data"], 1],
  ["a mount beside it", ["/database"], ["/data"], 1],
  ["a mount below it", ["/data/logs"], ["/data"], 1],
  ["a mount at it", ["/data"], ["/data"], 0],
  ["a mount above it", ["/var"], ["/var/lib/mysql"], 0],
  ["one of two", ["/a"], ["/a", "/b"], 1],
])("a VOLUME of the image is covered by %s or not", (_, mounted, declared, faults) => {
  expect(
    volumeFaults(
      mounted.map((path) => ({ tmpfs: true, path })),
      declared,
    ),
  ).toHaveLength(faults);
});

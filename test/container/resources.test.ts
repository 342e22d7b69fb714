import * as fc from "fast-check";
import { z } from "zod";
import { resourceArguments } from "../../components/container/arguments/resources";
import { inputsOf } from "../../components/container/inputs";
import { shapeOf } from "../../components/container/arguments/shape";
import { type ResourceArgs, shortestDecimal } from "../../components/container/resources";

const guard = z.object(shapeOf(resourceArguments));
const resourceInputs = (args: ResourceArgs) => inputsOf(resourceArguments, args);

test.each([
  [0.5, "0.5"],
  [1, "1.0"],
  [16, "16.0"],
  [0.1 + 0.2, "0.3"],
  [1 / 3, "0.333333333"],
])("%s processors read as Docker reports them", (value, text) => {
  expect(shortestDecimal(value)).toBe(text);
});

test("no spelling of processors has more digits than Docker counts, or a zero too many", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 256, noNaN: true }), (value) => {
      expect(shortestDecimal(value)).toMatch(/^\d+\.(0|\d{0,8}[1-9])$/);
    }),
  );
});

test("what is not given is not said", () => {
  expect(resourceInputs({})).toEqual({});
});

test("GPUs are all of them, or those that are named", () => {
  expect(resourceInputs({ gpus: "all" })).toEqual({ gpus: "all" });
  expect(resourceInputs({ gpus: ["0", "GPU-3a23c669"] })).toEqual({ gpus: "device=0,GPU-3a23c669" });
  expect(guard.safeParse({ gpus: [] }).success).toBe(false);
  expect(guard.safeParse({ gpus: ["0,1"] }).success).toBe(false);
});

test("memory is the limit of memory and swap together: a limit that swap can pass is none", () => {
  expect(resourceInputs({ memoryMiB: 64 })).toEqual({ memory: 64, memorySwap: 64 });
});

test("everything else goes to the provider under its name", () => {
  expect(
    resourceInputs({
      cpuShares: 512,
      cpuSet: "0-3",
      shmSizeMiB: 128,
      ulimits: { nofile: { soft: 1024, hard: 4096 } },
      sysctls: { "net.core.somaxconn": "1024" },
    }),
  ).toEqual({
    cpuShares: 512,
    cpuSet: "0-3",
    shmSize: 128,
    ulimits: [{ name: "nofile", soft: 1024, hard: 4096 }],
    sysctls: { "net.core.somaxconn": "1024" },
  });
});

test.each([
  [{ memoryMiB: 6 }],
  [{ memoryMiB: 16_777_216 }],
  [{ cpus: 0.01 }],
  [{ cpuShares: 2 }],
  [{ cpuShares: 262_144 }],
  [{ cpuSet: "0" }],
  [{ cpuSet: "0,2-3,7" }],
  [{ cpuSet: "3-3" }],
  [{ ulimits: { nofile: { soft: 1024, hard: 1024 } } }],
  [{ ulimits: { core: { soft: -1, hard: -1 } } }],
  [{ ulimits: { core: { soft: 5, hard: -1 } } }],
  [{ sysctls: { "net.ipv4.conf.eth0.rp_filter": "0" } }],
])("takes %j", (args) => {
  expect(guard.safeParse(args).success).toBe(true);
});

test.each([
  [{ cpuSet: "" }],
  [{ cpuSet: "0-" }],
  [{ cpuSet: "0,,1" }],
  [{ cpuSet: "0-1-2" }],
  [{ cpuShares: 262_145 }],
  [{ ulimits: { core: { soft: -1, hard: 5 } } }],
  [{ sysctls: { "net.core.somaxconn": "" } }],
])("refuses %j", (args) => {
  expect(guard.safeParse(args).success).toBe(false);
});

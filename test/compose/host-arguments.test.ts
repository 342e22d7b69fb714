/** What keys of a service become that only its host can give, and what of it a swarm refuses. */

import { judgeProject, judgeStack } from "../../components/compose/judge";
import { loadCompose } from "../../components/compose/load";
import { hostLimits, swarmLimits } from "../../components/compose/support/limits";

function load(service: string, limits = hostLimits) {
  return loadCompose({
    files: ["compose.yaml"],
    profiles: [],
    environment: {},
    workingDirectory: "/project",
    read: (path) => (path === "/project/compose.yaml" ? `services:\n  web: ${service}\n` : undefined),
    limits,
  });
}

const argsOf = (service: string) => judgeProject(load(service)).plan.services[0]?.args;
const refusedKeys = (service: string, limits = hostLimits): string[] =>
  load(service, limits).unsupported.map(({ path }) => path.slice(2).join("."));

test.each<[string, unknown]>([
  ["{ image: x, gpus: all }", "all"],
  ["{ image: x, gpus: [{ device_ids: ['0'] }, { device_ids: ['1', '0'] }] }", ["0", "1"]],
  ["{ image: x, gpus: [{ driver: nvidia, count: all }] }", "all"],
  ["{ image: x }", undefined],
])("GPUs of %s", (service, gpus) => {
  expect(argsOf(service)?.gpus).toEqual(gpus);
  expect(refusedKeys(service)).toEqual([]);
});

test("a runtime is the host's, and of a swarm that of each node", () => {
  expect(argsOf("{ image: x, runtime: runsc }")?.runtime).toBe("runsc");
  expect(refusedKeys("{ image: x, runtime: runsc }")).toEqual([]);
  expect(refusedKeys("{ image: x, runtime: runsc }", swarmLimits)).toEqual(["runtime"]);
});

test.each<[string, number | undefined]>([
  ["{ image: x, pids_limit: 100 }", 100],
  ["{ image: x, deploy: { resources: { limits: { pids: 50 } } } }", 50],
  ["{ image: x, pids_limit: -1 }", -1],
  ["{ image: x, pids_limit: 0 }", undefined],
  ["{ image: x }", undefined],
])("the limit of processes of %s", (service, limit) => {
  expect(argsOf(service)?.pidsLimit).toBe(limit);
  expect([...refusedKeys(service), ...refusedKeys(service, swarmLimits)]).toEqual([]);
});

test("a number of any GPUs, another driver and its options are refused by name, and all GPUs on a swarm", () => {
  expect(refusedKeys("{ image: x, gpus: [{ count: 2 }] }")).toEqual(["gpus.0.count"]);
  expect(refusedKeys("{ image: x, gpus: [{ driver: amd, options: { a: b } }] }").sort()).toEqual([
    "gpus.0.driver",
    "gpus.0.options",
  ]);
  expect(refusedKeys("{ image: x, gpus: all }", swarmLimits)).toContain("gpus");
});

const bindOf = (mount: string) => argsOf(`{ image: x, volumes: [${mount}] }`)?.mounts;

test.each<[string, boolean]>([
  ["./data:/data", true],
  ["{ type: bind, source: ./data, target: /data }", true],
  ["{ type: bind, source: ./data, target: /data, bind: {} }", true],
  ["{ type: bind, source: ./data, target: /data, bind: { selinux: z } }", true],
  ["{ type: bind, source: ./data, target: /data, bind: { create_host_path: true } }", true],
  ["{ type: bind, source: ./data, target: /data, bind: { create_host_path: false } }", false],
  ["{ type: bind, source: ./data, target: /data, bind: { create_host_path: 'false' } }", false],
])("Docker creates a missing folder of %s, unless the file says otherwise", (mount, created) => {
  expect(bindOf(mount)).toEqual([
    { bind: "/project/data", path: "/data", readOnly: false, ...(created && { createHostPath: true }) },
  ]);
  expect(refusedKeys(`{ image: x, volumes: [${mount}] }`)).not.toContain("volumes.0.bind.create_host_path");
});

test("a node of a swarm never creates a folder, and the plan of a stack does not ask for it", () => {
  const { plan, errors } = judgeStack(load("{ image: x, volumes: ['./data:/data'] }", swarmLimits));
  expect(errors).toEqual([]);
  expect(plan.services[0]?.args.mounts).toEqual([{ bind: "/project/data", path: "/data", readOnly: false }]);
});

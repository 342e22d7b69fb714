/** A user's folder with a program and its tests, by file name: what `dockwright/testing` is for. */

/** A program of theirs. */
const program = `
const pulumi = require("@pulumi/pulumi");
const { Container, Image, Volume } = require("dockwright");
const image = new Image("app", { reference: "nginx:1.27" });
const volume = new Volume("data");
const password = new pulumi.Config().requireSecret("password");
exports.web = new Container("web", { image, secrets: { password }, mounts: [{ volume, path: "/data" }] });
`;

const options = `{ project: "user", stack: "prod", config: { "user:password": "hunter2" } }`;

/** What a program with one container loads, beyond the packages of Pulumi that it needs anyway, and the CPU time of that. */
const oneContainer = `
const pulumi = require("@pulumi/pulumi");
require("@pulumi/docker").Container;
pulumi.runtime.setMocks({
  newResource: ({ name, inputs }) => ({ id: name + "-id", state: inputs }),
  call: () => ({}),
});
const before = new Set(Object.keys(require.cache));
const start = process.cpuUsage();
const spent = () => {
  const { user, system } = process.cpuUsage(start);
  return Math.round((user + system) / 1000);
};
const dockwright = require("dockwright");
const entry = spent();
const image = new dockwright.Image("app", { reference: "nginx:1.27" });
const web = new dockwright.Container("web", { image, ports: [{ container: 80, host: 8080 }] });
const milliseconds = { entry, program: spent() };
web.containerId.apply((container) => {
  const loaded = Object.keys(require.cache)
    .filter((path) => !before.has(path))
    .map((path) => /.*node_modules.(?:dockwright.(.+)|((?:@[^/]+.)?[^/]+))/.exec(path)?.slice(1).find(Boolean) ?? path);
  console.log(JSON.stringify({ container, loaded, milliseconds }));
});
`;

/** A test of it that is a plain script. */
const script = `
const assert = require("node:assert");
const { run, valueOf } = require("dockwright/testing");
run(() => require("./program"), ${options}).then(async ({ error, result, get }) => {
  assert.ifError(error);
  const { inputs, options } = get("docker:index/container:Container", "web");
  assert.deepEqual(inputs.uploads.map(({ content }) => content), [{ secret: "hunter2" }]);
  assert.deepEqual(options.ignoreChanges, ["name"]);
  const data = get("docker:index/volume:Volume", "data").options;
  assert.equal(data.retainOnDelete && data.protect, true);
  console.log(await valueOf(result.web.containerName));
});
`;

/** A test of it for jest. */
const jestTest = `
const { run, UNKNOWN } = require("dockwright/testing");

test.each([true, false])("keeps its data, preview: %s", async (preview) => {
  jest.resetModules();
  const testing = require("dockwright/testing");
  const { get, error } = await testing.run(() => require("./program"), { ...${options}, preview });
  expect(error).toBeUndefined();
  expect(get("docker:index/volume:Volume", "data").options.retainOnDelete).toBe(true);
  expect(get("docker:index/container:Container", "web").inputs.image).toBe(preview ? UNKNOWN : "sha256:app");
});

test("refuses what cannot be", async () => {
  const { Volume } = require("dockwright");
  const { error, children } = await run(() => new Volume("data", { name: "not a name" }));
  expect(error.message).toContain('volume "data" has 1 invalid argument');
  expect(children).toEqual([]);
});
`;

/** What its types say. */
const typed = `
import { Container, Image } from "dockwright";
import { type Registered, run, type Run, UNKNOWN, valueOf } from "dockwright/testing";

export async function check(): Promise<Registered> {
  const ran: Run<Container> = await run(
    () => new Container("web", { image: new Image("app", { reference: "nginx:1.27" }) }),
    { preview: true },
  );
  if (ran.result && (await valueOf(ran.result.containerId)) !== UNKNOWN) throw new Error("known");
  const protect: boolean | undefined = ran.get("docker:index/container:Container", "web").options.protect;
  // @ts-expect-error a type that got lost would accept anything
  const wrong: number = ran.get("docker:index/container:Container", "web").options.protect;
  return ran.byType(String([protect, wrong]))[0] as Registered;
}
`;

/** What the types of the policies say, where `@pulumi/policy` is not used. */
const judged = `
import { policies, type PolicyOptions } from "dockwright/policy";

const options: PolicyOptions = { waivers: [], mandatory: "low" };
export const names: readonly string[] = policies(options).map(({ name }) => name);
// @ts-expect-error a type that got lost would accept anything
export const wrong: PolicyOptions = { waivers: true };
`;

/** A policy pack of theirs. */
const pack = `
import { PolicyPack } from "@pulumi/policy";
import { policies } from "dockwright/policy";

new PolicyPack("ours", { policies: policies() });
// @ts-expect-error a type that got lost would accept anything
new PolicyPack("wrong", { policies: policies().map(({ name }) => name) });
`;

export const userTests = {
  "program.js": program,
  "script.js": script,
  "one-container.js": oneContainer,
  "program.test.js": jestTest,
  "typed.ts": typed,
  "judged.ts": judged,
  "pack.ts": pack,
} as const;

/**
 * `dockwright/testing` reads what Pulumi's mocks hide (components/testing/protocol.ts). This fails when a version of
 * @pulumi/pulumi writes that in another way: correct protocol.ts, in this commit and not in a user's test run.
 */

import * as pulumi from "@pulumi/pulumi";
import * as rpc from "@pulumi/pulumi/runtime/rpc";
import {
  mockedEngine,
  plain,
  type RegisterRequest,
  UNKNOWN,
  valueOf,
} from "../../components/testing/protocol";

class Thing extends pulumi.CustomResource {
  constructor(name: string, inputs: pulumi.Inputs = {}, opts?: pulumi.CustomResourceOptions) {
    super("test:index:Thing", name, inputs, opts);
  }
}

class Host extends pulumi.ProviderResource {}

class Group extends pulumi.ComponentResource {
  constructor(name: string) {
    super("test:index:Group", name);
    this.registerOutputs({ answer: pulumi.secret(42) });
  }
}

async function setMocks(preview = false): Promise<void> {
  const newResource = ({ name, inputs }: pulumi.runtime.MockResourceArgs) => ({
    id: preview ? undefined : `${name}-id`,
    state: inputs as Record<string, unknown>,
  });
  await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "shop", "test", preview);
}

/** What the engine is asked for one resource. */
async function requestOf(make: () => void): Promise<RegisterRequest> {
  await setMocks();
  const engine = mockedEngine();
  const requests: RegisterRequest[] = [];
  const register = engine.registerResource.bind(engine);
  engine.registerResource = (request, answer) => {
    requests.push(request);
    return register(request, answer);
  };
  make();
  await pulumi.runtime.disconnect();
  return requests.at(-1) as RegisterRequest;
}

test("each setMocks makes an engine of its own, with the two calls of a resource and no hooks", async () => {
  await setMocks();
  const first = mockedEngine();
  await setMocks();
  expect(mockedEngine()).not.toBe(first);
  for (const call of ["registerResource", "registerResourceOutputs"] as const)
    expect(first[call]).toBeInstanceOf(Function);
  for (const call of ["registerResourceHook", "registerErrorHook"]) expect(first).not.toHaveProperty(call);
});

test("a request contains each option under these keys", async () => {
  const request = await requestOf(() => {
    const parent = new Thing("parent");
    new Thing(
      "all",
      { size: 1 },
      {
        parent,
        provider: new Host("test", "host"),
        dependsOn: [parent],
        deletedWith: parent,
        protect: true,
        retainOnDelete: true,
        deleteBeforeReplace: true,
        ignoreChanges: ["a"],
        replaceOnChanges: ["b"],
        hideDiffs: ["c"],
        additionalSecretOutputs: ["d"],
        aliases: [{ name: "old" }],
        customTimeouts: { create: "10m" },
        replacementTrigger: "two",
      },
    );
  });
  expect({
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    custom: request.getCustom(),
    provider: request.getProvider().replace(/::[^:]*$/, ""),
    inputs: request.getObject()?.toJavaScript(),
    protect: request.getProtect(),
    retainOnDelete: request.getRetainondelete(),
    deleteBeforeReplace: request.getDeletebeforereplace(),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    hideDiffs: request.getHidediffsList(),
    secretOutputs: request.getAdditionalsecretoutputsList(),
    aliases: request.getAliasesList().map((alias) => alias.toObject().spec),
    dependsOn: request.getDependenciesList(),
    deletedWith: request.getDeletedwith(),
    import: request.getImportid(),
    timeouts: request.getCustomtimeouts()?.toObject(),
    trigger: request.getReplacementTrigger()?.toJavaScript(),
  }).toEqual({
    type: "test:index:Thing",
    name: "all",
    parent: "urn:pulumi:test::shop::test:index:Thing::parent",
    custom: true,
    provider: "urn:pulumi:test::shop::pulumi:providers:test::host",
    inputs: { size: 1 },
    protect: true,
    retainOnDelete: true,
    deleteBeforeReplace: true,
    ignoreChanges: ["a"],
    replaceOnChanges: ["b"],
    hideDiffs: ["c"],
    secretOutputs: ["d"],
    aliases: [expect.objectContaining({ name: "old" }) as unknown],
    dependsOn: ["urn:pulumi:test::shop::test:index:Thing::parent"],
    deletedWith: "urn:pulumi:test::shop::test:index:Thing::parent",
    import: "",
    timeouts: expect.objectContaining({ create: "10m" }) as unknown,
    trigger: "two",
  });
});

test("a request contains the id to import", async () => {
  expect((await requestOf(() => new Thing("old", {}, { import: "abc" }))).getImportid()).toBe("abc");
});

test("a secret and a value that is not known yet have these marks", async () => {
  const values = { secret: pulumi.secret("hunter2"), list: [pulumi.secret(1)] };
  const request = await requestOf(() => new Thing("marked", values));
  expect(plain(request.getObject()?.toJavaScript())).toEqual({
    secret: { secret: "hunter2" },
    list: [{ secret: 1 }],
  });
  expect(plain([rpc.unknownValue])).toEqual([UNKNOWN]);
  expect(plain({ [rpc.specialSigKey]: rpc.specialSecretSig, value: 1 })).toEqual({ secret: 1 });
});

test("an asset has a marker too, and is not a secret", async () => {
  const request = await requestOf(() => new Thing("file", { text: new pulumi.asset.StringAsset("hello") }));
  expect(plain(request.getObject()?.toJavaScript())).toEqual({
    text: { __pulumiAsset: true, text: "hello" },
  });
});

test("a component registers its outputs under its URN", async () => {
  await setMocks();
  const engine = mockedEngine();
  const told: unknown[] = [];
  engine.registerResourceOutputs = (request, answer) => {
    told.push([request.getUrn(), plain(request.getOutputs()?.toJavaScript())]);
    answer(null, {});
  };
  new Group("all");
  await pulumi.runtime.disconnect();
  expect(told).toEqual([["urn:pulumi:test::shop::test:index:Group::all", { answer: { secret: 42 } }]]);
});

test("an output reports whether it is known, and its value", async () => {
  await setMocks(true);
  const thing = new Thing("later");
  expect(await valueOf(thing.id)).toBe(UNKNOWN);
  expect(await valueOf(pulumi.output({ a: 1 }))).toEqual({ a: 1 });
  expect(await valueOf(pulumi.secret("hunter2"))).toBe("hunter2");
  await pulumi.runtime.disconnect();
});

/** What a user's test sees of a program: `dockwright/testing`, and every component under Pulumi's plain mocks. */

import * as pulumi from "@pulumi/pulumi";
import * as dockwright from "../../components";
import { run, UNKNOWN, valueOf } from "../../components/testing";

const {
  BridgeNetwork,
  ComposeProject,
  Container,
  Dockerfile,
  DockerHost,
  Gateway,
  Image,
  Job,
  OverlayNetwork,
  Registry,
  RegistryPush,
  SwarmConfig,
  SwarmSecret,
  SwarmService,
  SwarmStack,
  Volume,
  WebService,
} = dockwright;
const CONTAINER = "docker:index/container:Container";
const image = () => new Image("app", { reference: "nginx:1.27" });

/** A resource of somebody else's provider. */
class Password extends pulumi.CustomResource {
  declare readonly result: pulumi.Output<string>;
  constructor(name: string, opts?: pulumi.CustomResourceOptions) {
    super("random:index/randomPassword:RandomPassword", name, { length: 20, result: undefined }, opts);
  }
}

describe("a recorded run", () => {
  test("shows types, names, parents and inputs, components and their children", async () => {
    const { resources, children, byType, get } = await run(() => new Volume("data"));
    expect(resources.map(({ type, name, parent }) => ({ type, name, parent }))).toEqual([
      { type: "dockwright:index:Volume", name: "data", parent: "" },
      { type: "docker:index/volume:Volume", name: "data", parent: "Volume data" },
    ]);
    expect(children).toEqual(byType("docker:index/volume:Volume"));
    expect(get("docker:index/volume:Volume", "data").inputs).toMatchObject({ name: "shop-test-data" });
  });

  test("shows the options that are set, and no others", async () => {
    const { get } = await run(() => {
      const first = new Password("first");
      new Password("plain");
      new Password("second", {
        dependsOn: [first],
        deletedWith: first,
        protect: true,
        retainOnDelete: true,
        deleteBeforeReplace: true,
        ignoreChanges: ["length"],
        replaceOnChanges: ["length"],
        additionalSecretOutputs: ["result"],
        hideDiffs: ["length"],
        aliases: [
          { name: "old" },
          "urn:pulumi:test::shop::random:index/randomPassword:RandomPassword::older",
        ],
        customTimeouts: { create: "10m" },
        replacementTrigger: { version: 2 },
      });
    });
    const type = "random:index/randomPassword:RandomPassword";
    expect(get(type, "plain").options).toEqual({});
    expect(get(type, "second").options).toEqual({
      dependsOn: ["RandomPassword first"],
      deletedWith: "RandomPassword first",
      protect: true,
      retainOnDelete: true,
      deleteBeforeReplace: true,
      ignoreChanges: ["length"],
      replaceOnChanges: ["length"],
      additionalSecretOutputs: ["result"],
      hideDiffs: ["length"],
      aliases: [{ name: "old" }, "urn:pulumi:test::shop::random:index/randomPassword:RandomPassword::older"],
      customTimeouts: { create: "10m" },
      replacementTrigger: { version: 2 },
    });
  });

  test("shows what is imported, and the provider of a host", async () => {
    const { get } = await run(() => {
      const host = new DockerHost("prod", { address: "ssh://deploy@prod.example.com" });
      new Volume("data", { host });
      new Password("old", { import: "abc" });
    });
    expect(get("docker:index/volume:Volume", "data-on-ssh-deploy-prod.example.com").provider).toBe(
      "docker prod-on-ssh-deploy-prod.example.com",
    );
    expect(get("random:index/randomPassword:RandomPassword", "old").options).toEqual({ import: "abc" });
  });

  test("marks secrets, and shows what a component registered as its outputs", async () => {
    const { get, outputsOf } = await run(
      () =>
        new Container("web", {
          image: image(),
          user: pulumi.secret("ada"),
        }),
    );
    expect(get(CONTAINER, "web").inputs.user).toEqual({ secret: "ada" });
    expect(outputsOf("dockwright:index:Container", "web")).toMatchObject({
      containerId: "web-id",
      imageId: "sha256:app",
    });
    expect(outputsOf(CONTAINER, "web")).toBeUndefined();
  });

  test("knows in a preview what is known, and marks what is not", async () => {
    const { get, result } = await run(() => new Container("web", { image: image() }), { preview: true });
    expect(get(CONTAINER, "web").inputs).toMatchObject({ name: "shop-test-web", image: UNKNOWN });
    expect(await valueOf((result as dockwright.Container).containerId)).toBe(UNKNOWN);
  });

  test("gives the program its configuration, and the next run none of it", async () => {
    const read = () => new pulumi.Config("shop").get("port");
    expect((await run(read, { config: { "shop:port": "8080" } })).result).toBe("8080");
    expect((await run(read)).result).toBeUndefined();
  });

  test("lets other providers answer", async () => {
    const ofPassword = ({ type, name }: { type: string; name: string }) =>
      type.startsWith("random:") ? { result: `${name}-value` } : {};
    const program = () => new Password("token");
    const { result } = await run(program, { outputs: ofPassword });
    expect(await valueOf((result as Password).result)).toBe("token-value");
    const preview = await run(program, { outputs: ofPassword, preview: true });
    expect(await valueOf((preview.result as Password).result)).toBe(UNKNOWN);
  });

  test("takes a program that is asynchronous, and waits for what it declares last", async () => {
    const { byType, result } = await run(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      new Volume("late");
      return "done";
    });
    expect(result).toBe("done");
    expect(byType("docker:index/volume:Volume")).toHaveLength(1);
  });

  test("keeps what the program threw, now or later, and the next run is a fresh one", async () => {
    const refused = await run(() => new Volume("data", { name: "not a name" }));
    expect(refused.error?.message).toContain('volume "data" has 1 invalid argument');
    expect(refused.result).toBeUndefined();
    expect((await run(() => Promise.reject(new Error("late")))).error?.message).toBe("late");
    expect((await run(() => new Volume("data"))).error).toBeUndefined();
  });

  test("is by itself, however many are begun at once", async () => {
    const runs = await Promise.all(["one", "two", "three"].map((name) => run(() => new Volume(name))));
    expect(runs.map(({ children }) => children.map(({ name }) => name))).toEqual([
      ["one"],
      ["two"],
      ["three"],
    ]);
  });

  test("says what there is where it is asked for something else", async () => {
    const { get } = await run(() => new Volume("data"));
    expect(() => get(CONTAINER, "web")).toThrow(
      `run: expected one ${CONTAINER} "web", got 0 among: dockwright:index:Volume "data", docker:index/volume:Volume "data"`,
    );
    const nothing = await run(() => undefined);
    expect(() => nothing.get(CONTAINER, "web")).toThrow("got 0 among: nothing");
  });
});

/** One of each, with what makes it talk to a host where there is one. */
const everything: Readonly<Record<string, () => pulumi.Resource>> = {
  BridgeNetwork: () => new BridgeNetwork("net"),
  ComposeProject: () =>
    new ComposeProject("blog", { files: "test/compose/fixtures/tutorial-wordpress/compose.yaml" }),
  Container: () =>
    new Container("web", { image: image(), healthCheck: { command: "true" }, update: "start-first" }),
  DockerHost: () => new DockerHost("prod", { address: "ssh://deploy@prod.example.com" }),
  Gateway: () => {
    const networks = [new BridgeNetwork("net")];
    const to = new WebService("api", { image: image(), port: 8000, networks });
    return new Gateway("gateway", { networks, routes: [{ path: "/", to }] });
  },
  Image: () =>
    new Image("built", { build: { dockerfile: Dockerfile.from("debian:bookworm-slim").run("true") } }),
  Job: () => new Job("migration", { image: image(), command: ["true"] }),
  OverlayNetwork: () => new OverlayNetwork("net"),
  Registry: () => new Registry("team", { address: "127.0.0.1:5000", username: "ada", password: "hunter2" }),
  RegistryPush: () => {
    const registry = new Registry("team", {
      address: "127.0.0.1:5000",
      username: "ada",
      password: "hunter2",
    });
    return new RegistryPush("push", { image: image(), registry, repository: "team/app" });
  },
  SwarmConfig: () => new SwarmConfig("site", { content: "a=1" }),
  SwarmSecret: () => new SwarmSecret("token", { content: "hunter2" }),
  SwarmService: () => new SwarmService("api", { image: new Image("app", { reference: "team/app:1" }) }),
  SwarmStack: () => new SwarmStack("votes", { files: "test/compose/fixtures/swarm-tutorial/compose.yaml" }),
  Volume: () => new Volume("data"),
  WebService: () =>
    new WebService("api", { image: image(), port: 8000, networks: [new BridgeNetwork("net")], replicas: 2 }),
};

describe("under pulumi.runtime.setMocks alone, which has no hooks and no host", () => {
  const components = Object.entries(dockwright)
    .filter(([, each]) => (each as { prototype?: unknown }).prototype instanceof pulumi.ComponentResource)
    .map(([name]) => name);

  test("every component is tried", () => {
    expect(Object.keys(everything)).toEqual(components.sort());
  });

  describe.each([
    ["an up", false],
    ["a preview", true],
  ])("in %s", (_, preview) => {
    test.each(Object.keys(everything))("%s is constructed and registers itself", async (name) => {
      const seen: string[] = [];
      const newResource = ({ type, name: of, inputs }: pulumi.runtime.MockResourceArgs) => {
        seen.push(type);
        return { id: preview ? undefined : `${of}-id`, state: inputs as Record<string, unknown> };
      };
      await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "shop", "test", preview);
      expect(() => everything[name]?.()).not.toThrow();
      await pulumi.runtime.disconnect();
      expect(seen).toContain(`dockwright:index:${name}`);
    });
  });
});

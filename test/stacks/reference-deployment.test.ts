import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { expectNoFindings, type Registered, type Run, run, valueOf } from "../../components/testing";
import { configOf, secretText, stacks } from "./stack-file";

interface Exports {
  readonly url: pulumi.Output<string>;
  readonly apiNames: readonly pulumi.Output<string>[];
  readonly volumes: readonly pulumi.Output<string>[];
}

type Inputs = Record<string, unknown> & {
  readonly networksAdvanced?: readonly { readonly name: string }[];
  readonly uploads?: readonly { readonly file: string; readonly content: unknown }[];
};

const config = (stack: string) => configOf(stack);
const setting = (stack: string, key: string): unknown =>
  JSON.parse(config(stack)[`dockwright:${key}`] ?? "null");

/** index.ts runs when it is loaded: each stack needs a fresh one, with the Pulumi that records. */
function deploy(stack: string, more: Readonly<Record<string, string>> = {}): Promise<Run<Exports>> {
  return run(
    () => {
      pulumi.runtime.setAllConfig({ ...config(stack), ...more });
      let exported: Exports | undefined;
      jest.isolateModules(() => {
        jest.doMock("@pulumi/pulumi", () => pulumi);
        jest.doMock("@pulumi/docker", () => docker);
        exported = jest.requireActual<Exports>("../../index");
      });
      return exported as Exports;
    },
    { project: "dockwright", stack },
  );
}

describe.each(stacks)("the reference deployment in %s, on one host", (stack) => {
  let deployed: Run<Exports>;
  let containers: Map<string, Registered>;
  const inputs = (name: string): Inputs => containers.get(name)?.inputs as Inputs;

  beforeAll(async () => {
    deployed = await deploy(stack, { "dockwright:target": "host" });
    containers = new Map(
      deployed.children
        .filter(({ type }) => type === "docker:index/container:Container")
        .map((each) => [each.name, each]),
    );
  });

  test("has the replicas that its file says", () => {
    expect(deployed.error).toBeUndefined();
    const replicas = (service: string, key: string) =>
      Array.from({ length: Number(setting(stack, key)) }, (_, index) => `${service}-${index + 1}`);
    expect([...containers.keys()].sort()).toEqual(
      [
        "broker",
        "database",
        "front-1",
        "gateway",
        "trainer",
        ...replicas("api", "apiReplicas"),
        ...replicas("worker", "workerReplicas"),
      ].sort(),
    );
  });

  test("declares nothing twice, which Pulumi refuses", () => {
    const all = deployed.resources.map(({ type, name, parent }) => `${type} ${name} in ${parent}`);
    expect(all.filter((each, index) => all.indexOf(each) !== index)).toEqual([]);
  });

  test("passes the rules of severity high, without a waiver", async () => {
    await expectNoFindings(deployed);
  });

  test("bounds processors and processes, and has a read-only root where no secret is written into it", () => {
    for (const name of containers.keys()) {
      const { cpus, readOnly, uploads, tmpfs } = inputs(name);
      expect([name, cpus]).toEqual([name, "1.0"]);
      expect([name, readOnly === true]).toEqual([name, uploads === undefined]);
      if (readOnly === true) expect(Object.keys(tmpfs ?? {})).toEqual(["/tmp"]);
    }
  });

  test("publishes one port, on loopback", () => {
    const published = [...containers].filter(([, each]) => each.inputs.ports !== undefined);
    expect(published.map(([name]) => name)).toEqual(["gateway"]);
    expect(inputs("gateway").ports).toEqual([
      { internal: 8080, external: setting(stack, "port"), ip: "127.0.0.1", protocol: "tcp" },
    ]);
  });

  test("keeps the database and the broker off the front network, and the backend off the world", () => {
    const networks = (name: string) => (inputs(name).networksAdvanced ?? []).map((each) => each.name);
    expect(networks("database")).toEqual(["backend-id"]);
    expect(networks("broker")).toEqual(["backend-id"]);
    expect(networks("front-1")).toEqual(["front-id"]);
    expect(networks("gateway")).toEqual(["front-id"]);
    expect(networks("api-1").sort()).toEqual(["backend-id", "front-id"]);
    expect(inputs("trainer").networkMode).toBe("none");
    const internal = deployed.children.find(
      ({ name, type }) => name === "backend" && type.includes("network"),
    );
    expect(internal?.inputs.internal).toBe(true);
  });

  test("checks the health of each container, and bounds its memory", () => {
    for (const [name, each] of containers) {
      expect([name, each.inputs["healthcheck"]]).toEqual([
        name,
        expect.objectContaining({ retries: name === "gateway" ? 3 : 5 }),
      ]);
      const memory = setting(stack, "memoryMiB") as Record<string, number>;
      expect(each.inputs.memory).toBe(memory[name.replace(/-\d+$/, "")]);
    }
  });

  test("shows no secret, and hands each to those who need it", () => {
    const uploads = [...containers].flatMap(([name, each]) =>
      ((each.inputs as Inputs).uploads ?? []).map(({ file, content }) => {
        expect(content).toEqual({ secret: secretText });
        return `${name.replace(/-\d+$/, "")} ${file.replace("/run/secrets/", "")}`;
      }),
    );
    expect([...new Set(uploads)].sort()).toEqual([
      "api broker_password",
      "api database_password",
      "broker broker_password",
      "database database_password",
      "database database_root_password",
      "worker broker_password",
      "worker database_password",
    ]);
    const clear = JSON.stringify(deployed.resources).replaceAll(JSON.stringify({ secret: secretText }), "");
    expect(clear).not.toContain(secretText);
  });

  test("protects its data as its file says, and never throws it away", () => {
    const volumes = deployed.children.filter(({ type }) => type === "docker:index/volume:Volume");
    expect(volumes.map(({ name }) => name).sort()).toEqual([
      "broker-data",
      "database-data",
      "gateway-gateway",
      "model",
    ]);
    // The gateway's routes are loaded anew.
    for (const { options } of volumes.filter(({ name }) => name !== "gateway-gateway")) {
      expect(options.retainOnDelete).toBe(true);
      expect(options.protect).toBe(setting(stack, "protectData") === true ? true : undefined);
    }
  });

  test("says where it answers", async () => {
    const { url, apiNames, volumes } = deployed.result as Exports;
    expect(await valueOf(url)).toBe(`http://127.0.0.1:${String(setting(stack, "port"))}`);
    expect(await Promise.all(apiNames.map(valueOf))).toContain(`dockwright-${stack}-api-1`);
    expect(await Promise.all(volumes.map(valueOf))).toEqual(
      ["database-data", "broker-data", "model"].map((name) => `dockwright-${stack}-${name}`),
    );
  });
});

describe("the reference deployment on a swarm", () => {
  const nodes = {
    "dockwright:swarm": JSON.stringify({
      dataNode: "node-1",
      registry: { address: "registry.example.com", username: "deploy", repository: "team/predictions" },
      encrypted: false,
    }),
    "dockwright:registryPassword": secretText,
  };
  const specs = (deployed: Run<Exports>) =>
    new Map(
      deployed.resources
        .filter(({ type }) => type === "dockwright:index:SwarmSpec")
        .map(({ name, inputs }) => [name.replace(/-spec$/, ""), inputs as unknown as Spec]),
    );
  let one: Run<Exports>;
  let many: Run<Exports>;

  beforeAll(async () => {
    one = await deploy("prod");
    many = await deploy("prod", nodes);
  });

  test("is what the file of production says", () => {
    expect([one.error, many.error]).toEqual([undefined, undefined]);
    expect([...specs(one).keys()].sort()).toEqual([
      "api",
      "broker",
      "database",
      "front",
      "trainer",
      "worker",
    ]);
    expect(specs(one).get("api")?.Mode.Replicated?.Replicas).toBe(setting("prod", "apiReplicas"));
    expect(specs(one).get("worker")?.Mode.Replicated?.Replicas).toBe(setting("prod", "workerReplicas"));
  });

  test("passes the rules of severity high, without a waiver", async () => {
    await expectNoFindings(one);
    await expectNoFindings(many);
  });

  test("runs what has a volume where the volume is", () => {
    const pinned = [...specs(many)].filter(
      ([, { TaskTemplate }]) => (TaskTemplate.Placement?.Constraints ?? []).length > 0,
    );
    expect(pinned.map(([name]) => name).sort()).toEqual(["broker", "database", "trainer", "worker"]);
    for (const [, { TaskTemplate }] of pinned)
      expect(TaskTemplate.Placement?.Constraints).toEqual(["node.hostname == node-1"]);
  });

  test("has one container, the gateway, which routes to the tasks of both", () => {
    const containers = many.children.filter(({ type }) => type === "docker:index/container:Container");
    expect(containers.map(({ name }) => name)).toEqual(["gateway"]);
    const routes = many.resources.find(({ type }) => type === "dockwright:index:GatewayRoutes");
    expect(JSON.stringify(routes?.inputs)).toMatch(
      /tasks\.dockwright-prod-api:8000.*tasks\.dockwright-prod-front:8080/,
    );
  });

  test("shows no secret", () => {
    const clear = JSON.stringify(many.resources).replaceAll(/\{"secret":"(?:[^"\\]|\\.)*"\}/g, "");
    expect(clear).not.toContain(secretText);
  });
});

interface Spec {
  readonly Mode: { readonly Replicated?: { readonly Replicas: number } };
  readonly TaskTemplate: { readonly Placement?: { readonly Constraints?: readonly string[] } };
}

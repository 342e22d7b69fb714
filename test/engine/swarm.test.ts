/**
 * Services, secrets and networks of a swarm of one node, in an Engine of its own: what is asked for runs, what fails is rolled
 * back and red, each time, and nothing is left behind.
 */

import { type SwarmServiceArgs, Image, OverlayNetwork, SwarmSecret, SwarmService } from "../../components";
import { DockerHost } from "../../components/host/docker-host";
import { Deployment } from "./support/deployment";
import { pause } from "./support/processes";
import { SecondEngine } from "./support/second-engine";

jest.setTimeout(600_000);

let engine: SecondEngine;
const stacks: Deployment[] = [];

beforeAll(async () => {
  engine = await SecondEngine.start();
  engine.command("swarm", "init", "--advertise-addr", "127.0.0.1");
});
afterAll(async () => {
  for (const stack of stacks) await stack.cleanUp();
  await engine.stop();
});

const deployment = (name: string): Deployment => {
  const stack = new Deployment(name);
  stacks.push(stack);
  return stack;
};

type More = (host: DockerHost) => Partial<SwarmServiceArgs>;

const base = {
  command: ["sleep", "1000"],
  monitorSeconds: 2,
  environment: { A: "1", B: "2", C: "3", D: "4" },
} as const;

const web =
  (more: More = () => ({})) =>
  async () => {
    const host = new DockerHost("swarm", { address: `unix://${engine.socket}`, identity: "swarm" });
    const image = new Image("base", { reference: "debian:bookworm-slim", host });
    const service = new SwarmService("web", { image, host, ...base, ...more(host) });
    await Promise.resolve();
    return { name: service.serviceName, id: service.readyId };
  };

interface Task {
  readonly ID: string;
  readonly DesiredState: string;
  readonly Status: { readonly State: string; readonly ContainerStatus?: { ContainerID: string } };
  readonly Spec: { ContainerSpec: { Args: string[] } };
}

/** The tasks that run, oldest first. */
async function running(stack: Deployment): Promise<Task[]> {
  const tasks = (await engine.docker.listTasks({
    filters: { service: [`${stack.scope}-web`] },
  } as object)) as (Task & { CreatedAt: string })[];
  return tasks
    .filter(({ Status, DesiredState }) => Status.State === "running" && DesiredState === "running")
    .sort((a, b) => (a.CreatedAt < b.CreatedAt ? -1 : 1));
}
const ids = async (stack: Deployment): Promise<string[]> => (await running(stack)).map(({ ID }) => ID);
const leftOf = (scope: string): string[] =>
  [
    ...engine.command("service", "ls", "--format", "{{.Name}}").split("\n"),
    ...engine.command("secret", "ls", "--format", "{{.Name}}").split("\n"),
    ...engine.command("config", "ls", "--format", "{{.Name}}").split("\n"),
    ...engine.command("network", "ls", "--format", "{{.Name}}").split("\n"),
  ].filter((name) => name.startsWith(scope));

/** A node lets go of a network when the last container on it has ended, a moment after the service has. */
async function nothingLeft(scope: string): Promise<string[]> {
  for (let tries = 0; tries < 60 && leftOf(scope).length > 0; tries++) await pause(500);
  return leftOf(scope);
}

describe("a service", () => {
  const stack = deployment("sw-life");

  test("runs with all its tasks, and a second up is empty, also after a refresh", async () => {
    await stack.up(web(() => ({ replicas: 2 })));
    expect(await running(stack)).toHaveLength(2);
    const before = await ids(stack);
    expect(await stack.preview(web(() => ({ replicas: 2 })))).toEqual({});
    expect((await stack.up(web(() => ({ replicas: 2 })))).steps).toEqual({});
    expect(
      (
        await stack.up(
          web(() => ({ replicas: 2 })),
          { refresh: true },
        )
      ).steps,
    ).toEqual({});
    expect(await ids(stack)).toEqual(before);
  });

  test("is scaled in place: no task is restarted", async () => {
    const before = await ids(stack);
    expect(await stack.preview(web(() => ({ replicas: 3 })))).toEqual({ "SwarmSpec web-spec": "update" });
    await stack.up(web(() => ({ replicas: 3 })));
    const after = await ids(stack);
    expect(after).toHaveLength(3);
    expect(after).toEqual(expect.arrayContaining(before));
  });

  test("a bad version is rolled back and fails each time, and a good one is deployed", async () => {
    const bad = web(() => ({ replicas: 3, command: ["sh", "-c", "echo no such table; exit 3"] }));
    for (const attempt of ["first", "second"]) {
      const before = await ids(stack);
      await expect(stack.up(bad)).rejects.toThrow(/exit code 3[^]*no such table/);
      const after = await ids(stack);
      // One task at a time: no other was touched.
      const kept = before.filter((id) => after.includes(id)).length;
      expect({ attempt, running: after.length, kept: kept >= 2 }).toEqual({
        attempt,
        running: 3,
        kept: true,
      });
    }
    await stack.up(web(() => ({ replicas: 3, command: ["sleep", "2000"] })));
    expect((await running(stack)).map(({ Spec }) => Spec.ContainerSpec.Args)).toEqual(
      Array.from({ length: 3 }, () => ["sleep", "2000"]),
    );
  });

  test("destroy leaves nothing", async () => {
    await stack.destroy();
    expect(await nothingLeft(stack.scope)).toEqual([]);
  });
});

describe("secrets, files and networks", () => {
  const stack = deployment("sw-files");
  const program =
    (secret: string, file = "a=1", more: More = () => ({}), subnet = "10.232.1.0/24") =>
    async () => {
      const host = new DockerHost("swarm", { address: `unix://${engine.socket}`, identity: "swarm" });
      const image = new Image("base", { reference: "debian:bookworm-slim", host });
      const token = new SwarmSecret("token", { content: secret, host });
      const net = new OverlayNetwork("net", { subnet, host });
      const service = new SwarmService("web", {
        image,
        host,
        ...base,
        networks: [net],
        secrets: { token: { secret: token, mode: "0400", uid: 7, gid: 8 }, plain: "other-secret" },
        files: { "/etc/app/app.conf": { content: file, mode: "0444" } },
        ...more(host),
      });
      await Promise.resolve();
      return { name: service.serviceName };
    };
  const inTask = async (command: string): Promise<string> => {
    const [task] = await running(stack);
    return engine.command("exec", task?.Status.ContainerStatus?.ContainerID ?? "", "sh", "-c", command);
  };
  /** The container has no capability by which root could read what is another's. */
  const asOwner = async (command: string): Promise<string> => {
    const [task] = await running(stack);
    return engine.command(
      "exec",
      "-u",
      "7:8",
      task?.Status.ContainerStatus?.ContainerID ?? "",
      "sh",
      "-c",
      command,
    );
  };
  const secrets = () => leftOf(stack.scope).filter((name) => /token|plain/.test(name));

  test("are at their paths, with owner and mode, and nowhere in plain text", async () => {
    await stack.up(program("first-secret"));
    expect(await inTask("stat -c '%a %u %g' /run/secrets/token")).toBe("400 7 8");
    expect(await asOwner("cat /run/secrets/token")).toBe("first-secret");
    expect(await inTask("cat /run/secrets/plain /etc/app/app.conf; stat -c %a /etc/app/app.conf")).toBe(
      "other-secreta=1444",
    );
    expect((await stack.up(program("first-secret"))).steps).toEqual({});
    expect(await stack.preview(program("first-secret"), { refresh: true })).toEqual({});
    expect((await stack.up(program("first-secret"), { refresh: true })).steps).toEqual({});
    const seen = [
      stack.printed,
      stack.stateFiles(),
      JSON.stringify(await engine.docker.listServices()),
      JSON.stringify(await engine.docker.listSecrets()),
    ].join("\n");
    for (const text of ["first-secret", "other-secret"])
      for (const form of [text, Buffer.from(text).toString("base64")]) expect(seen).not.toContain(form);
  });

  test("new content creates a new object, moves the tasks, and the old one is removed last", async () => {
    const before = secrets();
    const steps = await stack.preview(program("second-secret", "a=2"));
    expect(steps).toEqual({
      "Secret token-on-swarm": "replace",
      "ServiceConfig web-etc/app/app.conf-on-swarm": "replace",
      "SwarmSpec web-spec": "update",
    });
    await stack.up(program("second-secret", "a=2"));
    expect(await asOwner("cat /run/secrets/token /etc/app/app.conf")).toBe("second-secreta=2");
    const after = secrets();
    expect(after).toHaveLength(2);
    expect(after).not.toEqual(before);
    expect((await stack.up(program("second-secret", "a=2"))).steps).toEqual({});
  });

  test("a failed rotation keeps the old one in use, and the next up converges to either content", async () => {
    const bad: More = () => ({ command: ["sh", "-c", "exit 4"] });
    await expect(stack.up(program("third-secret", "a=2", bad))).rejects.toThrow(/exit code 4/);
    expect(await asOwner("cat /run/secrets/token")).toBe("second-secret");
    await stack.up(program("second-secret", "a=2"));
    expect(await asOwner("cat /run/secrets/token")).toBe("second-secret");
    expect(secrets()).toHaveLength(2);
    expect((await stack.up(program("second-secret", "a=2"))).steps).toEqual({});
  });

  test("leftovers of a killed run are removed", async () => {
    const identity = "io.dockwright.identity";
    const [one = ""] = secrets();
    const labels = Object.entries({
      [identity]: engine.command(
        "secret",
        "inspect",
        "--format",
        `{{index .Spec.Labels "${identity}"}}`,
        one,
      ),
      "io.dockwright.kind": "secret",
      "io.dockwright.name": "token",
      "io.dockwright.project": stack.project,
      "io.dockwright.stack": stack.name,
    }).flatMap(([key, value]) => ["--label", `${key}=${value}`]);
    engine.command("secret", "create", ...labels, `${stack.scope}-token-leftover`, "/etc/hostname");
    engine.command(
      "service",
      "create",
      "-d",
      "--name",
      `${stack.scope}-late`,
      "--replicas",
      "0",
      ...labels,
      "x",
    );
    await stack.up(program("second-secret", "a=2"));
    expect(secrets()).toHaveLength(2);
    engine.command("service", "rm", `${stack.scope}-late`);
  });

  test("a network that is replaced moves the service, as shown, and destroy leaves nothing", async () => {
    const other = program("second-secret", "a=2", () => ({}), "10.232.2.0/24");
    expect(await stack.preview(other)).toEqual({
      "Network net-on-swarm": "replace",
      "SwarmSpec web-spec": "update",
    });
    await stack.up(other);
    expect(await running(stack)).toHaveLength(1);
    expect((await stack.up(other)).steps).toEqual({});
    await stack.destroy();
    expect(await nothingLeft(stack.scope)).toEqual([]);
  });
});

describe("changes by others", () => {
  const stack = deployment("sw-drift");
  const service = (): string => `${stack.scope}-web`;

  test("a service of the same name, created by an unknown owner, is refused and not changed", async () => {
    engine.command("service", "create", "-d", "--name", service(), "--replicas", "0", "debian:bookworm-slim");
    const version = () =>
      engine.command("service", "inspect", "--format", "{{.Version.Index}} {{.ID}}", service());
    const before = version();
    await expect(stack.preview(web())).rejects.toThrow(/belongs to service .* an unknown owner/);
    await expect(stack.up(web())).rejects.toThrow(/belongs to service/);
    expect(version()).toBe(before);
    engine.command("service", "rm", service());
  });

  test("P7 a service of the same stack from another backend is refused and not changed", async () => {
    await stack.up(web());
    const id = (): string => engine.command("service", "inspect", "--format", "{{.ID}}", service());
    const before = id();
    const other = deployment("sw-drift");
    await expect(other.preview(web())).rejects.toThrow(/belongs to service .* of another backend/);
    await expect(other.up(web())).rejects.toThrow(/belongs to service/);
    expect(id()).toBe(before);
    expect((await stack.up(web())).steps).toEqual({});
  });

  test("a manually changed service is shown in a preview and reset by an up", async () => {
    await stack.up(web());
    engine.command("service", "update", "-d", "--env-add", "BY_HAND=1", "--replicas", "2", service());
    expect(await stack.preview(web())).toEqual({ "SwarmSpec web-spec": "update" });
    expect(stack.printed).toMatch(
      /was changed manually \(Mode.Replicated.Replicas, TaskTemplate.ContainerSpec.Env/,
    );
    await stack.up(web());
    expect(await running(stack)).toHaveLength(1);
    expect(
      engine.command("service", "inspect", "--format", "{{.Spec.TaskTemplate.ContainerSpec.Env}}", service()),
    ).toBe("[A=1 B=2 C=3 D=4]");
    expect((await stack.up(web())).steps).toEqual({});
  });

  test("a failing first version fails each time, and the corrected one is deployed", async () => {
    await stack.destroy();
    const bad = web(() => ({ command: ["sh", "-c", "echo broken; sleep 1; exit 5"] }));
    for (let time = 0; time < 2; time++) await expect(stack.up(bad)).rejects.toThrow(/exit code 5[^]*broken/);
    await stack.up(web());
    expect(await running(stack)).toHaveLength(1);
  });

  test("a manually removed service is reported with a remedy, which works", async () => {
    engine.command("service", "rm", service());
    await expect(stack.preview(web())).rejects.toThrow(/not on the swarm[^]*pulumi up --refresh/);
    await stack.up(web(), { refresh: true });
    expect(await running(stack)).toHaveLength(1);
  });

  test("an Engine outside a swarm is reported before anything is changed", async () => {
    const plain = await SecondEngine.start();
    try {
      const other = deployment("sw-none");
      const lost = async () => {
        const host = new DockerHost("plain", { address: `unix://${plain.socket}`, identity: "plain" });
        new OverlayNetwork("net", { host });
        new SwarmSecret("token", { content: "x".repeat(9), host });
        await Promise.resolve();
      };
      await expect(other.preview(lost)).rejects.toThrow(/is not part of a swarm[^]*docker swarm init/);
    } finally {
      await plain.stop();
    }
  });
});

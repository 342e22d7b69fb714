/**
 * P3: the old version serves until the new one is ready, or the gap was announced; P4: a version that fails is never
 * green and is reported with its log; drift is seen by a plain preview and repaired by a plain `up`.
 */

import { BridgeNetwork, Container, Image, Volume, type ContainerArgs } from "../../components";
import { Deployment } from "./support/deployment";
import { docker, exists, inspect } from "./support/docker";

jest.setTimeout(300_000);

const check = { command: "test -e /ready", intervalSeconds: 0.5, retries: 3, startPeriodSeconds: 0 };
/** Ready after a moment; ends at once when asked to. */
const server = (version: string): Partial<ContainerArgs> => ({
  command: ["sh", "-c", "trap exit TERM; sleep 1; touch /ready; while :; do sleep 0.1; done"],
  environment: { VERSION: version },
  healthCheck: check,
});

function program(args: Partial<ContainerArgs>, volume = false) {
  return async (): Promise<void> => {
    const image = new Image("base", { reference: "debian:bookworm-slim" });
    const network = new BridgeNetwork("net");
    const data = volume ? [{ volume: new Volume("data", { protect: false }), path: "/data" }] : [];
    new Container("web", {
      image,
      networks: [network],
      mounts: data,
      stopGraceSeconds: 3,
      monitorSeconds: 1,
      ...args,
    });
    await Promise.resolve();
  };
}

/** What is on the host of a stack: name and status of each container, for as long as an action takes. */
async function watch(scope: string, action: Promise<unknown>): Promise<string[][]> {
  const seen: string[][] = [];
  let done = false;
  const look = async (): Promise<void> => {
    while (!done) {
      seen.push(containers(scope));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const looking = look();
  try {
    await action;
  } finally {
    done = true;
    await looking;
  }
  return seen;
}

function containers(scope: string): string[] {
  const label = `label=com.docker.compose.project=${scope}`;
  const lines = docker("ps", "-a", "--filter", label, "--format", "{{.ID}} {{.State}} {{.Status}}").split(
    "\n",
  );
  return lines.filter((line) => line !== "");
}

const running = (lines: readonly string[]): string[] =>
  lines.filter((line) => line.includes(" running ")).map((line) => line.slice(0, 12));

const failure = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => "green",
    (error: unknown) => String(error),
  );

describe("P3 start-first: the old version serves until the new one is ready", () => {
  const stack = new Deployment("first");
  const web = `${stack.scope}-web`;
  afterAll(() => stack.cleanUp());

  it("the old one runs until the new one is healthy, and is then removed", async () => {
    await stack.up(program(server("1")));
    const old = inspect(web).Id.slice(0, 12);
    expect(await stack.preview(program(server("2")))).toEqual({ "Container web": "replace" });
    const seen = await watch(stack.scope, stack.up(program(server("2"))));
    const now = inspect(web);
    expect(now.Config.Env).toContain("VERSION=2");
    expect(running(containers(stack.scope))).toEqual([now.Id.slice(0, 12)]);
    const together = seen.filter((lines) =>
      lines.some((line) => line.startsWith(now.Id.slice(0, 12)) && !line.includes("(healthy)")),
    );
    expect(together.length).toBeGreaterThan(0);
    expect(together.every((lines) => running(lines).includes(old))).toBe(true);
  });

  it("it has its names, and the second up changes nothing", async () => {
    const [endpoint] = Object.values(inspect(web).NetworkSettings.Networks);
    expect(endpoint?.Aliases).toContain("web");
    expect((await stack.up(program(server("2")))).steps).toEqual({});
    expect((await stack.up(program(server("2")), { refresh: true })).steps).toEqual({});
  });

  it.each([
    ["exits with code 1", { command: ["sh", "-c", "echo no database here; exit 1"], restart: "no" }, "exited with code 1", "| no database here"],
    ["is started again and again", { command: ["sh", "-c", "exit 3"], healthCheck: "none" }, "exited", "restarts"],
    ["never becomes healthy", { healthCheck: { ...check, command: "echo half; false" } }, "it became unhealthy", "exit code 1: half"],
    ["takes too long", { healthCheck: { ...check, command: "false", startPeriodSeconds: 60 }, waitTimeoutSeconds: 2 }, "not healthy within 2 s (raise waitTimeoutSeconds", "log"],
    ["is healthy and then dies", { command: ["sh", "-c", "touch /ready; sleep 1.5; exit 7"], monitorSeconds: 4, restart: "no" }, "it was ready, and then exited with code 7", "exit code"],
    ["cannot be started", { entrypoint: ["/no/such/program"] }, "No such file or directory", "next"],
  ] satisfies [string, Partial<ContainerArgs>, string, string][])(
    "P4 a version that %s fails twice, and the old one is still serving",
    async (_, bad, why, failureReport) => {
      const before = inspect(web).Id;
      for (const attempt of ["first", "second"]) {
        const told = await failure(stack.up(program({ ...server(attempt), ...bad })));
        expect(`${told}${stack.printed}`).toContain(why);
        expect(`${told}${stack.printed}`).toContain(failureReport);
        expect(told).not.toBe("green");
        expect(inspect(web).Id).toBe(before);
        expect(inspect(web).State.Status).toBe("running");
        expect(running(containers(stack.scope))).toEqual([before.slice(0, 12)]);
        stack.printed = "";
      }
    },
  ); // prettier-ignore

  it("the corrected version is deployed and leaves nothing behind", async () => {
    await stack.up(program(server("3")));
    expect(containers(stack.scope)).toHaveLength(1);
    expect(inspect(web).Config.Env).toContain("VERSION=3");
    expect((await stack.up(program(server("3")))).steps).toEqual({});
  });

  it.each([
    ["stopped", () => docker("stop", web)],
    ["killed", () => docker("kill", web)],
    ["removed", () => docker("rm", "-f", web)],
    ["paused", () => docker("pause", web)],
    ["disconnected", () => docker("network", "disconnect", `${stack.scope}-net`, web)],
    [
      "left without its network",
      () => {
        docker("network", "disconnect", "-f", `${stack.scope}-net`, web);
        docker("network", "rm", `${stack.scope}-net`);
      },
    ],
  ])("a container that was %s by hand: the preview shows it, an up repairs it", async (_, spoil) => {
    spoil();
    const shown = await stack.preview(program(server("3")));
    expect(shown["Container web"]).toBe("replace");
    expect(Object.keys(shown)).toHaveLength(exists(`${stack.scope}-net`, "network") ? 1 : 2);
    await stack.up(program(server("3")));
    expect(containers(stack.scope)).toHaveLength(1);
    expect(inspect(web).State.Health?.Status).toBe("healthy");
    expect(Object.keys(inspect(web).NetworkSettings.Networks)).toEqual([`${stack.scope}-net`]);
    expect((await stack.up(program(server("3")))).steps).toEqual({});
  });
});

describe("P3 stop-first: the outage is short, and after a failure the old version runs", () => {
  const stack = new Deployment("stop");
  const web = `${stack.scope}-web`;
  afterAll(() => stack.cleanUp());

  it("is the default with a writable volume: two never run at once", async () => {
    await stack.up(program(server("1"), true));
    const seen = await watch(stack.scope, stack.up(program(server("2"), true)));
    expect(seen.every((lines) => running(lines).length <= 1)).toBe(true);
    expect(inspect(web).Config.Env).toContain("VERSION=2");
    expect(containers(stack.scope)).toHaveLength(1);
  });

  it("a failed version fails the up, and the old one is started again", async () => {
    const before = inspect(web).Id;
    const bad = { ...server("3"), healthCheck: { ...check, command: "false" } };
    expect(await failure(stack.up(program(bad, true)))).toContain(`${web} was started again and is serving`);
    expect(inspect(web).Id).toBe(before);
    expect(inspect(web).State.Status).toBe("running");
    expect(await failure(stack.up(program(bad, true), { refresh: true }))).toContain("it became unhealthy");
    expect(inspect(web).Id).toBe(before);
    await stack.up(program(server("4"), true));
    expect(inspect(web).Config.Env).toContain("VERSION=4");
    expect(containers(stack.scope)).toHaveLength(1);
  });
});

describe("P6 a host that does not respond", () => {
  const stack = new Deployment("deaf");
  const web = `${stack.scope}-web`;
  const deaf = async <T>(action: () => Promise<T>): Promise<T> => {
    process.env["DOCKER_HOST"] = "unix:///nowhere/docker.sock";
    try {
      return await action();
    } finally {
      delete process.env["DOCKER_HOST"];
    }
  };
  afterAll(() => stack.cleanUp());

  it("P10 an up reports it, and removes nothing", async () => {
    await stack.up(program(server("1")));
    const before = inspect(web).Id;
    const told = await deaf(() => failure(stack.up(program(server("2")))));
    expect(told).toContain("the Docker Engine is not reachable");
    expect(told).toContain("nothing was changed");
    expect(inspect(web).Id).toBe(before);
    expect(inspect(web).State.Status).toBe("running");
  });

  it("P2 a preview continues without it, reports it, and shows only changes of the program", async () => {
    expect(await deaf(() => stack.preview(program(server("1"))))).toEqual({});
    expect(await deaf(() => stack.preview(program(server("2"))))).toEqual({ "Container web": "replace" });
    expect(stack.printed).toContain("does not detect manual changes");
  });
});

describe("P6 two manually stopped containers, one of which depends on the other", () => {
  const stack = new Deployment("updates-chain");
  afterAll(() => stack.cleanUp());

  it("run again after one up: the message about the second does not block the first", async () => {
    const chain = async (): Promise<void> => {
      const image = new Image("base", { reference: "debian:bookworm-slim" });
      const args = { ...server("1"), image, stopGraceSeconds: 1, monitorSeconds: 0 };
      // It is looked at later than the other, for its network is not known at once.
      const db = new Container("db", { ...args, networks: [new BridgeNetwork("net")] });
      new Container("web", { ...args, networkMode: "none" }, { dependsOn: [db] });
      await Promise.resolve();
    };
    await stack.up(chain);
    docker("stop", `${stack.scope}-db`, `${stack.scope}-web`);
    await stack.up(chain);
    expect(containers(stack.scope).length).toBe(2);
    for (const name of ["db", "web"]) expect(inspect(`${stack.scope}-${name}`).State.Status).toBe("running");
  }, 90_000);
});

describe("P6 components that depend on a container", () => {
  const stack = new Deployment("updates-after");
  afterAll(() => stack.cleanUp());

  it("a volume, a network, an image and a renamed container are created after it: their checks do not block it", async () => {
    const after = (names: readonly [string, string]) => async (): Promise<void> => {
      const image = new Image("base", { reference: "debian:bookworm-slim" });
      const args = { ...server("1"), image, stopGraceSeconds: 1, monitorSeconds: 0 };
      const db = new Container("db", args);
      const dependsOn = [db];
      const [name, former] = names;
      const volume = new Volume("data", { protect: false }, { dependsOn });
      const network = new BridgeNetwork("late", {}, { dependsOn });
      const late = new Image("late", { reference: "debian:bookworm-slim" }, { dependsOn });
      new Container(
        name,
        { ...args, image: late, networks: [network], mounts: [{ volume, path: "/data" }] },
        { dependsOn, aliases: [{ name: former }] },
      );
      await Promise.resolve();
    };
    const began = Date.now();
    await stack.up(after(["web", "none"]));
    await stack.up(after(["site", "web"]));
    expect(Date.now() - began).toBeLessThan(90_000);
    for (const name of ["db", "site"]) expect(inspect(`${stack.scope}-${name}`).State.Status).toBe("running");
    expect(exists(`${stack.scope}-web`)).toBe(false);
  }, 180_000);
});

describe("P7 objects of others are not changed", () => {
  const stack = new Deployment("foreign");
  const web = `${stack.scope}-web`;
  afterAll(async () => {
    if (exists(web)) docker("rm", "-f", web);
    await stack.cleanUp();
  });

  it("a container of that name, created by an unknown owner, is reported and not changed", async () => {
    const id = docker("run", "-d", "--name", web, "debian:bookworm-slim", "sleep", "1000");
    const told = await failure(stack.up(program(server("1"))));
    expect(told).toContain(
      `the name ${web} on the host belongs to container ${id.slice(0, 12)}, created by an unknown owner`,
    );
    expect(inspect(web).Id).toBe(id);
    expect(inspect(web).State.Status).toBe("running");
    docker("rm", "-f", web);
    await stack.up(program(server("1")));
    expect(inspect(web).State.Health?.Status).toBe("healthy");
  });

  it("a network of that name, created by an unknown owner, is reported and not changed", async () => {
    await stack.destroy();
    const net = `${stack.scope}-net`;
    const id = docker("network", "create", net);
    try {
      expect(await failure(stack.up(program(server("1"))))).toContain(
        `the name ${net} on the host belongs to a network created by an unknown owner`,
      );
      expect(inspect<{ Id: string }>(net, "network").Id).toBe(id);
    } finally {
      docker("network", "rm", net);
    }
  });
});

/**
 * Promises that hold for a whole run: several components change at once, one fails elsewhere, somebody tries again, a port
 * moves from one component to another.
 */

import { BridgeNetwork, Container, type ContainerArgs, Image, Volume } from "../../components";
import { claims } from "../../components/core/claims";
import type { Deployment as Run } from "../../components/deployment/deployment";
import { Deployment } from "./support/deployment";
import { docker, inspect } from "./support/docker";
import { freePort } from "./support/free-port";

jest.setTimeout(300_000);

const base = () => new Image("base", { reference: "debian:bookworm-slim" });
const sleeps = ["sh", "-c", "trap exit TERM; while :; do sleep 0.1; done"];
const quick = { stopGraceSeconds: 2, monitorSeconds: 1, command: sleeps } as const;

const failure = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => "green",
    (error: unknown) => String(error),
  );

/** Name, state and value of VERSION of each container of a stack. */
function containers(scope: string): { name: string; state: string; version: string; aliases: string[] }[] {
  const ids = docker("ps", "-aq", "--filter", `label=com.docker.compose.project=${scope}`).split("\n");
  return ids.filter(Boolean).map((id) => {
    const { Name, State, Config, NetworkSettings } = inspect<{
      Name: string;
      State: { Status: string };
      Config: { Env: string[] };
      NetworkSettings: { Networks: Record<string, { Aliases?: string[] | null }> };
    }>(id);
    return {
      name: Name.slice(1),
      state: State.Status,
      version: Config.Env.find((each) => each.startsWith("VERSION="))?.slice(8) ?? "",
      aliases: Object.values(NetworkSettings.Networks).flatMap(({ Aliases }) => Aliases ?? []),
    };
  });
}

const running = (scope: string, service: string) =>
  containers(scope).filter(
    ({ name, state }) => state === "running" && name.startsWith(`${scope}-${service}`),
  );

describe("a run in which another component fails", () => {
  const stack = new Deployment("elsewhere");
  const program = (version: string, bad: boolean) => async (): Promise<void> => {
    const image = base();
    const network = new BridgeNetwork("net");
    const environment = { VERSION: version };
    new Container("api", { ...quick, image, networks: [network], environment });
    const data = new Volume("data", { protect: false });
    new Container("store", { ...quick, image, environment, mounts: [{ volume: data, path: "/data" }] });
    new Container("late", {
      ...quick,
      image,
      environment,
      healthCheck: {
        command: bad ? "sleep 1; false" : "true",
        intervalSeconds: 1,
        retries: 3,
        startPeriodSeconds: 0,
      },
    });
    await Promise.resolve();
  };
  afterAll(() => stack.cleanUp());

  it("P3 every name stays with the previous version", async () => {
    await stack.up(program("1", false));
    const said = await failure(stack.up(program("2", true)));
    expect(said).toContain('container "late": it became unhealthy');
    expect(said).toContain(
      'container "api" was rolled back to elsewhere-api'.replace("elsewhere", stack.scope),
    );
    const named = containers(stack.scope).filter(
      ({ aliases, state }) => state === "running" && aliases.includes("api"),
    );
    expect(named.map(({ version }) => version)).toEqual(["1"]);
    for (const service of ["api", "store", "late"])
      expect(running(stack.scope, service).map(({ name, version }) => [name, version])).toEqual([
        [`${stack.scope}-${service}`, "1"],
      ]);
  });

  it("P6 after any number of retries there are two generations, and one of them serves", async () => {
    for (let retry = 0; retry < 2; retry++) {
      await failure(stack.up(program("2", true)));
      for (const service of ["api", "store", "late"]) {
        expect(running(stack.scope, service).map(({ version }) => version)).toEqual(["1"]);
        const all = containers(stack.scope).filter(({ name }) =>
          name.startsWith(`${stack.scope}-${service}`),
        );
        expect(all.length).toBeLessThanOrEqual(2);
      }
    }
  });

  it("P6 the previous program, and then the corrected one, succeed and leave nothing behind", async () => {
    await stack.up(program("1", false));
    expect(containers(stack.scope).map(({ version }) => version)).toEqual(["1", "1", "1"]);
    await stack.up(program("3", false));
    expect(containers(stack.scope).map(({ version, state }) => [version, state])).toEqual(
      Array(3).fill(["3", "running"]),
    );
    expect((await stack.up(program("3", false))).steps).toEqual({});
  });
});

describe("P4 a version that crashes after it was ready, while the run is still in progress", () => {
  const stack = new Deployment("late-crash");
  const program = (version: string, command: readonly string[]) => async (): Promise<void> => {
    const image = base();
    new Container("site", { ...quick, image, command, environment: { VERSION: version }, restart: "no" });
    new Container("slow", {
      ...quick,
      image,
      environment: { VERSION: version },
      command: ["sh", "-c", "trap exit TERM; sleep 8; touch /ready; while :; do sleep 0.1; done"],
      healthCheck: { command: "test -e /ready", intervalSeconds: 1, retries: 30, startPeriodSeconds: 20 },
    });
    await Promise.resolve();
  };
  afterAll(() => stack.cleanUp());

  it("is detected by the last check, and the previous version serves", async () => {
    await stack.up(program("1", sleeps));
    const said = await failure(stack.up(program("2", ["sh", "-c", "sleep 5; exit 7"])));
    expect(said).toContain('container "site": it was ready, and then exited with code 7');
    expect(running(stack.scope, "site").map(({ version }) => version)).toEqual(["1"]);
    expect(running(stack.scope, "slow").map(({ version }) => version)).toEqual(["1"]);
  });
});

describe("one component takes over what another one releases in the same run", () => {
  const stack = new Deployment("hand-over");
  let port = 0;
  const program =
    (components: Record<string, Partial<ContainerArgs>>, order: readonly string[]) =>
    async (): Promise<void> => {
      const image = base();
      const network = new BridgeNetwork("net", { subnet: "10.213.77.0/24" });
      const made = new Map<string, Container>();
      for (const name of order) {
        const { ipv4, ...args } = components[name] as Partial<ContainerArgs> & { ipv4?: string };
        const on = [ipv4 === undefined ? network : { network, ipv4Address: ipv4 }];
        made.set(name, new Container(name, { ...quick, image, networks: on, ...args }));
      }
      await Promise.resolve();
    };
  const published = (name: string): string[] =>
    docker("port", name)
      .split("\n")
      .filter(Boolean)
      .map((line) => line.replace(/.*-> /, ""));
  beforeAll(async () => {
    port = await freePort();
  });
  afterAll(() => stack.cleanUp());

  it("P3 a port of the host, whatever the order of registration", async () => {
    const ports = [{ container: 80, host: port }];
    await stack.up(program({ app: { ports } }, ["app"]));
    await stack.up(program({ app: {}, proxy: { ports } }, ["proxy", "app"]));
    expect(published(`${stack.scope}-proxy`)).toEqual([`127.0.0.1:${String(port)}`]);
    expect(published(`${stack.scope}-app`)).toEqual([]);
    expect(containers(stack.scope).map(({ state }) => state)).toEqual(["running", "running"]);
  });

  it("P3 and the other one gets it back if that fails", async () => {
    const ports = [{ container: 80, host: port }];
    const said = await failure(
      stack.up(program({ app: { ports, command: ["sh", "-c", "exit 3"] }, proxy: {} }, ["app", "proxy"])),
    );
    expect(said).toContain('container "app": it exited');
    expect(published(`${stack.scope}-proxy`)).toEqual([`127.0.0.1:${String(port)}`]);
    expect(running(stack.scope, "app")).toHaveLength(1);
    expect(running(stack.scope, "proxy")).toHaveLength(1);
    await stack.up(program({ app: { ports }, proxy: {} }, ["app", "proxy"]));
    expect(published(`${stack.scope}-app`)).toEqual([`127.0.0.1:${String(port)}`]);
    expect(containers(stack.scope).map(({ state }) => state)).toEqual(["running", "running"]);
  });

  it("P3 the port, name and address of a component that is removed from the program", async () => {
    const ports = [{ container: 80, host: port }];
    const fixed = { ports, name: "dw-test-hand-over-fixed", ipv4: "10.213.77.9" } as Partial<ContainerArgs>;
    await stack.up(program({ app: fixed }, ["app"]));
    await stack.up(program({ other: fixed }, ["other"]));
    expect(published("dw-test-hand-over-fixed")).toEqual([`127.0.0.1:${String(port)}`]);
    expect(containers(stack.scope).map(({ name, state }) => [name, state])).toEqual([
      ["dw-test-hand-over-fixed", "running"],
    ]);
    expect((await stack.up(program({ other: fixed }, ["other"]))).steps).toEqual({});
  });
});

describe("a run in which something fails without a report", () => {
  const stack = new Deployment("unsaid");
  afterAll(() => stack.cleanUp());

  it("P11 is red: containers that keep their temporary names are no success, and the next up continues", async () => {
    const program = (broken: boolean) => async (): Promise<void> => {
      const web = new Container("web", { ...quick, image: base(), networkMode: "none" });
      if (!broken) return Promise.resolve();
      const task = Promise.reject(new Error("HTTP code 500"));
      task.catch(() => undefined);
      claims<Run>("deployment", web)[0]?.tasks.push(task);
    };
    const text = await failure(stack.up(program(true)));
    expect(text).toContain("the new containers were not switched in, because a check failed: HTTP code 500");
    expect(text).toContain("now        new containers have temporary names; no earlier version was removed");
    expect(containers(stack.scope)).toHaveLength(1);
    await stack.up(program(false));
    expect(containers(stack.scope).map(({ name, state }) => [name, state])).toEqual([
      [`${stack.scope}-web`, "running"],
    ]);
  });
});

describe("P7 two backends on one host", () => {
  const ours = new Deployment("twice");
  const theirs = new Deployment("twice");
  const program = async (): Promise<void> => {
    const network = new BridgeNetwork("net");
    new Container("web", { ...quick, image: base(), networks: [network] });
    await Promise.resolve();
  };
  afterAll(async () => {
    await theirs.cleanUp();
    await ours.cleanUp();
  });

  it("equal names do not prove ownership: preview and up of the second are refused, and change nothing", async () => {
    await ours.up(program);
    const before = docker(
      "ps",
      "-aq",
      "--no-trunc",
      "--filter",
      `label=com.docker.compose.project=${ours.scope}`,
    );
    for (const attempt of [() => theirs.preview(program), () => theirs.up(program)]) {
      const said = await failure(attempt());
      expect(said).toContain("stack dw-test/twice of another backend (or of a lost state)");
      expect(said).toContain("another stack name (pulumi stack init NAME)");
      expect(said).toContain("dockwright up --adopt");
    }
    expect(
      docker("ps", "-aq", "--no-trunc", "--filter", `label=com.docker.compose.project=${ours.scope}`),
    ).toBe(before);
    await theirs.destroy();
    expect(running(ours.scope, "web")).toHaveLength(1);
    expect((await ours.up(program)).steps).toEqual({});
  });
});

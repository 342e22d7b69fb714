/** P7: what is ours says the identity in the stack's state; all else is refused, or taken over when that is asked for. */

import { BridgeNetwork, Container, Gateway, Image, Job, Volume, WebService } from "../../components";
import { removeLeftovers } from "../../components/cli/recovery/leftovers";
import { ADOPT_VARIABLE } from "../../components/deployment/adopt";
import { Deployment } from "./support/deployment";
import { docker, exists, inspect } from "./support/docker";
import { freePort } from "./support/free-port";

jest.setTimeout(300_000);

const stacks: Deployment[] = [];
const made = (name: string): Deployment => {
  const stack = new Deployment(name);
  stacks.push(stack);
  return stack;
};
const createdAt = (volume: string): string => inspect<{ CreatedAt: string }>(volume, "volume").CreatedAt;

afterAll(async () => {
  for (const stack of stacks) await stack.cleanUp();
});

describe("P7 two backends of one stack on one host", () => {
  const first = made("ident-two");
  const second = made("ident-two");
  let port: number;
  const program = (adopt?: boolean) => async () => {
    const given = adopt === undefined ? {} : { adopt };
    const image = new Image("base", { reference: "debian:bookworm-slim" });
    const network = new BridgeNetwork("net", given);
    const data = new Volume("data", { whenDestroyed: "lose-data", ...given });
    new Container("web", {
      image,
      command: ["sh", "-c", "echo row >> /data/rows; trap exit TERM; while :; do sleep 0.1; done"],
      ports: [{ container: 80, host: port }],
      networks: [network],
      mounts: [{ volume: data, path: "/data" }],
      stopGraceSeconds: 2,
      monitorSeconds: 0,
      ...given,
    });
    new Job("seed", { image, command: ["true"], ...given });
    await Promise.resolve();
  };
  const [web, net, data] = ["web", "net", "data"].map((each) => `${first.scope}-${each}`) as [
    string,
    string,
    string,
  ];

  beforeAll(async () => {
    port = await freePort();
    await first.up(program());
  });

  it("P7 refuses the second before anything is changed, with the owner and both remedies", async () => {
    const { Id } = inspect(web);
    await expect(second.preview(program())).rejects.toThrow();
    for (const said of [
      /container "web": the name \S+-web on the host belongs to container [0-9a-f]{12}, created by stack dw-test\/ident-two of another backend/,
      /network "net": [^\n]* of another backend/,
      /volume "data": [^\n]* of another backend/,
      /pulumi stack init NAME[^\n]*dockwright up --adopt/,
    ])
      expect(second.printed).toMatch(said);
    await expect(second.up(program())).rejects.toThrow();
    expect(inspect(web).Id).toBe(Id);
  });

  it("P2 lists in the preview the takeovers, their uptime and the replacements", async () => {
    second.printed = "";
    await second.preview(program(true));
    expect(second.printed).toMatch(
      /container "web": \S+-web \(Up [^)]*\), created by stack dw-test\/ident-two, is taken over: it stops/,
    );
    expect(second.printed).toMatch(/job "seed": \S+-seed \(Exited [^\n]*\), created by [^\n]* is taken over/);
    expect(second.printed).toMatch(
      /volume "data": \S+-data, created by [^\n]* is taken over with its data \(created \S+, \d[^)]*\)/,
    );
    expect(second.printed).toMatch(/network "net": \S+-net, created by [^\n]* is taken over unchanged/);
  });

  it("P5 takes everything over in one up, with the data, and the next up changes nothing", async () => {
    const [{ Id: container }, { Id: network }, volume] = [
      inspect(web),
      inspect<{ Id: string }>(net, "network"),
      createdAt(data),
    ];
    await second.up(program(true));
    expect(inspect(web).Id).not.toBe(container);
    expect(exists(container)).toBe(false);
    expect(inspect<{ Id: string }>(net, "network").Id).toBe(network);
    expect(createdAt(data)).toBe(volume);
    expect(docker("exec", web, "cat", "/data/rows")).toBe("row\nrow");
    expect(await second.preview(program(true))).toEqual({});
    second.printed = "";
    expect(await second.preview(program())).toEqual({});
    expect(second.printed).not.toContain("is taken over");
  });

  it('P5 P7 does not remove the data that another stack made, in spite of "lose-data"', async () => {
    const volume = createdAt(data);
    await second.destroy();
    expect(exists(web)).toBe(false);
    expect(createdAt(data)).toBe(volume);
  });
});

describe("P7 leftovers of a killed run", () => {
  const made = (identity: string): string => {
    const labels = { identity, project: "dw-test", stack: "ident-left", name: "web" };
    const given = Object.entries(labels).flatMap(([key, value]) => [
      "--label",
      `io.dockwright.${key}=${value}`,
    ]);
    return docker("create", ...given, "debian:bookworm-slim", "true");
  };

  it("are removed by identity: a container with the same names from another backend stays", async () => {
    const [own, recorded, other] = [made("ident-own"), made("ident-own"), made("ident-other")];
    await removeLeftovers([{ identity: "ident-own", name: "web" }], new Set([recorded]));
    expect([own, recorded, other].map((id) => exists(id))).toEqual([false, true, true]);
    docker("rm", recorded, other);
  });
});

describe("P7 dockwright up --adopt", () => {
  afterEach(() => (process.env[ADOPT_VARIABLE] = ""));

  it("takes over manually created objects with these names, also for parts of larger components", async () => {
    const stack = made("ident-all");
    const byHand = [`${stack.scope}-web`, `${stack.scope}-api-1`];
    for (const name of byHand)
      docker("run", "-d", "--init", "--name", name, "debian:bookworm-slim", "sleep", "1000");
    docker("volume", "create", `${stack.scope}-web-gateway`);
    const network = docker("network", "create", `${stack.scope}-front`);
    const program = async () => {
      const image = new Image("base", { reference: "debian:bookworm-slim" });
      const front = new BridgeNetwork("front");
      const api = new WebService("api", {
        image,
        port: 80,
        command: ["sleep", "1000"],
        networks: [front],
        monitorSeconds: 0,
      });
      new Gateway("web", { networks: [front], routes: [{ to: api }] });
      await Promise.resolve();
    };
    await expect(stack.preview(program)).rejects.toThrow();
    process.env[ADOPT_VARIABLE] = "all";
    await stack.preview(program);
    await stack.up(program);
    process.env[ADOPT_VARIABLE] = "";
    for (const name of byHand) expect(inspect(name).Config.Labels["io.dockwright.stack"]).toBe("ident-all");
    expect(inspect<{ Id: string }>(`${stack.scope}-front`, "network").Id).toBe(network);
    expect(await stack.preview(program)).toEqual({});
    await stack.destroy();
    docker("volume", "rm", `${stack.scope}-web-gateway`);
  });
});

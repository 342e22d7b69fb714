/** P2: a plain preview names every outage, every loss of data, and what was changed manually, in one line each; read from what it prints. */

import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import {
  BridgeNetwork,
  ComposeProject,
  Container,
  type ContainerArgs,
  Image,
  Volume,
} from "../../components";
import { Deployment } from "./support/deployment";
import { docker, inspect } from "./support/docker";
import { freePort } from "./support/free-port";

jest.setTimeout(300_000);

const sleeps = ["sh", "-c", "trap exit TERM; while :; do sleep 0.1; done"];

interface Shape {
  readonly web?: Partial<ContainerArgs>;
  readonly other?: Partial<ContainerArgs>;
  readonly subnet?: string;
  readonly volume?: "keep-data" | "lose-data";
  /** Without a network of its own. */
  readonly alone?: boolean;
}

const program =
  ({ web, other, subnet = "10.213.78.0/24", volume, alone = false }: Shape) =>
  async (): Promise<void> => {
    const image = new Image("base", { reference: "debian:bookworm-slim" });
    const network = new BridgeNetwork("net", { subnet });
    const networks = alone ? {} : { networks: [network] };
    const shared = { image, ...networks, command: sleeps, stopGraceSeconds: 2, monitorSeconds: 1 };
    if (volume !== undefined) new Volume("data", { protect: false, whenDestroyed: volume });
    if (web !== undefined) new Container("web", { ...shared, ...web });
    if (other !== undefined) new Container("other", { ...shared, ...other });
    await Promise.resolve();
  };

describe("P2 a plain preview", () => {
  const stack = new Deployment("announced");
  const web = `${stack.scope}-web`;
  let ports: { container: number; host: number }[] = [];
  const said = async (shape: Shape): Promise<string> => {
    const from = stack.printed.length;
    await stack.preview(program(shape));
    return stack.printed.slice(from);
  };
  beforeAll(async () => {
    ports = [{ container: 80, host: await freePort() }];
    await stack.up(program({ web: { memoryMiB: 32 }, volume: "keep-data" }));
  });
  afterAll(() => stack.cleanUp());

  it("does not mention a replacement without an outage", async () => {
    const text = await said({ web: { memoryMiB: 32, environment: { V: "2" } }, volume: "keep-data" });
    expect(text).not.toMatch(/outage|down now|verdict/);
  });

  it("does not mention a limit that the program itself changes", async () => {
    expect(await said({ web: { memoryMiB: 48 }, volume: "keep-data" })).not.toMatch(/by hand|verdict/);
  });

  it("reports a manually changed limit, and a plain up resets it", async () => {
    docker("update", "--memory", "64m", "--memory-swap", "64m", "--restart", "no", web);
    const shape: Shape = { web: { memoryMiB: 32 }, volume: "keep-data" };
    expect(await said(shape)).toContain(
      `container "web": ${web} was changed manually (memory: 64 MiB instead of 32 MiB; memory and swap: 64 MiB instead of 32 MiB; restart policy: no instead of unless-stopped); it is replaced`,
    );
    await stack.up(program(shape));
    const { HostConfig } = inspect<{ HostConfig: { Memory: number } }>(web);
    expect(HostConfig.Memory).toBe(32 * 2 ** 20);
    expect((await stack.up(program(shape))).steps).toEqual({});
  });

  it("reports a manually connected network, and a plain up disconnects it", async () => {
    docker("network", "connect", "bridge", web);
    const shape: Shape = { web: { memoryMiB: 32 }, volume: "keep-data" };
    expect(await said(shape)).toContain("was manually connected to an additional network");
    await stack.up(program(shape));
    expect(Object.keys(inspect(web).NetworkSettings.Networks)).toEqual([`${stack.scope}-net`]);
  });

  it("does not mention networks that the program itself changes, in the preview and in the up", async () => {
    for (const alone of [true, false]) {
      const shape: Shape = { web: { memoryMiB: 32 }, volume: "keep-data", alone };
      expect(await said(shape)).not.toMatch(/manually|no longer connected/);
      const from = stack.printed.length;
      await stack.up(program(shape));
      expect(stack.printed.slice(from)).not.toMatch(/manually|no longer connected/);
      expect((await stack.up(program(shape))).steps).toEqual({});
    }
  });

  it("reports a manually removed one as down now", async () => {
    docker("rm", "--force", web);
    const text = await said({ web: { memoryMiB: 32 }, volume: "keep-data" });
    expect(text).toContain('container "web": down now: it was removed manually; this up starts it');
    expect(text).toContain('verdict: down now: container "web"');
    await stack.up(program({ web: { memoryMiB: 32 }, volume: "keep-data" }));
  });

  it("reports the outage of a stop-first replacement, its reason and its time limits", async () => {
    const shape = (v: string): Shape => ({
      web: {
        memoryMiB: 32,
        ports,
        environment: { V: v },
        healthCheck: {
          command: "true",
          intervalSeconds: 1,
          timeoutSeconds: 1,
          retries: 2,
          startPeriodSeconds: 3,
        },
      },
      volume: "keep-data",
    });
    await stack.up(program(shape("1")));
    const text = await said(shape("2"));
    expect(text).toContain(
      `container "web": brief outage: the old one stops first, because two containers cannot publish one port of the host (${String(ports[0]?.host)}); nothing runs until it has stopped (at most 2 s) and the new one is healthy (at most 9 s)`,
    );
    expect(text).toContain('verdict: brief outage of container "web"');
  });

  it("reports exposure, privileges and removed mounts in one line, and the verdict", async () => {
    const lines = (text: string): string[] =>
      text.split("\n").filter((line) => line.includes('container "web": ') || line.includes("verdict: "));
    const risky = {
      unsafe: { privileged: "this test tries it out" },
      ports: [{ container: 80, expose: "public" as const }],
    };
    const text = await said({ web: { memoryMiB: 32, ...risky }, volume: "keep-data" });
    expect([...new Set(lines(text).map((line) => line.replace(/^.*warning: /, "")))]).toEqual([
      expect.stringMatching(
        /^container "web": privilege widened: runs privileged: it controls the host; [^:]*; exposure widened: other machines reach its port 80\/tcp at 0\.0\.0\.0:a free port$/,
      ),
      'verdict: privilege widened of container "web"; exposure widened of container "web"',
    ]);
  });

  it("reports the container that releases a port", async () => {
    const text = await said({ web: { memoryMiB: 32 }, other: { ports }, volume: "keep-data" });
    expect(text).toContain(
      `container "other": brief outage: it takes over port 127.0.0.1:${String(ports[0]?.host)}/tcp from ${web}, which stops first; nothing answers there until container "other" is running`,
    );
  });

  it("reports a container whose network is replaced", async () => {
    const text = await said({ web: { memoryMiB: 32 }, subnet: "10.213.79.0/24", volume: "keep-data" });
    expect(text).toContain(
      `container "web": brief outage: it stops before network ${stack.scope}-net is replaced`,
    );
  });

  it("reports removed components and the effect on their data", async () => {
    const text = await said({});
    expect(text).toContain(
      'container "web": permanent outage: it is no longer in the program and is removed without a replacement',
    );
    expect(text).toContain(
      `volume "data": data left behind: it is no longer in the program; the host keeps ${stack.scope}-data with its data`,
    );
    expect(text).toContain('verdict: permanent outage of container "web"; data left behind of volume "data"');
    await stack.up(program({ web: { memoryMiB: 32 }, volume: "lose-data" }));
    expect(await said({ web: { memoryMiB: 32 } })).toContain(
      'volume "data": data loss: it is no longer in the program',
    );
  });
});

describe("P11 a Compose key that is not supported", () => {
  const stack = new Deployment("unsaid");
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dw-test-unsaid-"));
  const files = path.join(folder, "compose.yaml");
  const preview = async (key: string): Promise<string> => {
    fs.writeFileSync(files, `services:\n  web:\n    image: debian:bookworm-slim\n    ${key}\n`);
    const from = stack.printed.length;
    let refusal = "";
    await stack.preview(async () => {
      try {
        new ComposeProject("unsaid", { files });
      } catch (error) {
        // Thrown on, it would end this process and not only the program.
        refusal = String(error);
      }
      await Promise.resolve();
    });
    return stack.printed.slice(from) + refusal;
  };
  afterAll(async () => {
    await stack.cleanUp();
    fs.rmSync(folder, { recursive: true });
  });

  it("is a warning with name and place if only a feature is missing", async () => {
    expect(await preview("mac_address: 02:42:ac:11:00:02")).toContain(
      "compose.yaml:4:5: services.web.mac_address",
    );
  });

  it("is refused with name and place if the project would not work", async () => {
    expect(await preview("isolation: hyperv")).toContain("compose.yaml:4:5: services.web.isolation");
  });
});

/** P9 and P8: what a container may do, who reaches it and who sees its secrets, when the program says nothing about it. */

import { connect } from "node:net";
import { networkInterfaces } from "node:os";

import * as pulumi from "@pulumi/pulumi";

import { Container, type ContainerArgs, Image, Volume } from "../../components";
import { Deployment } from "./support/deployment";
import { docker, inspect } from "./support/docker";
import { freePort } from "./support/free-port";

jest.setTimeout(300_000);

/** A part of `docker inspect`; empty lists may be null there. */
interface Live {
  readonly HostConfig: Readonly<Record<string, unknown>>;
  readonly Mounts: readonly unknown[];
}

const stack = new Deployment("defaults");
const host = (name: string): string => `${stack.scope}-${name}`;
const bash = (name: string, script: string): string => docker("exec", host(name), "bash", "-c", script);
const secrets = {
  first: "s3cret-of-the-first-up",
  second: "s3cret-of-the-second-up",
  variable: "s3cret-variable",
};
const ports = { loopback: 0, open: 0 };

const program = (token: string) => async () => {
  const image = new Image("base", { reference: "debian:bookworm-slim" });
  const start = (name: string, args: Partial<ContainerArgs>): void => {
    new Container(name, { image, ...args });
  };
  start("plain", { command: ["bash", "-c", "cat /proc/self/status; exec sleep 1000"] });
  const serve =
    "my $s = IO::Socket::INET->new(LocalPort => 80, Listen => 5) or die; while (my $c = $s->accept) { print $c 'served' }";
  const server = { command: ["perl", "-MIO::Socket::INET", "-e", serve] };
  start("loopback", { ...server, ports: [{ container: 80, host: ports.loopback }] });
  start("open", { ...server, ports: [{ container: 80, host: ports.open, expose: "public" }] });
  start("trusted", {
    command: ["sleep", "1000"],
    user: "daemon",
    secrets: { token },
    environment: { VARIABLE: pulumi.secret(secrets.variable) },
  });
  start("graceful", {
    command: [
      "bash",
      "-c",
      "trap 'sleep 1; echo ended well >> /data/log; exit 0' TERM; while :; do sleep 0.1; done",
    ],
    mounts: [{ volume: new Volume("data", { protect: false }), path: "/data" }],
    environment: { VERSION: String(token.length) },
  });
  await Promise.resolve();
};

beforeAll(async () => {
  ports.loopback = await freePort("0.0.0.0");
  ports.open = await freePort("0.0.0.0");
  await stack.up(program(secrets.first));
});
afterAll(() => stack.cleanUp());

describe("P9 a container with nothing but an image and a command", () => {
  it("runs without any capability and cannot gain privileges", () => {
    const status = docker("logs", host("plain"));
    const field = (name: string): string | undefined =>
      new RegExp(`^${name}:\\s*(\\S+)$`, "m").exec(status)?.[1];
    for (const set of ["CapEff", "CapPrm", "CapBnd", "CapInh", "CapAmb"]) expect(field(set)).toMatch(/^0+$/);
    expect(field("NoNewPrivs")).toBe("1");
    expect(field("Seccomp")).toBe("2");
    expect(() => bash("plain", "chown daemon /tmp")).toThrow("Operation not permitted");
  });

  it("shares nothing with the host", () => {
    const { HostConfig: live, Mounts } = inspect<Live>(host("plain"));
    expect(live).toMatchObject({
      Privileged: false,
      PidMode: "",
      IpcMode: "private",
      NetworkMode: "bridge",
      PublishAllPorts: false,
    });
    expect(live["Devices"] ?? []).toEqual([]);
    expect(live["PortBindings"] ?? {}).toEqual({});
    expect(Mounts).toEqual([]);
  });

  it("has an init process that reaps and passes signals on", () => {
    expect(bash("plain", "cat /proc/1/comm")).toMatch(/init|tini/);
  });

  it("keeps at most 30 MB of logs", () => {
    expect(inspect(host("plain")).HostConfig["LogConfig"]).toEqual({
      Type: "json-file",
      Config: { "max-size": "10m", "max-file": "3" },
    });
  });

  it("is started again when its process dies", async () => {
    const { StartedAt } = inspect(host("plain")).State;
    docker("exec", "--detach", host("plain"), "bash", "-c", "kill -9 -1");
    const until = Date.now() + 20_000;
    while (inspect(host("plain")).State.StartedAt === StartedAt && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(inspect(host("plain"))).toMatchObject({ RestartCount: 1, State: { Status: "running" } });
  });
});

describe("P9 a published port", () => {
  /** The host as others see it. */
  const outer = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .find(({ family, internal }) => family === "IPv4" && !internal)?.address;

  it("answers on the loopback address alone", async () => {
    expect(await isOpen("127.0.0.1", ports.loopback)).toBe(true);
    expect(await isOpen(outer, ports.loopback)).toBe(false);
  });

  it('answers everywhere where the program says expose: "public"', async () => {
    expect(await isOpen("127.0.0.1", ports.open)).toBe(true);
    expect(await isOpen(outer, ports.open)).toBe(true);
  });
});

describe("P8 secrets", () => {
  it("are files that the container's user can read and not write", () => {
    expect(bash("trusted", "id -un; stat -c '%a %U' /run/secrets/token; cat /run/secrets/token")).toBe(
      `daemon\n444 root\n${secrets.first}`,
    );
    expect(() => bash("trusted", "echo x > /run/secrets/token")).toThrow("Permission denied");
  });

  it("are not in docker inspect, docker history, the command lines and the environment", () => {
    const { Image: image } = inspect(host("trusted"));
    const seen = [
      docker("inspect", host("trusted")),
      docker("image", "inspect", image),
      docker("history", "--no-trunc", image),
      docker("top", host("trusted"), "-eo", "pid,args"),
      bash("trusted", "env; cat /proc/[0-9]*/cmdline"),
    ].join("\n");
    expect(seen).not.toContain(secrets.first);
    expect(seen).toContain(secrets.variable); // the documented exception: a variable is what docker inspect shows
  });
});

describe("a change", () => {
  let announced: Record<string, string>;
  beforeAll(async () => {
    announced = await stack.preview(program(secrets.second));
    await stack.up(program(secrets.second));
  });

  it("P8 of a secret replaces its container and is shown, its value not, and none lies in plain text in the state", () => {
    expect(announced["Container trusted"]).toBe("replace");
    expect(bash("trusted", "cat /run/secrets/token")).toBe(secrets.second);
    const seen = stack.printed + stack.stateFiles();
    expect(seen).toContain("trusted");
    for (const secret of Object.values(secrets)) {
      expect(seen).not.toContain(secret);
      expect(seen).not.toContain(Buffer.from(secret).toString("base64"));
    }
  });

  it("lets the old container end by itself, after SIGTERM and within its grace", () => {
    expect(announced["Container graceful"]).toBe("replace");
    expect(bash("graceful", "cat /data/log")).toBe("ended well");
  });
});

function isOpen(address: string | undefined, port: number): Promise<boolean> {
  if (address === undefined) throw new Error("this host has no address beside the loopback one");
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: 2000 });
    // Docker's own proxy accepts first: only an answer shows that the container is there.
    socket.once("data", () => {
      socket.destroy();
      resolve(true);
    });
    for (const event of ["error", "timeout", "end"]) {
      socket.once(event, () => {
        socket.destroy();
        resolve(false);
      });
    }
  });
}

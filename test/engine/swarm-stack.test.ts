/**
 * The tutorial's file with `deploy: replicas: 5`, as a SwarmStack on a swarm of one node in an Engine of its own: it runs, is
 * scaled by one edit, is what `docker stack deploy` makes of it, and leaves nothing behind.
 */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { DockerHost, SwarmStack } from "../../components";
import {
  compareStacks,
  type Flat,
  flat,
  isKnown,
  type StackKnown,
  stackKnown,
} from "../compose/parity/stack";
import { Deployment } from "./support/deployment";
import { pause } from "./support/processes";
import { SecondEngine } from "./support/second-engine";

jest.setTimeout(900_000);

const SERVER =
  'my $s = IO::Socket::INET->new(LocalPort => 80, Listen => 9, ReuseAddr => 1) or die; $SIG{TERM} = sub { exit 0 }; while (my $c = $s->accept) { sysread $c, my $r, 999; print $c "HTTP/1.0 200 OK\\r\\n\\r\\nfrom $ENV{HOSTNAME}\\n"; close $c }';

/** As the tutorial has it; ports and resolution as this kernel allows, which knows no IPVS. */
const TUTORIAL = `
version: "3.8"
services:
  web:
    image: debian:bookworm-slim
    command: ["perl", "-MIO::Socket::INET", "-e", ${JSON.stringify(SERVER.replaceAll("$", "$$$$"))}]
    deploy:
      replicas: 5
      endpoint_mode: dnsrr
      update_config: { monitor: 2s }
      resources:
        limits:
          cpus: "0.1"
          memory: 50M
      restart_policy:
        condition: on-failure
    ports:
      - { target: 80, mode: host }
    networks:
      - webnet
networks:
  webnet:
`;

let engine: SecondEngine;
const folder = mkdtempSync(join(tmpdir(), "dw-test-stack-"));
const file = join(folder, "compose.yaml");
const stack = new Deployment("stack");

const program = async (): Promise<void> => {
  const host = new DockerHost("swarm", { address: `unix://${engine.socket}`, identity: "swarm" });
  new SwarmStack("it", { files: file, projectName: "tutorial", host });
  await Promise.resolve();
};

beforeAll(async () => {
  writeFileSync(file, TUTORIAL);
  engine = await SecondEngine.start();
  engine.command("swarm", "init", "--advertise-addr", "127.0.0.1");
});
afterAll(async () => {
  await stack.cleanUp();
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
});

const lines = (text: string): string[] => text.split("\n").filter(Boolean);
const running = (name = "tutorial"): string[] =>
  lines(
    engine.command(
      ...["stack", "ps", name, "--no-trunc", "--filter", "desired-state=running"],
      ...["--format", "{{.ID}} {{.CurrentState}}"],
    ),
  )
    .filter((line) => line.includes(" Running"))
    .map((line) => line.split(" ")[0] ?? "")
    .sort();
const container = (): string => lines(engine.command("ps", "-q", "--filter", "name=tutorial_web"))[0] ?? "";
const inside = (script: string): string => engine.command("exec", container(), "bash", "-c", script);
const addresses = (): string[] => [...new Set(inside("getent ahostsv4 web").match(/^\S+/gm))].sort();

test("it runs, and docker stack services, ps and ls show it", async () => {
  await stack.up(program);
  expect(engine.command("stack", "services", "tutorial", "--format", "{{.Name}} {{.Replicas}}")).toBe(
    "tutorial_web 5/5",
  );
  expect(running()).toHaveLength(5);
  expect(engine.command("stack", "ls", "--format", "{{.Name}} {{.Services}}")).toBe("tutorial 1");
});

test("its service is reachable by name, with all its tasks", () => {
  expect(addresses()).toHaveLength(5);
  const ask = "exec 3<>/dev/tcp/web/80; printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3";
  expect(inside(ask)).toContain("200 OK");
});

test("P1 a second up changes nothing, also after a refresh, and restarts no task", async () => {
  const before = running();
  expect(await stack.preview(program)).toEqual({});
  expect((await stack.up(program)).steps).toEqual({});
  expect((await stack.up(program, { refresh: true })).steps).toEqual({});
  expect(running()).toEqual(before);
});

test("it equals the result of docker stack deploy, except for the known differences", () => {
  const ours = observe("tutorial");
  execFileSync("docker", ["-H", `unix://${engine.socket}`, "stack", "deploy", "-c", file, "by-docker"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const differences = compareStacks(observe("by-docker"), ours);
  engine.command("stack", "rm", "by-docker");
  const needed = new Set<StackKnown>();
  const unknown = differences.filter((each) => {
    const explained = stackKnown.filter((entry) => isKnown(entry, each));
    for (const entry of explained) needed.add(entry);
    return explained.length === 0;
  });
  expect(unknown).toEqual([]);
  expect(stackKnown.filter((each) => !needed.has(each))).toEqual([]);
});

test("P2 scaled to two by one edit, as the preview shows, it keeps two tasks unchanged", async () => {
  const before = running();
  writeFileSync(file, readFileSync(file, "utf8").replace("replicas: 5", "replicas: 2"));
  expect(await stack.preview(program, { diff: true })).toEqual({ "SwarmSpec it-web-spec": "update" });
  expect(stack.printed).toMatch(/Replicas:\s*5 => 2/);
  await stack.up(program);
  const after = running();
  expect(after).toHaveLength(2);
  expect(before).toEqual(expect.arrayContaining(after));
  // Swarm takes a name from a task when its container has stopped, a moment after it no longer wants the task.
  for (const until = Date.now() + 15_000; addresses().length > 2 && Date.now() < until;) await pause(100);
  expect(addresses()).toHaveLength(2);
  expect(await stack.preview(program)).toEqual({});
});

test("destroy leaves nothing", async () => {
  await stack.destroy();
  // A node lets go of a network a moment after the last task has left it.
  for (let tries = 0; tries < 100 && engine.command("network", "ls").includes("tutorial"); tries++)
    await pause(200);
  for (const kind of ["service", "secret", "config", "network"])
    expect(
      lines(engine.command(kind, "ls", "--format", "{{.Name}}")).filter((name) =>
        name.startsWith("tutorial"),
      ),
    ).toEqual([]);
  expect(engine.command("stack", "ls", "--format", "{{.Name}}")).toBe("");
});

/** Services and networks of a stack, without ids, times and addresses. */
function observe(name: string): ReadonlyMap<string, Flat> {
  const filter = ["--filter", `label=com.docker.stack.namespace=${name}`];
  const networks = inspected("network", ["network", "ls", "-q", "--no-trunc", ...filter]);
  const ids = new Map(networks.map(({ Id, Name }) => [Id ?? "", Name ?? ""]));
  const named = (text: string): string => text.replaceAll(name, "STACK");
  const all: [string, Flat][] = [
    ...inspected("service", ["service", "ls", "-q", ...filter]).map(({ Spec }): [string, Flat] => [
      `service ${named(Spec?.Name ?? "")}`,
      flat(
        "service",
        parsed([...ids].reduce((text, [id, own]) => text.replaceAll(id, own), JSON.stringify(Spec))),
      ),
    ]),
    ...networks.map((network): [string, Flat] => {
      const { Name, Driver, Attachable, Internal, Ingress, Options, Labels } = network;
      const { "com.docker.network.driver.overlay.vxlanid_list": _, encrypted, ...rest } = Options ?? {};
      // The driver looks for the bare word.
      const options = { ...rest, ...(encrypted !== undefined && { encrypted: "on" }) };
      return [
        `network ${named(Name ?? "")}`,
        flat(
          "network",
          parsed(JSON.stringify({ Name, Driver, Attachable, Internal, Ingress, Options: options, Labels })),
        ),
      ];
    }),
  ];
  return new Map(all);

  function parsed(text: string): unknown {
    return JSON.parse(named(text)) as unknown;
  }
}

interface Inspected {
  readonly Id?: string;
  readonly Name?: string;
  readonly Spec?: { readonly Name: string };
  readonly Driver?: string;
  readonly Attachable?: boolean;
  readonly Internal?: boolean;
  readonly Ingress?: boolean;
  readonly Options?: Readonly<Record<string, string>>;
  readonly Labels?: Readonly<Record<string, string>>;
}

function inspected(kind: "service" | "network", list: readonly string[]): Inspected[] {
  const ids = lines(engine.command(...list));
  return ids.length === 0 ? [] : (JSON.parse(engine.command(kind, "inspect", ...ids)) as Inspected[]);
}

import { isDeepStrictEqual } from "node:util";
import { Writable } from "node:stream";

import type Docker from "dockerode";

import { type GatewayConfig, isContainerHost, type Json, upstreamsIn } from "./config";
import {
  askCommand,
  connectionsCommand,
  isConnected,
  loadCommand,
  lookedUp,
  lookUpCommand,
  type Part,
  parts,
} from "./image";
import { sleep } from "../core/sleep";
import { isMissing } from "../engine/errors";

const POLL_MILLISECONDS = 200;
/** The timeout for a response of a gateway. */
const ANSWER_SECONDS = 20;

/** The result of loading a configuration. */
export type Loaded =
  | { readonly why: string }
  | {
      /** Drains in-flight requests to removed upstreams, for at most the given number of seconds. */
      readonly drain: (seconds: number) => Promise<void>;
      /** Restores the previous routes. */
      readonly back: () => Promise<void>;
    };

/**
 * Applies a configuration to a running gateway: compares it with the current one, loads it if it
 * differs, and waits until it is active. Returns why that failed, or the next steps.
 */
export async function loadGateway(engine: Docker, id: string, wanted: GatewayConfig): Promise<Loaded> {
  const gateway = engine.getContainer(id);
  const [router, front] = await Promise.all([
    running(gateway, "router", () => true),
    running(gateway, "front", () => true),
  ]);
  if ("why" in router) return router;
  if ("why" in front) return front;
  for (const part of ["router", "front"] as const) {
    const why = await loadPart(gateway, part, wanted[part]);
    if (why !== undefined) return { why };
  }
  const kept = new Set(upstreamsIn(wanted.router));
  const left = upstreamsIn(router.config).filter((each) => !kept.has(each));
  const addresses = await addressesOf(engine, gateway, [...new Set(left)]);
  return {
    drain: (seconds) => drained(gateway, addresses, seconds),
    back: async () => {
      await loadPart(gateway, "router", router.config as Json);
      await loadPart(gateway, "front", front.config as Json);
    },
  };
}

async function loadPart(gateway: Docker.Container, part: Part, wanted: Json): Promise<string | undefined> {
  const before = await running(gateway, part, () => true);
  if ("why" in before) return before.why;
  if (!isDeepStrictEqual(before.config, wanted)) {
    const { exitCode, output } = await execute(gateway, loadCommand(part, JSON.stringify(wanted)));
    if (exitCode !== 0) return `Caddy rejected the configuration: ${lastLines(output)}`;
  }
  const after = await running(gateway, part, (config) => isDeepStrictEqual(config, wanted));
  return "why" in after ? after.why : undefined;
}

type Answer = { readonly config: unknown } | { readonly why: string };

/** Polls a process until it has the right configuration. */
async function running(
  gateway: Docker.Container,
  part: Part,
  right: (config: unknown) => boolean,
): Promise<Answer> {
  const until = Date.now() + ANSWER_SECONDS * 1000;
  for (;;) {
    let said = "it uses another one";
    try {
      const { State } = await gateway.inspect();
      if (!State.Running || State.Paused) return { why: `its container is ${State.Status}` };
      const { exitCode, output } = await execute(gateway, askCommand(parts[part], "/config/"));
      const config = exitCode === 0 ? parsed(output) : undefined;
      if (config !== undefined && right(config)) return { config };
      if (exitCode !== 0) said = lastLines(output);
    } catch (error) {
      if (isMissing(error)) return { why: "its container is not on the host" };
      // During a restart no command can run in it.
      said = error instanceof Error ? error.message : String(error);
    }
    if (Date.now() > until)
      return {
        why: `Caddy did not answer with the configuration within ${String(ANSWER_SECONDS)} s (${said})`,
      };
    await sleep(POLL_MILLISECONDS);
  }
}

/** After a load the old configuration still serves in-flight requests; its upstreams must not be stopped yet. */
async function drained(
  gateway: Docker.Container,
  upstreams: readonly string[],
  seconds: number,
): Promise<void> {
  const until = Date.now() + seconds * 1000;
  while (upstreams.length > 0 && Date.now() < until) {
    // First, so that newly accepted requests are counted.
    await sleep(POLL_MILLISECONDS);
    const { output } = await execute(gateway, connectionsCommand);
    if (!upstreams.some((address) => isConnected(output, address))) return;
  }
}

/** The addresses of containers, and of those that share a name, such as the tasks of a service; removed ones have none. */
async function addressesOf(
  engine: Docker,
  gateway: Docker.Container,
  upstreams: readonly string[],
): Promise<string[]> {
  const found = await Promise.all(
    upstreams.map(async (upstream) => {
      const host = upstream.replace(/:\d+$/, "");
      if (!isContainerHost(host)) {
        const { exitCode, output } = await execute(gateway, lookUpCommand(host));
        return exitCode === 0 ? lookedUp(output) : [];
      }
      try {
        const { NetworkSettings } = await engine.getContainer(host).inspect();
        return Object.values(NetworkSettings.Networks).map(({ IPAddress }) => IPAddress);
      } catch (error) {
        if (isMissing(error)) return [];
        throw error;
      }
    }),
  );
  return found.flat().filter((address) => address !== "");
}

async function execute(
  container: Docker.Container,
  command: readonly string[],
): Promise<{ readonly exitCode: number | null; readonly output: string }> {
  const exec = await container.exec({ Cmd: [...command], AttachStdout: true, AttachStderr: true });
  const stream = await exec.start({});
  const parts: Buffer[] = [];
  const sink = new Writable({
    write(bytes: Buffer, _encoding, done) {
      parts.push(bytes);
      done();
    },
  });
  const ended = new Promise<void>((resolve, reject) => {
    stream.on("end", resolve).on("close", resolve).on("error", reject);
  });
  (container.modem as { demuxStream(from: unknown, out: Writable, err: Writable): void }).demuxStream(
    stream,
    sink,
    sink,
  );
  await ended;
  const { ExitCode } = await exec.inspect();
  return { exitCode: ExitCode, output: Buffer.concat(parts).toString("utf8") };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function lastLines(text: string): string {
  return text.trim().split("\n").slice(-3).join("; ").slice(-600);
}

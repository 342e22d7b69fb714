/** Checks all prerequisites of a Pulumi run before anything starts, and reports them in one error. */

import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

import type { Environment } from "./command";
import { backendFolder, backendUrl } from "./pulumi/backend";
import { projectFolder } from "./pulumi/run";
import type { PulumiRequest } from "./pulumi/words";
import { type ExportedStack, isElsewhere } from "./recovery/state";
import { stateTexts } from "./recovery/state-files";
import { formatRefusal, say } from "./say";
import { EngineLost } from "../engine/lost";
import { type CommandHost, commandHost, shownCommandHost } from "../host/disk/command-host";

/** The first version of Pulumi with error hooks, which replacements require. */
export const OLDEST_PULUMI = "3.217.0";

export interface Missing {
  readonly what: string;
  readonly why: string;
  readonly next: string;
}

/** The facts that the checks use. */
export interface Situation {
  readonly environment: Environment;
  /** The state files of the stack, as texts; empty without a state or with another kind of backend. */
  readonly states: readonly string[];
  /** Without a terminal, so that no passphrase can be entered. */
  readonly silent: boolean;
}

/** Collects these facts without running Pulumi. */
export function situationOf({ target, options }: PulumiRequest, environment: Environment): Situation {
  const folder = projectFolder(target);
  const url = backendUrl(environment, folder);
  const states = url === undefined ? undefined : backendFolder(url, folder);
  return {
    environment,
    states: states === undefined ? [] : stateTexts(states, target.stack),
    silent: !process.stdin.isTTY || options.includes("--non-interactive"),
  };
}

/** True if the run may start; otherwise the error is printed. A state that only uses other hosts needs no local Engine. */
export async function hasPrerequisites(situation: Situation): Promise<boolean> {
  const [pulumi, engine] = await Promise.all([
    pulumiMissing(situation.environment),
    engineMissing(situation),
  ]);
  const passphrase = passphraseMissing(situation);
  const optional = engine !== undefined && !usesOwnEngine(situation.states);
  // Only components without a host need it, and they report it themselves.
  if (optional && pulumi === undefined && passphrase === undefined)
    say(
      "prerequisites",
      `${engine.what} (${engine.why}); components without a host need it:  ${engine.next}`,
    );
  const missing = [pulumi, passphrase, optional ? undefined : engine].filter((each) => each !== undefined);
  if (missing.length > 0) process.stderr.write(formatMissing(missing));
  return missing.length === 0;
}

export function formatMissing(missing: readonly Missing[]): string {
  const [first] = missing;
  const now = "nothing was started or changed";
  if (first !== undefined && missing.length === 1) return formatRefusal({ ...first, now });
  const lines = (of: (each: Missing) => string): string => missing.map(of).join("\n        ");
  return formatRefusal({
    what: `${String(missing.length)} prerequisites are missing`,
    why: lines(({ what, why }) => `${what}: ${why}`),
    now,
    next: lines(({ next }) => next),
  });
}

async function pulumiMissing(environment: Environment): Promise<Missing | undefined> {
  const file = onPath("pulumi", environment["PATH"] ?? "");
  if (file === undefined)
    return {
      what: "the pulumi command was not found",
      why: "it is not on PATH",
      next: "install Pulumi (https://www.pulumi.com/docs/install/), or add its folder to PATH",
    };
  const version = await versionOf(file);
  if (version === undefined || !isOlder(version, OLDEST_PULUMI)) return undefined;
  return {
    what: `pulumi ${version} is too old`,
    why: `${file} must be ${OLDEST_PULUMI} or newer`,
    next: "upgrade Pulumi (https://www.pulumi.com/docs/install/)",
  };
}

export function onPath(command: string, path: string): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .flatMap((folder) => [join(folder, command), join(folder, `${command}.exe`)])
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return statSync(file).isFile();
      } catch {
        return false;
      }
    });
}

function versionOf(file: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(file, ["version"], { timeout: 10_000 }, (_error, out) => {
      resolve(/^v?(\d+\.\d+\.\d+)/.exec(out)?.[1]);
    });
  });
}

export function isOlder(version: string, than: string): boolean {
  const [mine, other] = [version, than].map((each) => each.split(".").map(Number));
  const at = (mine ?? []).findIndex((part, index) => part !== other?.[index]);
  return at >= 0 && (mine?.[at] ?? 0) < (other?.[at] ?? 0);
}

const PATIENCE_MS = 5_000;

async function engineMissing({ environment }: Situation): Promise<Missing | undefined> {
  const { connect } = await import("../engine/connect");
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`it did not answer within ${String(PATIENCE_MS / 1000)} s`));
    }, PATIENCE_MS);
  });
  try {
    await Promise.race([connect().ping(), late]);
    return undefined;
  } catch (error) {
    const cause = error instanceof EngineLost ? error.cause : error;
    const host = commandHost();
    return host.kind === "default"
      ? engineText(cause as NodeJS.ErrnoException, environment["DOCKER_HOST"])
      : contextText(host, cause as Error);
  } finally {
    clearTimeout(timer);
  }
}

export function engineText({ code, message }: NodeJS.ErrnoException, host: string | undefined): Missing {
  const what = `the Docker Engine${host === undefined || host === "" ? "" : ` at ${host}`} does not answer`;
  if (code === "EACCES" || code === "EPERM")
    return {
      what: "this user has no access to the Docker Engine",
      why: `the socket cannot be opened (${message})`,
      next: "sudo usermod -aG docker $USER, and log in again; docker info must succeed",
    };
  const why = message || (code ?? "no reason given");
  return host === undefined || host === ""
    ? { what, why, next: "start Docker (sudo systemctl start docker); docker info must succeed" }
    : { what, why, next: "correct DOCKER_HOST, or start the Engine there; docker info must succeed" };
}

/** A context that cannot be used, or whose Engine does not answer. */
function contextText(host: Exclude<CommandHost, { kind: "default" }>, { message }: Error): Missing {
  const next = "docker context use NAME, or set DOCKER_CONTEXT or DOCKER_HOST; docker info must succeed";
  if (host.kind === "unusable") return { what: `${host.what} cannot be used`, why: host.why, next };
  return { what: `the Docker Engine at ${shownCommandHost(host)} does not answer`, why: message, next };
}

/** Whether a state has objects on the local Engine. */
export function usesOwnEngine(states: readonly string[]): boolean {
  return states.some((text) => {
    const { checkpoint } = JSON.parse(text) as { checkpoint?: { latest?: ExportedStack["deployment"] } };
    const resources = checkpoint?.latest?.resources ?? [];
    return resources.some((each) => each.type.startsWith("docker:") && !isElsewhere(each, resources));
  });
}

/** Secrets are encrypted with a passphrase, and there is no terminal to enter it. */
export function passphraseMissing({ environment, states, silent }: Situation): Missing | undefined {
  const given = ["PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"].some(
    (name) => environment[name] !== undefined,
  );
  const encrypted = states.length > 0 && states.every((text) => /"type":\s*"passphrase"/.test(text));
  if (given || !silent || !encrypted) return undefined;
  return {
    what: "the passphrase of the stack is not set",
    why: "its secrets are encrypted with a passphrase, and there is no terminal to prompt for it",
    next: "set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE to a file that contains it",
  };
}

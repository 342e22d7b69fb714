/** Asks for the logins of the `docker` command: its settings file, or a credential helper. */

import { execFile, type ExecFileException } from "node:child_process";

import { readConfig } from "../host/disk/config";
import { parseImageReference } from "../image/reference";
import {
  answeredLogin,
  hasNone,
  helperOf,
  loginKey,
  type LoginSettings,
  type RegistryLogin,
  storedLogin,
} from "./docker-login";

/** The time limit in milliseconds: a helper may ask a keychain or a cloud. */
const PATIENCE_MS = 30_000;

/** What Docker knows of the login for a registry. */
export interface FoundLogin {
  /** Undefined where it has none, and the pull is anonymous. */
  readonly login?: RegistryLogin;
  /** Why a login that is configured could not be read. The `docker` command then pulls without one. */
  readonly why?: string;
}

/**
 * The login for the registry of an image, read at each call, so that the token of a helper is fresh. It is kept nowhere: neither in
 * the state nor in a command line. A reason names the settings file or the helper, and quotes nothing that they hold.
 */
export function dockerLogin(reference: string): Promise<FoundLogin> {
  return dockerLoginOf(parseImageReference(reference).registry);
}

/** The same for a registry by its address. */
export async function dockerLoginOf(registry: string | undefined): Promise<FoundLogin> {
  const config = readConfig();
  if ("wrong" in config) return { why: `${config.file} ${config.wrong}` };
  const settings = config.settings as LoginSettings;
  const key = loginKey(registry);
  const helper = helperOf(settings, key);
  if (helper !== undefined) return askHelper(helper, key);
  const login = storedLogin(settings, key);
  return login === undefined ? {} : { login };
}

/** The key goes through its input, and the login comes through its output. */
function askHelper(helper: string, key: string): Promise<FoundLogin> {
  const program = `docker-credential-${helper}`;
  const failed = (reason: string): FoundLogin => ({ why: `${program} gave no login for ${key}: ${reason}` });
  return new Promise((resolve) => {
    // eslint-disable-next-line no-restricted-properties -- a helper of a cloud reads its settings there
    const { env } = process;
    const child = execFile(program, ["get"], { timeout: PATIENCE_MS, env }, (error, out, said) => {
      if (error !== null) resolve(hasNone(`${out} ${said}`) ? {} : failed(reasonOf(error)));
      else resolve(answerOf(key, out) ?? failed("its answer is not a login"));
    });
    // A helper that does not read ends the pipe; its exit has the cause.
    child.stdin?.on("error", () => undefined).end(key);
  });
}

function answerOf(key: string, out: string): FoundLogin | undefined {
  try {
    const login = answeredLogin(key, out);
    return login && { login };
  } catch {
    // The error of the parser quotes the text.
    return undefined;
  }
}

/** What it wrote may hold the password. */
function reasonOf({ code, killed }: ExecFileException): string {
  if (code === "ENOENT") return "it is not on PATH";
  return killed === true ? "it did not answer in time" : `it exited with code ${String(code)}`;
}

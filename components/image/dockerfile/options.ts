/** The options of the instructions, and their syntax. */

import { parseImageReference } from "../reference";
import { checkText, jsonArguments, refuse, shellText } from "./words";

/** A shell command, or the arguments of a process that is started without a shell. */
export type Command = string | readonly string[];

/** A file comes from the build context, or from an earlier stage or another image: never both. */
export type CopyOptions<Stage extends string> = (
  | { readonly from?: Stage; readonly fromImage?: never }
  | { readonly from?: never; readonly fromImage?: string }
) & {
  /** `user`, `user:group` or their numbers. @defaultValue root */
  readonly chown?: string;
  /** Octal, such as `"0755"`. @defaultValue the mode of the source */
  readonly chmod?: string;
};

export type RunMount<Stage extends string> =
  | ({
      readonly type: "bind";
      readonly target: string;
      readonly source?: string;
      readonly readWrite?: boolean;
    } & (
      | { readonly from?: Stage; readonly fromImage?: never }
      | { readonly from?: never; readonly fromImage?: string }
    ))
  | {
      readonly type: "cache";
      readonly target: string;
      readonly id?: string;
      readonly sharing?: "shared" | "private" | "locked";
    }
  | { readonly type: "tmpfs"; readonly target: string }
  | { readonly type: "secret"; readonly id: string; readonly target?: string; readonly required?: boolean };

export interface RunOptions<Stage extends string> {
  /** Mounts that exist only while the command runs. */
  readonly mounts?: readonly RunMount<Stage>[];
}

export interface HealthCheckOptions {
  /** Seconds between two probes. @defaultValue 30 */
  readonly intervalSeconds?: number;
  /** Seconds after which a probe fails. @defaultValue 30 */
  readonly timeoutSeconds?: number;
  /** Seconds after the start during which failures do not count. @defaultValue 0 */
  readonly startPeriodSeconds?: number;
  /** Consecutive failures that make the container unhealthy. @defaultValue 3 */
  readonly retries?: number;
}

/** The command in the form the user chose. */
export function command(instruction: string, value: Command): string {
  if (typeof value === "string") return shellText(instruction, value);
  if (!Array.isArray(value))
    return refuse(instruction, "be text or a list of arguments", value, "write a command");
  return jsonArguments(instruction, value);
}

/** Finds the earlier stage that `from` names. */
function origin(
  instruction: string,
  stages: readonly string[],
  where: { readonly from?: string; readonly fromImage?: string },
): string | undefined {
  // The types exclude both; JavaScript does not.
  const { from, fromImage } = where;
  if (from !== undefined && fromImage !== undefined) {
    return refuse(instruction, "have from or fromImage", `${from} and ${fromImage}`, "leave out one");
  }
  if (where.fromImage !== undefined) return imageName(`${instruction} fromImage`, where.fromImage);
  if (where.from !== undefined && !stages.includes(where.from)) {
    const known =
      stages.length === 0 ? "no stage before this one has a name" : `known here: ${stages.join(", ")}`;
    refuse(
      `${instruction} from`,
      "be the name of an earlier stage",
      where.from,
      `${known}; an image goes into fromImage`,
    );
  }
  return where.from;
}

export function imageName(instruction: string, image: string): string {
  checkText(instruction, image);
  try {
    parseImageReference(image);
  } catch (error) {
    throw new Error(`${instruction}: ${(error as Error).message}`);
  }
  return image;
}

export function copyFlags(stages: readonly string[], options: CopyOptions<string>): string[] {
  const flags: string[] = [];
  const from = origin("COPY", stages, options);
  if (from !== undefined) flags.push(`--from=${from}`);
  if (options.chown !== undefined) {
    if (!/^[\w.-]+(:[\w.-]+)?$/.test(options.chown))
      refuse("COPY chown", "be user or user:group", options.chown, 'write for example "1000:1000"');
    flags.push(`--chown=${options.chown}`);
  }
  if (options.chmod !== undefined) {
    if (!/^[0-7]{3,4}$/.test(options.chmod))
      refuse("COPY chmod", "be 3 or 4 octal digits", options.chmod, 'write for example "0755"');
    flags.push(`--chmod=${options.chmod}`);
  }
  return flags;
}

export function runFlags(stages: readonly string[], options: RunOptions<string>): string[] {
  return (options.mounts ?? []).map((mount) => `--mount=${mountFields(stages, mount).join(",")}`);
}

function mountFields(stages: readonly string[], mount: RunMount<string>): string[] {
  const field = (key: string, value: string | undefined): string[] => {
    if (value === undefined) return [];
    if (!/^[\w./:@+-]+$/.test(value)) {
      refuse(
        `RUN mount ${key}`,
        "consist of letters, digits and . / : @ + _ -",
        value,
        "choose a simpler name",
      );
    }
    return [`${key}=${value}`];
  };
  switch (mount.type) {
    case "bind":
      return [
        "type=bind",
        ...field("from", origin("RUN mount", stages, mount)),
        ...field("source", mount.source),
        ...field("target", mount.target),
        ...(mount.readWrite ? ["readwrite"] : []),
      ];
    case "cache":
      return [
        "type=cache",
        ...field("id", mount.id),
        ...field("target", mount.target),
        ...field("sharing", mount.sharing),
      ];
    case "tmpfs":
      return ["type=tmpfs", ...field("target", mount.target)];
    case "secret":
      return [
        "type=secret",
        ...field("id", mount.id),
        ...field("target", mount.target),
        ...(mount.required ? ["required"] : []),
      ];
    default:
      return refuse(
        "RUN mount type",
        "be bind, cache, tmpfs or secret",
        (mount as { type: unknown }).type,
        "choose one",
      );
  }
}

export function healthCheckFlags(options: HealthCheckOptions): string[] {
  const seconds = (flag: string, key: keyof HealthCheckOptions, zero: boolean): string[] => {
    const value = options[key];
    if (value === undefined) return [];
    if (
      typeof value !== "number" ||
      !Number.isFinite(value) ||
      (value !== 0 || !zero ? value < 0.001 : false)
    ) {
      refuse(
        `HEALTHCHECK ${key}`,
        `be a number of seconds, at least ${zero ? "0" : "0.001"}`,
        value,
        "write for example 5",
      );
    }
    return [`--${flag}=${String(Math.round(value * 1000) / 1000)}s`];
  };
  const retries = options.retries;
  if (retries !== undefined && (!Number.isInteger(retries) || retries < 1)) {
    refuse("HEALTHCHECK retries", "be a whole number, at least 1", retries, "write for example 3");
  }
  return [
    ...seconds("interval", "intervalSeconds", false),
    ...seconds("timeout", "timeoutSeconds", false),
    ...seconds("start-period", "startPeriodSeconds", true),
    ...(retries === undefined ? [] : [`--retries=${String(retries)}`]),
  ];
}

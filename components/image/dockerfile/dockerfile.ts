import { isStructure } from "../../core/schema";
import {
  command,
  copyFlags,
  healthCheckFlags,
  imageName,
  runFlags,
  type Command,
  type CopyOptions,
  type HealthCheckOptions,
  type RunOptions,
} from "./options";
import { platform, stageName } from "./stage";
import {
  checkText,
  expand,
  type Expanded,
  isExpanded,
  isPlain,
  jsonArguments,
  jsonWords,
  quoted,
  refuse,
  word,
} from "./words";

export interface StageOptions<Name extends string> {
  /** A name by which later stages, and `target`, refer to this one. */
  readonly as?: Name;
  /** For example `"linux/arm64"`. @defaultValue the platform of the build */
  readonly platform?: string;
}

interface State {
  readonly lines: readonly string[];
  /** Names of the stages before the current one. */
  readonly earlier: readonly string[];
  readonly current: string | undefined;
}

/** The builder refuses longer lines. */
const LONGEST_LINE = 65_535;

/**
 * A Dockerfile as a value. Each method returns a new one with an instruction added; `toString` prints it. A wrong value is
 * an error at once, which names the instruction. Plain text is literal: `$`, quotes, blanks and backslashes arrive as
 * written; use `Dockerfile.expand("...")` where Docker is to replace variables.
 *
 * @typeParam Earlier - names of the stages before this one: what `copy({ from })` accepts.
 * @typeParam Current - the name of the stage being written.
 * @example
 * ```ts
 * Dockerfile.from("golang:1.24", { as: "build" })
 *   .copy(".", "/src/")
 *   .run("cd /src && go build -o /server .")
 *   .from("debian:bookworm-slim")
 *   .copy("/server", "/usr/local/bin/server", { from: "build" })
 *   .user("1000:1000")
 *   .entrypoint(["server"]);
 * ```
 */
export class Dockerfile<Earlier extends string = never, Current extends string = never> {
  private constructor(private readonly state: State) {}

  /** Begins with the first stage. `image` is a reference or `"scratch"`. */
  static from<const Name extends string = never>(
    image: string,
    options: StageOptions<Name> = {},
  ): Dockerfile<never, Name> {
    return new Dockerfile<never, Name>({ lines: [], earlier: [], current: undefined }).stage(image, options);
  }

  /**
   * Marks text whose variables Docker replaces from the ENV and ARG in force; everything else stays literal.
   *
   * @example
   * ```ts
   * dockerfile.env({ PATH: Dockerfile.expand("/opt/app/bin:$PATH") });
   * ```
   */
  static expand(text: string): Expanded {
    return expand(text);
  }

  /** Begins the next stage. `image` is a reference, `"scratch"` or the name of an earlier stage. */
  from<const Name extends string = never>(
    image: string,
    options: StageOptions<Name> = {},
  ): Dockerfile<Earlier | Current, Name> {
    return this.stage(image, options);
  }

  /**
   * RUN. Text runs in the shell; a list runs without a shell. Text over several lines needs a backslash at the end of each
   * but the last.
   */
  run(value: Command, options: RunOptions<Earlier> = {}): this {
    if (Array.isArray(value) && value.length === 0)
      refuse("RUN", "have at least one argument", value, "write a command");
    return this.add(["RUN", ...runFlags(this.state.earlier, options), command("RUN", value)]);
  }

  /**
   * COPY. Sources may be Docker's patterns (`*`, `?`, `[...]`), relative to the context, or to the root of `from`/`fromImage`.
   * Several sources need a destination that ends in `/`.
   */
  copy(
    source: string | Expanded | readonly (string | Expanded)[],
    destination: string | Expanded,
    options: CopyOptions<Earlier> = {},
  ): this {
    const sources = isList(source) ? source : [source];
    const text = (value: string | Expanded): string =>
      checkText("COPY", isExpanded(value) ? value.expand : value);
    if (sources.length === 0) refuse("COPY", "have at least one source", [], "name a file");
    for (const each of [...sources, destination]) {
      if (text(each) === "") refuse("COPY", "name a path", "", 'write "." for all of the context');
      if (/^\d*<</.test(text(each)))
        refuse("COPY", "not begin with <<, a here-document to some builders", text(each), "put ./ before it");
    }
    if (options.from === undefined && options.fromImage === undefined) {
      const outside = sources.find((each) => /^\/*\.\.(\/|$)/.test(text(each)));
      if (outside !== undefined)
        refuse("COPY", "stay inside the context", outside, "use a higher folder as the context");
    }
    if (sources.length > 1 && !text(destination).endsWith("/")) {
      refuse(
        "COPY",
        "have a destination that ends in / for several sources",
        destination,
        `write ${JSON.stringify(`${text(destination)}/`)}`,
      );
    }
    const paths = [...sources, destination];
    return this.add([
      "COPY",
      ...copyFlags(this.state.earlier, options),
      ...(isPlain(paths) ? (paths as string[]) : [jsonWords("COPY", paths)]),
    ]);
  }

  /** WORKDIR: created if missing; a relative path is resolved against the previous one. */
  workdir(path: string | Expanded): this {
    return this.add(["WORKDIR", word("WORKDIR", path)]);
  }

  /** ENV, for the build and the container. Values cannot contain line breaks; an expanded value can use the previous ones. */
  env(values: Readonly<Record<string, string | Expanded>>): this {
    return this.addPairs(
      "ENV",
      values,
      /^[A-Za-z_][\w.-]*$/,
      "letters, digits and _, not beginning with a digit",
    );
  }

  /** ARG: a variable of the build, in force from here to the end of the stage. */
  arg(name: string, defaultValue?: string | Expanded): this {
    if (!/^[A-Za-z_]\w*$/.test(checkText("ARG", name)))
      refuse("ARG", "be a name of letters, digits and _, not beginning with a digit", name, "rename it");
    return this.add([
      "ARG",
      defaultValue === undefined ? name : `${name}=${quoted(`ARG ${name}`, defaultValue)}`,
    ]);
  }

  /** EXPOSE documents a port; it publishes nothing. */
  expose(port: number, protocol: "tcp" | "udp" | "sctp" = "tcp"): this {
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      refuse("EXPOSE", "be a whole number from 1 to 65535", port, "write for example 8080");
    if (!["tcp", "udp", "sctp"].includes(protocol))
      refuse("EXPOSE", "be tcp, udp or sctp", protocol, "leave it out for tcp");
    return this.add(["EXPOSE", `${String(port)}/${protocol}`]);
  }

  /** USER: `user`, `user:group` or their numbers, for RUN, CMD and ENTRYPOINT from here on. */
  user(user: string | Expanded): this {
    return this.add(["USER", word("USER", user)]);
  }

  /** VOLUME: absolute paths that get an anonymous volume unless something is mounted there. */
  volume(...paths: readonly [string | Expanded, ...(string | Expanded)[]]): this {
    for (const path of paths) {
      if (typeof path === "string" && !path.startsWith("/"))
        refuse("VOLUME", "be an absolute path", path, `write ${JSON.stringify(`/${path}`)}`);
    }
    if (paths.length === 0) refuse("VOLUME", "name a path", [], 'write for example "/data"');
    return this.add(["VOLUME", jsonWords("VOLUME", paths)]);
  }

  /** HEALTHCHECK; `"NONE"` disables that of the base image. */
  healthCheck(probe: Command, options: HealthCheckOptions = {}): this {
    if (probe === "NONE") return this.add(["HEALTHCHECK", "NONE"]);
    if (Array.isArray(probe) && probe.length === 0)
      refuse("HEALTHCHECK", "have at least one argument", probe, 'write a command or "NONE"');
    return this.add(["HEALTHCHECK", ...healthCheckFlags(options), "CMD", command("HEALTHCHECK", probe)]);
  }

  /** ENTRYPOINT; the list form receives signals itself. An empty list removes the one of the base image. */
  entrypoint(value: Command): this {
    return this.add(["ENTRYPOINT", command("ENTRYPOINT", value)]);
  }

  /** CMD: the command, or the arguments of ENTRYPOINT. */
  cmd(value: Command): this {
    return this.add(["CMD", command("CMD", value)]);
  }

  /** LABEL. Values cannot contain line breaks. */
  label(values: Readonly<Record<string, string | Expanded>>): this {
    return this.addPairs(
      "LABEL",
      values,
      /^[A-Za-z0-9][\w./-]*$/,
      "letters, digits and . / _ -, beginning with a letter or a digit",
    );
  }

  /** STOPSIGNAL: a name such as `"SIGQUIT"` or a number. */
  stopSignal(signal: string | number): this {
    const valid =
      typeof signal === "number"
        ? Number.isInteger(signal) && signal >= 1 && signal <= 64
        : /^SIG[A-Z]+\d*([+-]\d+)?$/.test(signal);
    if (!valid) refuse("STOPSIGNAL", "be a signal", signal, 'write for example "SIGTERM"');
    return this.add(["STOPSIGNAL", String(signal)]);
  }

  /** SHELL: what runs the text form of RUN, CMD, ENTRYPOINT and HEALTHCHECK from here on. */
  shell(value: readonly [string, ...string[]]): this {
    if (!Array.isArray(value) || value.length === 0)
      refuse("SHELL", "be a list that is not empty", value, 'write for example ["/bin/bash", "-c"]');
    return this.add(["SHELL", jsonArguments("SHELL", value)]);
  }

  /** A comment, one line per argument. */
  comment(text: string): this {
    const lines = checkText("comment", text).split(/\r?\n|\r/);
    return this.add([lines.map((line) => `# ${line}`.trimEnd()).join("\n")]);
  }

  /** The Dockerfile, with a line break at its end. */
  toString(): string {
    return `${this.state.lines.join("\n")}\n`;
  }

  private addPairs(
    instruction: string,
    values: Readonly<Record<string, string | Expanded>>,
    key: RegExp,
    bound: string,
  ): this {
    if (!isStructure(values))
      refuse(instruction, "have names and values", values, 'write for example { A: "1" }');
    const pairs = Object.entries(values).map(([name, value]) => {
      if (!key.test(name)) refuse(instruction, `have names of ${bound}`, name, "rename it");
      return `${name}=${quoted(`${instruction} ${name}`, value)}`;
    });
    if (pairs.length === 0) refuse(instruction, "have at least one value", {}, "leave out the call");
    // Docker expands variables with the values before the instruction: an expanded value starts a new instruction.
    const expands = Object.values(values).some((value) => typeof value !== "string");
    const between = expands ? `\n${instruction} ` : ` \\\n${" ".repeat(instruction.length + 1)}`;
    return this.add([instruction, pairs.join(between)]);
  }

  private stage(image: string, options: StageOptions<string>): Dockerfile<string, string> {
    const { lines, earlier, current } = this.state;
    const stages = current === undefined ? earlier : [...earlier, current];
    if (image !== "scratch" && !stages.includes(image)) imageName("FROM", image);
    const flags = options.platform === undefined ? [] : [`--platform=${platform(options.platform)}`];
    const name = options.as === undefined ? [] : ["AS", stageName(options.as, stages)];
    const text = ["FROM", ...flags, image, ...name].join(" ");
    return new Dockerfile({
      lines: lines.length === 0 ? [text] : [...lines, "", text],
      earlier: stages,
      current: options.as,
    });
  }

  private add(parts: readonly string[]): this {
    const text = parts.join(" ");
    const long = text.split("\n").find((line) => Buffer.byteLength(line) > LONGEST_LINE);
    if (long !== undefined) {
      refuse(
        parts[0] as string,
        `have lines of at most ${String(LONGEST_LINE)} bytes`,
        `${long.slice(0, 40)}...`,
        "copy a file instead",
      );
    }
    return new Dockerfile({ ...this.state, lines: [...this.state.lines, text] }) as this;
  }
}

function isList(
  source: string | Expanded | readonly (string | Expanded)[],
): source is readonly (string | Expanded)[] {
  return Array.isArray(source);
}

/** Pulumi.yaml's `runtime.options`, as the engine hands them over; what this host does not know it ignores. */
export interface RuntimeOptions {
  /** Whether the program may be TypeScript. Default true. */
  readonly typescript: boolean;
  /** Path of the tsconfig.json to transpile with. Default: the SDK looks for one. */
  readonly tsconfig?: string;
  /** Arguments for Node itself, before the program. Default none. */
  readonly nodeargs: readonly string[];
}

/** Reads the options; a value of another type counts as not given. */
export function runtimeOptions(given: Readonly<Record<string, unknown>> = {}): RuntimeOptions {
  const { typescript, tsconfig, nodeargs } = given;
  return {
    typescript: typescript !== false,
    ...(typeof tsconfig === "string" && tsconfig !== "" ? { tsconfig } : {}),
    nodeargs: typeof nodeargs === "string" ? words(nodeargs) : [],
  };
}

/** Splits a command line at blanks; single or double quotes keep a word together. */
export function words(line: string): string[] {
  const found = line.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  return found.map((word) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ""),
  );
}

interface Options {
  readonly target?: string | undefined;
  readonly args?: Readonly<Record<string, string>> | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly platform?: string | undefined;
  readonly noCache?: boolean | undefined;
}

/** The options of BuildKit's Dockerfile frontend. Source: moby/buildkit, frontend/dockerui/config.go. */
export function frontendAttributes(
  { target, args = {}, labels = {}, platform, noCache }: Options,
  dockerfile: string,
): Record<string, string> {
  const each = (kind: string, values: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [`${kind}:${key}`, value]));
  return {
    filename: dockerfile,
    ...(target !== undefined && { target }),
    ...(platform !== undefined && { platform }),
    // Without the name of a stage it means all of them.
    ...(noCache === true && { "no-cache": "" }),
    ...each("build-arg", args),
    ...each("label", labels),
  };
}

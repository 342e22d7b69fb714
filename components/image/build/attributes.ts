interface Options {
  readonly target?: string | undefined;
  readonly args?: Readonly<Record<string, string>> | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly platform?: string | undefined;
  readonly noCache?: boolean | undefined;
  readonly network?: string | undefined;
  readonly extraHosts?: Readonly<Record<string, string>> | undefined;
}

/** The options of BuildKit's Dockerfile frontend. Source: moby/buildkit, frontend/dockerui/config.go. */
export function frontendAttributes(
  { target, args = {}, labels = {}, platform, noCache, network, extraHosts = {} }: Options,
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
    ...(network !== undefined && { "force-network-mode": network }),
    ...(Object.keys(extraHosts).length > 0 && { "add-hosts": hostsOf(extraHosts).join(",") }),
    ...each("build-arg", args),
    ...each("label", labels),
  };
}

/** Each as `NAME=ADDRESS`. */
export function hostsOf(extraHosts: Readonly<Record<string, string>>): string[] {
  return Object.entries(extraHosts).map(([name, address]) => `${name}=${address}`);
}

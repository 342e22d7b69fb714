import type Docker from "dockerode";

/**
 * Gives a container its name. One that runs on an overlay network cannot be renamed there (moby/moby#42351): it leaves the
 * network for that, which cuts what is under way in it. Where Docker picked a port for it, it would pick another one then,
 * and the name that it has is the lesser evil.
 */
export async function rename(engine: Docker, id: string, name: string): Promise<void> {
  const container = engine.getContainer(id);
  // The list of containers can be a moment behind; this is not.
  const { Name, State, HostConfig, NetworkSettings } = await container.inspect();
  if (Name === `/${name}`) return;
  const joined: [string, Endpoint][] = Object.values(NetworkSettings.Networks).map((endpoint) => [
    endpoint.NetworkID,
    endpoint,
  ]);
  const overlays = State.Running ? await overlaysAmong(engine, joined) : [];
  if (overlays.length > 0 && overlays.length === joined.length && hasPickedPort(HostConfig.PortBindings))
    return;
  for (const [network] of overlays) await engine.getNetwork(network).disconnect({ Container: id });
  try {
    await container.rename({ name });
  } finally {
    for (const [network, { Aliases, IPAMConfig }] of overlays)
      await engine.getNetwork(network).connect({ Container: id, EndpointConfig: { Aliases, IPAMConfig } });
  }
}

/** What is said of a container on a network, and said again. */
type Endpoint = Pick<Docker.EndpointSettings, "Aliases" | "IPAMConfig">;

async function overlaysAmong(engine: Docker, joined: readonly [string, Endpoint][]) {
  const swarmWide = await Promise.all(
    joined.map(async ([network]) => {
      const { Scope } = (await engine.getNetwork(network).inspect()) as { readonly Scope: string };
      return Scope === "swarm";
    }),
  );
  return joined.filter((_, index) => swarmWide[index]);
}

function hasPickedPort(bindings: unknown): boolean {
  const published = Object.values((bindings ?? {}) as Record<string, { HostPort?: string }[] | null>).flat();
  return published.some((each) => (each?.HostPort ?? "0").replace(/^0*$/, "") === "");
}

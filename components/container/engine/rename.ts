import type Docker from "dockerode";

/**
 * Renames a container. A running container cannot be renamed on an overlay network (moby/moby#42351):
 * it is disconnected for that, which closes its connections. If Docker picked its port, it would pick a
 * different one then, so it keeps its name.
 */
export async function rename(engine: Docker, id: string, name: string): Promise<void> {
  const container = engine.getContainer(id);
  // The list of containers can be slightly outdated; this is not.
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

/** The settings of a container on a network, to restore them. */
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

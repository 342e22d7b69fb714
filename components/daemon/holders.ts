import { createServer } from "node:net";

import type Docker from "dockerode";

import { ownerOf } from "../values/host-view";
import type { ProviderPort } from "../provider/parts";
import type { LiveContainer } from "../values/live-container";
import { overlap } from "../values/port";

/** Who has something that a component wants. */
export interface Holder {
  readonly id: string;
  readonly owner: string;
}

/** The container of somebody else that has a name; undefined where it is free or held by one of our own. */
export async function nameHolder(
  engine: Docker,
  name: string,
  own: readonly LiveContainer[],
): Promise<Holder | undefined> {
  const listed = await engine.listContainers({ all: true, filters: { name: [`^/${name}$`] } });
  const [holder] = listed.filter(({ Id }) => !own.some(({ id }) => id === Id));
  return holder && { id: holder.Id, owner: ownerOf(holder.Labels) };
}

/** Who publishes the ports that a start did not get, as a remedy; undefined where ports are not the cause. */
export async function portHolders(
  engine: Docker,
  cause: string,
  ports: unknown,
): Promise<string | undefined> {
  if (!/port is already allocated|address already in use/.test(cause)) return undefined;
  const wanted = new Set(
    (Array.isArray(ports) ? (ports as { external?: number }[]) : []).map(({ external }) => external),
  );
  const holders = (await engine.listContainers()).flatMap(({ Names, Ports, Labels }) =>
    Ports.filter(({ PublicPort }) => wanted.has(PublicPort)).map(
      ({ PublicPort }) =>
        `${(Names[0] ?? "").replace(/^\//, "")} (${ownerOf(Labels)}) publishes port ${String(PublicPort)}`,
    ),
  );
  return holders.length > 0
    ? `${[...new Set(holders)].join(", ")}: free that port or choose another`
    : `a process outside of Docker listens there (ss -ltnp shows it): free port ${[...wanted].join(", ")} or choose another`;
}

/** What a container is about to publish, as the provider names it. */
export type WantedPort = Omit<ProviderPort, "internal">;

/**
 * The ports that somebody else holds, with the holder: known before anything is stopped for them. Processes outside of
 * Docker are seen on this machine only.
 */
export async function takenPorts(
  engine: Docker,
  ports: readonly WantedPort[],
  own: readonly LiveContainer[],
): Promise<string[]> {
  const running = await engine.listContainers();
  const taken = await Promise.all(
    ports.map(async ({ external, ip = "0.0.0.0", protocol = "tcp" }) => {
      if (external === undefined) return [];
      const holders = running.filter(({ Ports }) =>
        Ports.some((port) => port.PublicPort === external && port.Type === protocol && overlap(port.IP, ip)),
      );
      const [other] = holders.filter(({ Id }) => !own.some(({ id }) => id === Id));
      const port = `port ${ip}:${String(external)}/${protocol}`;
      if (other !== undefined)
        return [`${port} belongs to container ${(other.Names[0] ?? "").slice(1)} (${ownerOf(other.Labels)})`];
      const local = (engine.modem as { socketPath?: string }).socketPath !== undefined;
      return holders.length === 0 && protocol === "tcp" && local && !(await canListen(ip, external))
        ? [`${port} belongs to a process outside of Docker (ss -ltnp shows it)`]
        : [];
    }),
  );
  return taken.flat();
}

/** False only where the port is in use; whoever may not try, or has no such address, leaves it to Docker. */
export function canListen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      resolve(error.code !== "EADDRINUSE");
    });
    server.listen({ host, port, exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

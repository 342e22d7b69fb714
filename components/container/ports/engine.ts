import { createServer } from "node:net";

import type Docker from "dockerode";

import { ownerOf } from "../../deployment/look/host-view";

/** The holders of the ports that a failed start needed, as a remedy; undefined if ports are not the cause. */
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
    : `a process outside Docker listens there (ss -ltnp shows it): free port ${[...wanted].join(", ")} or choose another`;
}

/** False only if the port is in use; without permission or without that address, Docker decides. */
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

import type { Duplex } from "node:stream";

import type Docker from "dockerode";

/**
 * A connection to BuildKit inside the Engine, over the connection of its client. Source: Docker Engine API, "Initialize
 * interactive session".
 *
 * @param headers in addition to those of the upgrade
 */
export function upgrade(
  engine: Docker,
  path: "/grpc" | "/session",
  headers: Readonly<Record<string, string | readonly string[]>> = {},
): Promise<Duplex> {
  const request = {
    path,
    method: "POST",
    hijack: true,
    headers: { ...headers, Upgrade: "h2c", "Content-Type": "application/octet-stream" },
    // Without a body of known length the client sends an empty chunk, which would be read as a part of the new protocol.
    file: Buffer.alloc(0),
    statusCodes: { 101: true },
  };
  const modem = engine.modem as {
    dial(options: object, done: (error: Error | null, connection: Duplex) => void): void;
  };
  return new Promise((resolve, reject) => {
    modem.dial(request, (error, connection) => {
      if (error === null) resolve(connection);
      else reject(error);
    });
  });
}

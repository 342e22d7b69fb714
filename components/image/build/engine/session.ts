import { randomUUID } from "node:crypto";

import type Docker from "dockerode";

import { fileSync } from "./file-sync";
import { type Method, serve, unary } from "./serve";
import type { Source } from "./source";
import { upgrade } from "./upgrade";

/** What BuildKit may ask for during a build. */
export interface SessionContent {
  /** By the name that the frontend has for them. */
  readonly sources: Readonly<Record<string, Source>>;
  /** Identifies the files that BuildKit has kept of an earlier build. */
  readonly sharedKey: string;
}

/** A connection on which BuildKit asks; it lasts as long as the build. */
export interface Session {
  readonly id: string;
  readonly close: () => void;
}

const SERVING = 1;

export async function openSession(engine: Docker, { sources, sharedKey }: SessionContent): Promise<Session> {
  const id = randomUUID().replaceAll("-", "");
  const methods: Record<string, Method> = {
    "/grpc.health.v1.Health/Check": unary("HealthCheckRequest", "HealthCheckResponse", () => ({
      status: SERVING,
    })),
    "/moby.filesync.v1.FileSync/DiffCopy": fileSync(sources),
  };
  const connection = await upgrade(engine, "/session", {
    "X-Docker-Expose-Session-Uuid": id,
    "X-Docker-Expose-Session-Name": "dockwright",
    "X-Docker-Expose-Session-Sharedkey": sharedKey,
    "X-Docker-Expose-Session-Grpc-Method": Object.keys(methods),
  });
  const session = serve(connection, methods);
  return {
    id,
    close: () => {
      session.destroy();
      connection.destroy();
    },
  };
}

import { randomUUID } from "node:crypto";

import type Docker from "dockerode";

import type { FoundLogin } from "../../../registry/engine";
import { CallError, NOT_FOUND } from "./call";
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
  /** For `RUN --mount=type=secret`, by id. */
  readonly secrets: Readonly<Record<string, string>>;
  /** The login for the registry of a base image. */
  readonly loginOf: (registry: string) => Promise<FoundLogin>;
}

/** A connection on which BuildKit asks; it lasts as long as the build. */
export interface Session {
  readonly id: string;
  readonly close: () => void;
}

const SERVING = 1;

export async function openSession(
  engine: Docker,
  { sources, sharedKey, secrets, loginOf }: SessionContent,
): Promise<Session> {
  const id = randomUUID().replaceAll("-", "");
  const methods: Record<string, Method> = {
    "/grpc.health.v1.Health/Check": unary("HealthCheckRequest", "HealthCheckResponse", () => ({
      status: SERVING,
    })),
    "/moby.filesync.v1.FileSync/DiffCopy": fileSync(sources),
    "/moby.buildkit.secrets.v1.Secrets/GetSecret": unary(
      "GetSecretRequest",
      "GetSecretResponse",
      ({ ID }) => {
        if (!Object.hasOwn(secrets, ID))
          throw new CallError(
            NOT_FOUND,
            `there is no secret ${JSON.stringify(ID)}; add it to build: { secrets }`,
          );
        return { data: Buffer.from(secrets[ID] ?? "") };
      },
    ),
    // A registry without a login is asked anonymously.
    "/moby.filesync.v1.Auth/Credentials": unary(
      "CredentialsRequest",
      "CredentialsResponse",
      async ({ Host }) => {
        const { login, why } = await loginOf(Host);
        if (why !== undefined) throw new CallError(NOT_FOUND, why);
        return { Username: login?.username ?? "", Secret: login?.identitytoken ?? login?.password ?? "" };
      },
    ),
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

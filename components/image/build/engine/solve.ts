/** One build by the BuildKit inside the Docker Engine. */

import { randomUUID } from "node:crypto";
import { connect } from "node:http2";

import type Docker from "dockerode";

import type { Message } from "../messages";
import { call } from "./call";
import { openSession, type SessionContent } from "./session";
import { upgrade } from "./upgrade";

export interface SolveOptions extends SessionContent {
  /** The options of the Dockerfile frontend, such as `target`. */
  readonly attributes: Readonly<Record<string, string>>;
  /** What a step may do beyond the usual, such as `network.host`. */
  readonly entitlements: readonly string[];
  /** The name of the image. */
  readonly name: string;
  readonly onStatus: (status: Message<"StatusResponse">) => void;
}

/** How long the last messages may take after the end of the build. */
const LAST_STATUS_MS = 2000;

/** Resolves when the image has its name. @throws CallError with the words of BuildKit */
export async function solve(
  engine: Docker,
  { attributes, entitlements, name, onStatus, ...content }: SolveOptions,
): Promise<void> {
  const connection = await upgrade(engine, "/grpc");
  const http2 = connect("http://docker", { createConnection: () => connection });
  // Each call on it reports its loss.
  http2.on("error", () => undefined);
  const close = () => {
    http2.destroy();
    connection.destroy();
  };
  try {
    const session = await openSession(engine, content);
    const Ref = randomUUID().replaceAll("-", "");
    const exporter = { Type: "moby", Attrs: { name } };
    const request: Message<"SolveRequest"> = {
      Ref,
      Session: session.id,
      Frontend: "dockerfile.v0",
      FrontendAttrs: attributes,
      Entitlements: entitlements,
      // Engines before 25 read the former, later ones the latter.
      ExporterDeprecated: exporter.Type,
      ExporterAttrsDeprecated: exporter.Attrs,
      Exporters: [exporter],
    };
    const service = "/moby.buildkit.v1.Control";
    const status = call(http2, `${service}/Status`, ["StatusRequest", { Ref }], "StatusResponse", onStatus)
      // The build itself reports the reason.
      .catch(() => undefined);
    try {
      await call(http2, `${service}/Solve`, ["SolveRequest", request], "SolveResponse", () => undefined);
    } finally {
      await Promise.race([status, patience(LAST_STATUS_MS)]);
      session.close();
    }
  } finally {
    close();
  }
}

function patience(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

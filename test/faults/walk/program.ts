import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { BridgeNetwork, Container, Image, Volume } from "../../../components";
import type { World } from "./world";

/** Occurs nowhere else: found in plain text, it was given away. */
export const SECRET = "uncommon-marker-of-the-random-walk-7f3a91";

/** The program that declares a world. */
export function programOf(world: World, context: string): () => Promise<void> {
  mkdirSync(context, { recursive: true });
  const label = `LABEL walk.revision=${world.imageRevision}`;
  writeFileSync(join(context, "Dockerfile"), `FROM debian:bookworm-slim\n${label}\n`);
  return async () => {
    const image = new Image("app", { build: { context } });
    const networks = new Map(world.networks.map((name) => [name, new BridgeNetwork(name)]));
    const volumes = new Map(world.volumes.map((name) => [name, new Volume(name, { protect: false })]));
    for (const [name, service] of Object.entries(world.services)) {
      const volume = service.volume === undefined ? undefined : volumes.get(service.volume);
      new Container(name, {
        image,
        command: ["sh", "-c", "trap 'exit 0' TERM; sleep infinity & wait"],
        environment: { REVISION: String(service.revision) },
        secrets: { token: pulumi.secret(SECRET) },
        ...(service.networks.length > 0 && {
          networks: service.networks.flatMap((each) => networks.get(each) ?? []),
        }),
        mounts: volume === undefined ? [] : [{ volume, path: "/data" }],
        healthCheck: service.healthCheck
          ? { command: "true", intervalSeconds: 0.5, startPeriodSeconds: 5 }
          : "none",
        update: service.order,
        stopGraceSeconds: 2,
        monitorSeconds: 1,
      });
    }
    await Promise.resolve();
  };
}

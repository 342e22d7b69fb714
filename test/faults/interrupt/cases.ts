/** Which runs are cut short, when and how. Pure. */

import fc from "fast-check";

import type { Interruption } from "../pulumi";
import { nextVersion, type World } from "../walk/world";

export const OPERATIONS = ["first up", "replacement", "port move", "down"] as const;
export type Operation = (typeof OPERATIONS)[number];

export interface Case {
  readonly operation: Operation;
  readonly by: Interruption;
  /** Milliseconds after the start of the command. */
  readonly at: number;
  /** What is typed next. */
  readonly next: "dockwright up" | "pulumi up";
}

/** Kills and Ctrl-C in turn, on every operation in turn, each at a random moment of the time that one takes. */
export function casesOf(seed: number, count: number, lengths: Readonly<Record<Operation, number>>): Case[] {
  const thousandths = fc.sample(fc.noBias(fc.nat(1000)), { seed, numRuns: count });
  const signals: Interruption[] = ["SIGKILL", "Ctrl-C", "SIGKILL", "SIGINT", "Ctrl-C twice"];
  return thousandths.map((part, index) => {
    const operation = OPERATIONS[index % OPERATIONS.length] ?? "replacement";
    return {
      operation,
      by: signals[index % signals.length] ?? "SIGKILL",
      at: Math.round(300 + (part / 1000) * lengths[operation]),
      next: index % 3 === 2 ? "pulumi up" : "dockwright up",
    };
  });
}

const service = { order: undefined, networks: [], volume: undefined, healthCheck: false, revision: 1 };

/** A database, what must stop first for its port, what is started beside the old one, and who may get the port. */
export const FIRST: World = {
  services: {
    db: { ...service, volume: "data", networks: ["back"] },
    api: { ...service, networks: ["back", "front"], healthCheck: true },
    web: { ...service, networks: ["front"] },
    proxy: { ...service, networks: ["front"] },
  },
  networks: ["back", "front"],
  volumes: ["data"],
  renamed: {},
  port: "web",
  imageRevision: 1,
  serial: 2,
};

/** What an operation leads to. */
export function after(world: World, operation: Operation): World {
  if (operation === "replacement") return { ...nextVersion(world), imageRevision: world.imageRevision + 1 };
  if (operation === "port move") return { ...world, port: world.port === "web" ? "proxy" : "web" };
  return world;
}

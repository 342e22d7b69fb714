/** Labels: who owns an object, and how Docker Compose finds it. */

import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { input, mapOf, text } from "../internal/guard";
import type { Owner } from "../internal/names";

/** Labels by name. */
export type Labels = Readonly<Record<string, pulumi.Input<string>>>;

const reserved = /^(com\.docker\.compose\.|io\.dockwright\.)/;

export const labels: z.ZodType<Labels> = mapOf(
  input(text()),
  text(
    "a label name that is not empty and not reserved (com.docker.compose.*, io.dockwright.*)",
    (value) => value !== "" && !reserved.test(value),
  ),
);

/** Project, stack and logical name: by these an object is recognised as this program's own. */
export function ownershipLabels(owner: Owner, kind: string, name: string): Record<string, string> {
  return {
    "io.dockwright.kind": kind,
    "io.dockwright.name": name,
    "io.dockwright.project": owner.project,
    "io.dockwright.stack": owner.stack,
  };
}

/** What `docker compose -p <project>-<stack> ps | logs | exec | stop | start` look for on a container. */
export function composeServiceLabels(
  owner: Owner,
  service: string,
  containerNumber: number,
): Record<string, string> {
  return {
    "com.docker.compose.config-hash": "dockwright",
    "com.docker.compose.container-number": String(containerNumber),
    "com.docker.compose.oneoff": "False",
    "com.docker.compose.project": owner.scope,
    "com.docker.compose.service": service,
  };
}

/** All labels of a network or a volume: the user's, the owner's, and what Docker Compose looks for. */
export function objectLabels(owner: Owner, kind: "network" | "volume", name: string, given: Labels = {}) {
  return labelInputs({
    ...given,
    ...ownershipLabels(owner, kind, name),
    "com.docker.compose.project": owner.scope,
    [`com.docker.compose.${kind}`]: name,
  });
}

/** As the provider wants them, in a fixed order. */
export function labelInputs(all: Labels): { label: string; value: pulumi.Input<string> }[] {
  return Object.entries(all)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, value]) => ({ label, value }));
}

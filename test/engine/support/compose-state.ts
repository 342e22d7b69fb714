/** What a Compose project has on the host, as the Engine itself says. */

import { essentialsOf, type Kind } from "../../compose/parity/essentials";
import type { Observed } from "../../compose/parity/compare";
import { docker } from "./docker";

/** Every container, network and volume that carries the project's label. @param as the name that is told in its place */
export function observe(project: string, as = project): Observed {
  return new Map(
    (["container", "network", "volume"] as const).flatMap((kind) =>
      inspected(kind, idsOf(kind, project)).map((each) => {
        const named = JSON.parse(JSON.stringify(each).replaceAll(project, as)) as Inspected;
        return [nameOf(kind, named), { kind, essentials: essentialsOf(kind, named) }] as const;
      }),
    ),
  );
}

export const hasContainers = (project: string): boolean => idsOf("container", project).length > 0;

/** Volumes outlive a destroy on purpose. */
export function removeVolumes(project: string): void {
  const volumes = idsOf("volume", project);
  if (volumes.length > 0) docker("volume", "rm", ...volumes);
}

/** The images of the project's containers, by service. */
export function imagesOf(project: string): ReadonlyMap<string, string> {
  return new Map(
    inspected("container", idsOf("container", project)).map(({ Image: image = "", Config: config }) => [
      config?.Labels["com.docker.compose.service"] ?? "",
      image,
    ]),
  );
}

interface Inspected {
  readonly Name: string;
  readonly Image?: string;
  readonly Config?: { readonly Labels: Readonly<Record<string, string>> };
}

function idsOf(kind: Kind, project: string): string[] {
  const all = kind === "container" ? ["--all"] : [];
  const label = `label=com.docker.compose.project=${project}`;
  return docker(kind, "ls", ...all, "--quiet", "--filter", label)
    .split("\n")
    .filter(Boolean);
}

function inspected(kind: Kind, ids: readonly string[]): Inspected[] {
  return ids.length === 0 ? [] : (JSON.parse(docker(kind, "inspect", ...ids)) as Inspected[]);
}

function nameOf(kind: Kind, { Name: name, Config: config }: Inspected): string {
  const { "com.docker.compose.service": service = "", "com.docker.compose.container-number": number = "" } =
    config?.Labels ?? {};
  return `${kind} ${kind === "container" ? `${service} ${number}` : name}`;
}

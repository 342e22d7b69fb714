/** The plan of the files on a Swarm: the components to create, named by the keys of the file. Pure. */

import type { Project } from "../model/model";
import type { FileObject } from "../model/parts";
import { type Origin, originOf } from "../host/arguments/files";
import { type Finding, findings } from "../host/finding";
import { type PlannedImage, plannedImages } from "../host/images";
import { inOrder, type Planned } from "../host/plan";
import { type PlannedVolume, plannedVolumes } from "../host/volumes";
import { type PlannedOverlay, plannedOverlays } from "./networks";
import { type PlannedSwarmService, plannedSwarmService } from "./service";

export interface SwarmPlan {
  /** The name of the stack, and the prefix of all names on the swarm. */
  readonly stack: string;
  /** By the name under which services refer to them. */
  readonly images: Readonly<Record<string, PlannedImage>>;
  readonly networks: Readonly<Record<string, PlannedOverlay>>;
  readonly volumes: Readonly<Record<string, PlannedVolume>>;
  readonly secrets: Readonly<Record<string, PlannedObject>>;
  readonly configs: Readonly<Record<string, PlannedObject>>;
  /** In the order of their dependencies. */
  readonly services: readonly PlannedSwarmService[];
}

/** A secret or a config of the swarm. */
export type PlannedObject =
  /** Created outside the project. */
  | { readonly external: string }
  | { readonly name: string; readonly from: Origin; readonly labels?: Readonly<Record<string, string>> };

/** @param registry to which built images are pushed */
export function planStack(model: Project, registry?: string): Planned<SwarmPlan> {
  const found = findings();
  const services = inOrder(model.services).map(([name, service]) =>
    plannedSwarmService(name, service, model, registry, found),
  );
  return {
    plan: {
      stack: model.name,
      images: plannedImages(model, found),
      networks: plannedOverlays(model.networks ?? {}, found.fault),
      volumes: plannedVolumes(model.volumes ?? {}),
      secrets: plannedObjects("secrets", model.secrets ?? {}, found.fault),
      configs: plannedObjects("configs", model.configs ?? {}, found.fault),
      services,
    },
    faults: found.faults,
    warnings: found.warnings,
  };
}

function plannedObjects(
  kind: "secrets" | "configs",
  objects: Readonly<Record<string, FileObject>>,
  fault: Finding,
): Record<string, PlannedObject> {
  return Object.fromEntries(
    Object.entries(objects).map(([key, object]): [string, PlannedObject] => {
      const { name = key, external, labels } = object;
      if (external === true) return [key, { external: name }];
      const from = originOf(object);
      if (from === undefined) fault([kind, key], "needs a file, a variable, a content, or external: true");
      return [
        key,
        {
          name,
          from: from ?? { content: "" },
          ...(labels && Object.keys(labels).length > 0 && { labels }),
        },
      ];
    }),
  );
}

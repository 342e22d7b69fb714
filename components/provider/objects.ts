/** Reads images, networks and volumes from the inputs of `@pulumi/docker`. */

import { type Bag, bagOf, listOf, mapOf, textOf } from "../core/untyped";
import { labelsOf } from "./parts";

export interface ReadNetwork {
  readonly labels: Readonly<Record<string, string>>;
  readonly driver: string;
  readonly internal: boolean;
  readonly subnets: readonly string[];
  readonly options: Readonly<Record<string, string>>;
}

export function readNetwork(inputs: Bag): ReadNetwork {
  return {
    labels: labelsOf(inputs),
    driver: textOf(inputs["driver"]) || "bridge",
    internal: inputs["internal"] === true,
    subnets: listOf(inputs["ipamConfigs"]).flatMap((each) => textOf(bagOf(each)["subnet"]) ?? []),
    options: mapOf(inputs["options"]),
  };
}

export interface ReadVolume {
  readonly labels: Readonly<Record<string, string>>;
  /** The name on the host. */
  readonly name: string | undefined;
  readonly driver: string;
  readonly options: Readonly<Record<string, string>>;
}

export function readVolume(inputs: Bag): ReadVolume {
  return {
    labels: labelsOf(inputs),
    name: textOf(inputs["name"]),
    driver: textOf(inputs["driver"]) || "local",
    options: mapOf(inputs["driverOpts"]),
  };
}

export interface ReadImage {
  readonly reference: string | undefined;
  /** Undefined for a pulled image. */
  readonly build:
    | { readonly context: string; readonly dockerfile: string; readonly target: string | undefined }
    | undefined;
}

export function readImage(inputs: Bag): ReadImage {
  const build = bagOf(inputs["build"]);
  return {
    reference: textOf(inputs["name"]),
    build:
      Object.keys(build).length === 0
        ? undefined
        : {
            context: textOf(build["context"]) ?? ".",
            dockerfile: textOf(build["dockerfile"]) ?? "Dockerfile",
            target: textOf(build["target"]),
          },
  };
}

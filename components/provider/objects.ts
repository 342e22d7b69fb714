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

export interface ReadBuild {
  readonly context: string;
  readonly dockerfile: string;
  /** The text of a typed Dockerfile, which has no file. */
  readonly text: string | undefined;
  readonly target: string | undefined;
}

export interface ReadImage {
  readonly reference: string | undefined;
  /** Whether it is built by an `Image`, or by the provider. */
  readonly isBuilt: boolean;
  /** Undefined for an image that the provider does not build. */
  readonly build: ReadBuild | undefined;
}

export function readImage(inputs: Bag): ReadImage {
  const build = readBuild(inputs);
  return {
    reference: textOf(inputs["name"]),
    isBuilt: build !== undefined || Object.keys(bagOf(inputs["triggers"])).length > 0,
    build,
  };
}

/** The build of a resource of the provider, or of the outputs of an `Image`. */
export function readBuild(values: Bag): ReadBuild | undefined {
  const build = bagOf(values["build"]);
  const text = textOf(values["dockerfile"]);
  if (Object.keys(build).length === 0 && text === undefined) return undefined;
  return {
    context: textOf(build["context"]) ?? ".",
    dockerfile: textOf(build["dockerfile"]) ?? "Dockerfile",
    text,
    target: textOf(build["target"]),
  };
}

/** The parts of a normalised project. */

import type { Project, Service } from "./model";

type Item<T> = NonNullable<T> extends readonly (infer I)[] ? I : never;
type Member<T> = NonNullable<NonNullable<T>[keyof NonNullable<T>]>;

export type Deploy = NonNullable<Service["deploy"]>;
export type Rollout = NonNullable<Deploy["update_config"]>;
export type Ulimit = Member<Service["ulimits"]>;
export type FileReference = Item<Service["secrets"]>;
export type Port = Item<Service["ports"]>;
export type Mount = Item<Service["volumes"]>;
export type Network = Member<Project["networks"]>;
export type Volume = Member<Project["volumes"]>;
/** A secret or a config. */
export type FileObject = Member<Project["secrets"]> & Member<Project["configs"]>;

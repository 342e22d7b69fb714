/** Names on the Docker host, derived from the names in the program. */

import * as pulumi from "@pulumi/pulumi";
import { text } from "./schema";

/** The owner of objects: one stack of one project. */
export interface Owner {
  readonly project: string;
  readonly stack: string;
  /** `<project>-<stack>`: separates environments on one host, and is the project name for Docker Compose. */
  readonly scope: string;
  /** A prefix of child names in the program that is not part of the names on the host. @defaultValue nothing */
  readonly prefix?: string;
  /** Whether to take over objects that `docker compose up` created for the same project. @defaultValue `false` */
  readonly adopts?: boolean;
}

/** The names on the host of the children of a component for a whole Compose project. */
export type Scope = Required<Pick<Owner, "scope" | "prefix" | "adopts">>;

const scopes = new WeakMap<pulumi.Resource, Scope>();

/** Makes the children of this component belong to another Compose project. */
export function nameChildren(component: pulumi.Resource, scope: Scope): void {
  scopes.set(component, scope);
}

/** Docker's rule for names of containers, networks and volumes. */
export const objectName = text(
  "a Docker name of 2 to 200 characters: letters, digits, and . _ - after the first",
  (value) => /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(value) && value.length <= 200,
);

/** The current stack, with the scope that the parent sets for its children. */
export function currentOwner(parent?: pulumi.Resource): Owner {
  const project = pulumi.getProject();
  const stack = pulumi.getStack();
  const scope = `${project}-${stack}`
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "-")
    .replace(/^[_-]+/, "");
  return { project, stack, scope, ...(parent && scopes.get(parent)) };
}

/** The name of an object on the host: `<project>-<stack>-<name>`. */
export function hostName(owner: Owner, name: string): string {
  return `${owner.scope}-${localName(owner, name).replace(/[^a-zA-Z0-9_.-]/g, "-")}`;
}

/** A name within its Compose project. */
export function localName({ prefix = "" }: Owner, name: string): string {
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

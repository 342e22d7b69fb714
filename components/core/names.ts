/** Names on the Docker host, made from the names in the program. */

import * as pulumi from "@pulumi/pulumi";
import { text } from "./guard";

/** Whose objects these are: one stack of one project. */
export interface Owner {
  readonly project: string;
  readonly stack: string;
  /** `<project>-<stack>`: keeps environments on one host apart, and is the project name that Docker Compose sees. */
  readonly scope: string;
  /** What the names of a group's children begin with in the program, and not on the host. @defaultValue nothing */
  readonly prefix?: string;
  /** Whether what `docker compose up` made of the same Compose project is taken over. @defaultValue it is not touched */
  readonly adopts?: boolean;
}

/** How the children of a component that stands for a whole Compose project are called on the host. */
export type Scope = Required<Pick<Owner, "scope" | "prefix" | "adopts">>;

const scopes = new WeakMap<pulumi.Resource, Scope>();

/** From here on, what has this component as its parent belongs to another Compose project. */
export function nameChildren(component: pulumi.Resource, scope: Scope): void {
  scopes.set(component, scope);
}

/** The rule of Docker for names of containers, networks and volumes. */
export const objectName = text(
  "a Docker name of 2 to 200 characters: letters, digits, and . _ - after the first",
  (value) => /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(value) && value.length <= 200,
);

/** The stack that is running now, with the scope that the parent gives to its children. */
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

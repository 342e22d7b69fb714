/** Names on the Docker host, made from the names in the program. */

import * as pulumi from "@pulumi/pulumi";
import { text } from "./guard";

/** Whose objects these are: one stack of one project. */
export interface Owner {
  readonly project: string;
  readonly stack: string;
  /** `<project>-<stack>`: keeps environments on one host apart, and is the project name that Docker Compose sees. */
  readonly scope: string;
}

/** The rule of Docker for names of containers, networks and volumes. */
export const objectName = text(
  "a Docker name of 2 to 200 characters: letters, digits, and . _ - after the first",
  (value) => /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(value) && value.length <= 200,
);

/** The stack that is running now. */
export function currentOwner(): Owner {
  const project = pulumi.getProject();
  const stack = pulumi.getStack();
  const scope = `${project}-${stack}`
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "-")
    .replace(/^[_-]+/, "");
  return { project, stack, scope };
}

/** The name of an object on the host: `<project>-<stack>-<name>`. */
export function hostName({ scope }: Owner, name: string): string {
  return `${scope}-${name.replace(/[^a-zA-Z0-9_.-]/g, "-")}`;
}

/** The arguments of a container, each once. */

import type { ContainerArgs } from "../args";
import type { Arguments } from "./argument";
import { identityArguments } from "./identity";
import { operationArguments } from "./operation";
import { networkArguments } from "./network";
import { processArguments } from "./process";
import { resourceArguments } from "./resources";
import { securityArguments } from "./security";

/** TypeScript refuses a table with one too few; each part refuses one too many. */
export const containerArguments = {
  ...resourceArguments,
  ...securityArguments,
  ...processArguments,
  ...networkArguments,
  ...identityArguments,
  ...operationArguments,
} satisfies Arguments<keyof ContainerArgs>;

export type ContainerArguments = typeof containerArguments;

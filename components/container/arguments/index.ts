/** The table of container arguments. */

import type { ContainerArgs } from "../args";
import type { Arguments } from "./argument";
import { identityArguments } from "./identity";
import { operationArguments } from "./operation";
import { networkArguments } from "./network";
import { processArguments } from "./process";
import { resourceArguments } from "./resources";
import { securityArguments } from "./security";

/** TypeScript rejects a missing entry here, and an unknown entry in each part. */
export const containerArguments = {
  ...resourceArguments,
  ...securityArguments,
  ...processArguments,
  ...networkArguments,
  ...identityArguments,
  ...operationArguments,
} satisfies Arguments<keyof ContainerArgs>;

export type ContainerArguments = typeof containerArguments;

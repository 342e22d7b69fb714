/** All rules, for the policy pack, the test helper, and the commands check and audit. */

import type { Rule } from "../rule";
import { aptRules } from "./apt";
import { dockerfileRules } from "./dockerfile";
import { isolationRules } from "./isolation";
import { networkRules } from "./networks";
import { operationRules } from "./operation";
import { stackRules } from "./stack";
import { clusterRules, serviceRules } from "./swarm";
import { volumeRules } from "./volumes";

/** By kind of subject. */
export const rules: readonly Rule[] = [
  ...isolationRules,
  ...operationRules,
  ...serviceRules,
  ...dockerfileRules,
  ...aptRules,
  ...networkRules,
  ...volumeRules,
  ...stackRules,
  ...clusterRules,
];

/** All rules: the one source of the policy pack, the test helper, and the commands check and audit. */

import type { Rule } from "./rule";
import { aptRules } from "./rules/apt";
import { dockerfileRules } from "./rules/dockerfile";
import { isolationRules } from "./rules/isolation";
import { networkRules } from "./rules/networks";
import { operationRules } from "./rules/operation";
import { stackRules } from "./rules/stack";
import { clusterRules, serviceRules } from "./rules/swarm";
import { volumeRules } from "./rules/volumes";

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

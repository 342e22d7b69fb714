/** The common arguments of a secret and a config of a swarm. */

import { wholeNumber } from "../core/guard";
import { hostReference } from "../host/args";
import { labels } from "../deployment/look/labels";
import { objectPrefix } from "./names";

export const swarmObjectShape = {
  name: objectPrefix.optional(),
  labels: labels.optional(),
  keep: wholeNumber(0, 100).optional(),
  host: hostReference.optional(),
};

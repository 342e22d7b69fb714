/** What a secret and a config of a swarm are told alike. */

import { wholeNumber } from "../internal/guard";
import { hostReference } from "./docker-host";
import { labels } from "./labels";
import { objectPrefix } from "./swarm-names";

export const swarmObjectShape = {
  name: objectPrefix.optional(),
  labels: labels.optional(),
  keep: wholeNumber(0, 100).optional(),
  host: hostReference.optional(),
};

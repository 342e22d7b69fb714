/** The keys for the process of a service. */

import * as k from "./aspects/key";
import { NO_INPUT, refusedWhen } from "./aspects/limit";
import * as merging from "./aspects/merging";

export const program = k.key(k.command, {
  merge: merging.replace,
  host: refusedWhen(
    "an empty list, or one with an empty word",
    NO_INPUT,
    "omit it to use the image's command; let a shell pass an empty word, as in sh -c 'exec redis-server --save \"\"'",
  ),
});

export const restart = k.key(k.text, {
  host: refusedWhen(
    "all but `no`, `always`, `unless-stopped`, `on-failure`",
    "is not a restart policy of Docker",
    "use one of them",
  ),
});

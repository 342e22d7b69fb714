/** The key `gpus` of a service. */

import * as k from "./aspects/key";
import { butFor, LEAVE_OUT, NO_TASK, ONE_HOST, refused, warned } from "./aspects/limit";
import * as long from "./aspects/long";
import * as shape from "./aspects/shape";
import { deviceRequests } from "./shared";

const GPUS = "is not supported yet: a container gets all GPUs, or the named ones";

export const gpus = k.short(
  { text: shape.wordOf("all") },
  deviceRequests([], {
    capabilities: butFor(
      ["gpu"],
      warned("is left to the image", "set NVIDIA_DRIVER_CAPABILITIES under environment"),
    ),
    count: butFor(["-1", "all"], refused(GPUS, "list them in device_ids, or use all")),
    driver: butFor(["nvidia"], refused(GPUS, "remove it to use the NVIDIA driver")),
    options: refused(GPUS, LEAVE_OUT),
  }),
  { long: long.everyDevice, swarm: refused(NO_TASK, ONE_HOST) },
);

/** The keys of `blkio_config`. */

import type { Plain } from "../source/node";
import { plainText } from "../model/values";
import * as k from "./aspects/key";
import { LEAVE_OUT, NO_INPUT, refusedYet, warned } from "./aspects/limit";
import * as read from "./aspects/read";
import * as shape from "./aspects/shape";

const leftOut = warned(NO_INPUT, LEAVE_OUT);

const field = (value: Plain, key: string): Plain => (shape.isMapping(value) ? (value[key] ?? null) : null);

/** Compose prints the keys below `blkio_config` capitalised. */
const blockLimits = k.key(
  k.listOf(
    k.decoded(k.record({ path: k.text, rate: k.leaf(shape.whole, read.bytes) }), (value, at, report) => ({
      Path: plainText(field(value, "path")),
      Rate: read.bytes(field(value, "rate") ?? 0, [...at, "rate"], report) ?? "0",
    })),
  ),
  { host: refusedYet },
);
const weights = k.listOf(
  k.decoded(k.record({ path: k.text, weight: k.leaf(shape.whole, read.whole) }), (value, at, report) => ({
    Path: plainText(field(value, "path")),
    Weight: read.unsigned(field(value, "weight") ?? 0, [...at, "weight"], report) ?? 0,
  })),
);

export const blkioConfig = k.record({
  weight: k.leaf(shape.whole, read.natural, { host: leftOut }),
  weight_device: k.key(weights, { host: leftOut }),
  device_read_bps: blockLimits,
  device_read_iops: blockLimits,
  device_write_bps: blockLimits,
  device_write_iops: blockLimits,
});

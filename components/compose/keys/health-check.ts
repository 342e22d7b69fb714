/** The keys of `healthcheck`. */

import { plainText } from "../model/values";
import * as k from "./aspects/key";
import { refusedWhen, warnedYet } from "./aspects/limit";
import * as merging from "./aspects/merging";
import * as read from "./aspects/read";
import * as shape from "./aspects/shape";

const healthTest: read.Decoder<readonly string[]> = (value) => {
  const test = Array.isArray(value) ? value.map(plainText) : ["CMD-SHELL", plainText(value)];
  return test.length === 0 ? undefined : test;
};

export const healthcheck = k.record({
  test: k.leaf(shape.either({ text: shape.text, list: shape.listOf(shape.text) }), healthTest, {
    merge: merging.replace,
    host: refusedWhen(
      "missing beside other keys",
      "is required: the image's own check cannot be changed in part",
      "write the whole check",
    ),
  }),
  timeout: k.duration,
  interval: k.duration,
  retries: k.leaf(shape.numeric, read.unsigned, { cast: "whole" }),
  start_period: k.duration,
  start_interval: k.key(k.duration, { host: warnedYet }),
  disable: k.key(k.flag, { cast: "truth" }),
});

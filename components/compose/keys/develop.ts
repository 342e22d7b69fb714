/** The keys of `develop`. */

import * as k from "./aspects/key";
import { warned } from "./aspects/limit";
import * as long from "./aspects/long";
import * as path from "./aspects/path";
import * as read from "./aspects/read";
import { notEmpty } from "./aspects/rule";
import { hook } from "./shared";
import * as shape from "./aspects/shape";

const words = k.leaf(shape.textOrTexts, read.texts);
const patterns = k.key(words, { long: long.oneOrMany });

const watch = k.record(
  {
    path: k.always(k.leaf(shape.text, read.text, { path: path.pathUnlessEmpty, rule: notEmpty }), ""),
    action: k.always(
      k.leaf(shape.wordOf("rebuild", "sync", "restart", "sync+restart", "sync+exec"), read.text),
      "",
    ),
    exec: k.always(hook, { command: null }),
    target: k.text,
    include: patterns,
    ignore: patterns,
    initial_sync: k.leaf(shape.oneOf("truth"), read.flag),
  },
  { required: ["path", "action"] },
);

export const develop = k.key(k.orNull(k.record({ watch: k.listOf(watch) })), {
  host: warned("is for docker compose watch", "keep it for development; it has no effect here"),
});

/** The keys with which a service refers to other services and to files. */

import { fill, secretPath } from "./aspects/fill";
import * as k from "./aspects/key";
import { butFor, LEAVE_OUT, refused, refusedWhen, warnedWhen } from "./aspects/limit";
import * as long from "./aspects/long";
import * as merging from "./aspects/merging";
import * as path from "./aspects/path";
import * as read from "./aspects/read";
import { fileReference } from "./shared";
import * as shape from "./aspects/shape";
import { itsPath, mountedAt } from "./aspects/unique";

const { append } = merging;

const dependency = k.key(
  k.record(
    {
      required: k.always(k.leaf(shape.oneOf("truth"), read.truth), true),
      condition: k.leaf(
        shape.wordOf("service_started", "service_healthy", "service_completed_successfully"),
        read.text,
        {
          swarm: refused(
            "waits until a service has completed, but a Swarm service keeps running",
            "run it as a Job on one host, or as a step of the image's entrypoint",
            ["service_completed_successfully"],
          ),
        },
      ),
      restart: k.key(k.flag, {
        host: warnedWhen("`true`", "does not restart this service with the other one", LEAVE_OUT),
      }),
    },
    { required: ["condition"] },
  ),
  { long: fill(() => ({ condition: "service_started", required: true })) },
);

export const dependsOn = k.short({ list: k.texts.shape }, k.mapOf(dependency, shape.NAME), {
  long: long.dependencies,
  merge: merging.dependencies,
});

const oneEnvFile = k.short(
  { text: shape.text },
  k.record(
    { path: k.key(k.text, { path: path.pathUnlessEmpty }), format: k.text, required: k.truth },
    { required: ["path"] },
  ),
  { long: long.under("path", { required: true }) },
);

export const envFile = k.unprinted(
  k.short({ text: shape.text }, k.listOf(oneEnvFile), {
    long: long.oneOrMany,
    merge: append,
    unique: itsPath,
  }),
);

export const labelFile = k.unprinted(
  k.each(
    k.leaf(shape.either({ text: shape.text, list: shape.listOf(shape.text) }), read.texts, {
      long: long.oneOrMany,
      merge: append,
    }),
    { path: path.pathUnlessEmpty },
  ),
);

export const extends_ = k.unprinted(
  k.short(
    { text: shape.text },
    k.record(
      { service: k.text, file: k.key(k.text, { path: path.pathUnlessEmpty }) },
      { required: ["service"] },
    ),
  ),
);

export const models = k.short(
  { list: k.texts.shape },
  k.mapOf(k.orNothing(k.record({ endpoint_var: k.text, model_var: k.text }))),
  {
    long: long.names,
    merge: merging.names,
    host: refused(
      "needs the model runner of Docker Desktop",
      "run the model as a service of its own, and give its address as a variable",
    ),
  },
);

const option = shape.oneOf("text", "number", "truth");

export const provider = k.key(
  k.record(
    {
      type: k.text,
      options: k.mapOf(
        k.leaf(
          shape.either({ text: option, number: option, truth: option, list: shape.listOf(option) }),
          read.texts,
        ),
      ),
    },
    { required: ["type"] },
  ),
  { host: refused("delegates the service to another program", "define the service by its image") },
);

const name = refusedWhen("a name", "is not known to a node", "write the number");
const owner: k.Aspects = {
  host: butFor(
    ["0"],
    refused("has no effect: the file belongs to root", "set mode so that the program can read the file"),
  ),
  swarm: name,
};

const kept = (kind: string, instead: string): k.Aspects => ({
  host: refusedWhen(
    "one without a content of its own",
    `needs one: a Docker host does not store ${kind}`,
    instead,
  ),
  swarm: "supported",
});

export const configs = k.key(k.listOf(fileReference(owner)), {
  unique: mountedAt(""),
  ...kept("configs", "use file, environment or content"),
});

export const secrets = k.key(k.listOf(k.key(fileReference(owner), { fill: secretPath })), {
  unique: mountedAt("/run/secrets"),
  ...kept("secrets", "use file or environment"),
});

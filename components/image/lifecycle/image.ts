/** The builds of an image on the host: an existing build is reused, the last ones are kept. */

import { randomBytes } from "node:crypto";

import type * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import { failureText } from "../../core/text/failure-report";
import type { Conflict } from "../../deployment/plan/conflict";
import {
  hasBuild,
  haveBuild,
  isNamed,
  keepBuilds,
  nameAgain,
  nameAlso,
  whyNotToBeHad,
} from "../engine/builds";
import type { Placement } from "../../host/args";

import { promiseOf } from "../../core/later";
import type { Owner } from "../../core/names";
import { tell } from "../../core/tell";
import { failUpdate } from "../../deployment/fail";
import { errorHook, resourceHook } from "../../deployment/hooks";
import { hookKey } from "../../deployment/hook-key";
import type { BuildRequest } from "../build";
import { buildImage } from "./build";
import { havePulled, isGone } from "./gone-image";
import { pullHook } from "./first-pull";
import { tellMoved } from "./moved-tag";
import { notThere } from "../not-there";
import { pullRemedy } from "../pull-remedy";
import { type Deployment, deploymentOf } from "../../deployment/deployment";

/** Part of the triggers of a build: a new value rebuilds an image that is missing on the host. */
const AGAIN = "again";

interface ImagePlan {
  readonly name: string;
  /** The reference to pull; undefined for a build, or if the registry requires a login. */
  readonly reference: string | undefined;
  /** Pulled with the login that Docker has, not with that of a Registry. */
  readonly withLogin: boolean;
  /** The base images by tag, or the image itself. */
  readonly tags: readonly string[];
  readonly repository: string;
  readonly tag: string;
  /** Further names of a build. */
  readonly names: readonly string[];
  /** Undefined for an image that is pulled. */
  readonly build: BuildRequest | undefined;
  /** The parts of a build, for the preview. */
  readonly parts: Readonly<Record<string, string>>;
  /** How many previous builds are kept. */
  readonly keep: number;
  readonly placement: Placement;
}

/**
 * The lifecycle of an image. An existing build is reused, and old builds are removed at the end; Pulumi
 * itself removes none. A manually removed image is rebuilt or pulled again.
 */
export function bindImage(
  component: pulumi.Resource,
  owner: Owner,
  { name, reference, withLogin, tags, repository, tag, names, build, parts, keep, placement }: ImagePlan,
): {
  readonly triggers: pulumi.Input<Record<string, string>>;
  readonly options: pulumi.CustomResourceOptions;
  /** The reference for containers, once the image is on the host. */
  readonly source: (image: docker.RemoteImage) => pulumi.Output<string>;
  readonly whenReady: (id: pulumi.Output<string>) => pulumi.Output<string>;
} {
  const run = deploymentOf(component, placement);
  const plain = { triggers: { ...parts }, options: {}, whenReady: (id: pulumi.Output<string>) => id };
  if (run !== undefined && reference !== undefined)
    run.conflicts.add(run, component, async () => {
      const why = await whyNotToBeHad(run.engine, reference);
      return why === undefined ? [] : [pullConflict(name, reference, why)];
    });
  if (run !== undefined && pulumi.runtime.isDryRun()) tellMoved(run, component, name, tags);
  if (run === undefined)
    return { ...plain, source: (image) => (build === undefined ? image.imageId : image.name) };
  if (build === undefined)
    return {
      ...plain,
      options: pulumi.runtime.isDryRun()
        ? {}
        : {
            hooks: {
              ...(withLogin && { beforeCreate: [pullHook(run, hookKey("image", name), name)] }),
              onError: [explainFailure(run, component, name, hookKey("image", name), false)],
            },
          },
      source: (image) =>
        pulumi
          .all([image.imageId, image.name, image.repoDigest])
          .apply(([id, named, digest]) => havePulled(run, component, name, { id, reference: named, digest })),
    };
  const wanted = `${repository}:${tag}`;
  // A preview changes nothing, not even a tag.
  const known = (pulumi.runtime.isDryRun() ? haveBuild : hasBuild)(run.engine, repository, tag)
    // The containers or the build report an unreachable host.
    .catch(() => false);
  const gone = known.then((has) => !has && isGone(run, wanted)).catch(() => false);
  const triggers = pulumi.output(
    gone.then((is) => (is ? { ...parts, [AGAIN]: randomBytes(4).toString("hex") } : { ...parts })),
  );
  const asBefore: pulumi.ResourceTransform = async ({ props, opts }) =>
    (await gone)
      ? undefined
      : { props, opts: pulumi.mergeOptions(opts, { ignoreChanges: [`triggers.${AGAIN}`] }) };
  if (pulumi.runtime.isDryRun()) {
    const warn = async (): Promise<void> => {
      const lost = await gone;
      if (lost || !(await isNamed(run.engine, repository, tag).catch(() => true)))
        await tell(
          "warn",
          `image "${name}": ${wanted} was removed manually; an up ${lost ? "builds it again" : "restores its name"}`,
          component,
        );
    };
    return {
      ...plain,
      triggers,
      options: { transforms: [asBefore] },
      source: (image) => {
        // Known in a preview only if the image already exists according to the state.
        image.imageId.apply(warn);
        void gone.then((is) => (is ? warn() : undefined));
        return image.name;
      },
    };
  }
  const key = hookKey("image", name);
  const buildIfMissing = resourceHook(run, `${key}: build`, async () => {
    if (!(await known)) await buildImage(run, component, name, wanted, build);
  });
  const onError = [explainFailure(run, component, name, key, true)];
  return {
    triggers,
    options: { hooks: { beforeCreate: [buildIfMissing], onError }, transforms: [asBefore] },
    source: (image) =>
      image.imageId.apply(async (id) => {
        if (await nameAgain(run.engine, repository, tag, id)) return wanted;
        await run.fail(`image "${name}"`);
        await failUpdate(
          component,
          name,
          failureText({
            what: `image "${name}"`,
            why: `Pulumi's state records ${wanted}, which is not on the host`,
            now: "running containers were not changed",
            next: "pulumi up, which builds it again",
          }),
        );
        return wanted;
      }),
    whenReady: (id) => {
      run.tasks.push(promiseOf(id));
      return id.apply(async (settled) => {
        if (await run.commit()) {
          await nameAlso(run.engine, wanted, names);
          await keepBuilds(run.engine, repository, tag, keep);
        }
        return settled;
      });
    },
  };
}

function pullConflict(name: string, reference: string, why: string): Conflict {
  return {
    what: `image "${name}"`,
    why: `${reference} is not on the host and could not be pulled: ${why}`,
    next: pullRemedy(reference, why),
  };
}

/** Adds the current state and the next command to the provider's error. */
function explainFailure(
  run: Deployment,
  component: pulumi.Resource,
  name: string,
  key: string,
  isBuilt: boolean,
): pulumi.ErrorHook {
  const explain = async ({
    errors,
    newInputs,
    oldInputs,
    failedOperation,
  }: pulumi.ErrorHookArgs): Promise<boolean> => {
    const undone = await run.fail(`image "${name}"`);
    // A deleted resource only has old inputs.
    const reference = String(newInputs?.["name"] ?? oldInputs?.["name"]);
    const goes = failedOperation === "delete";
    await tell(
      "error",
      failureText({
        what: `image "${name}"`,
        why: errors.join(" ").trim(),
        now: goes ? [`${reference} is still on the host`, ...undone].join("; ") : notThere(reference, undone),
        next: goes
          ? `docker image rm ${reference}, which shows what uses it; then run pulumi up again`
          : isBuilt
            ? "pulumi up, which builds it again"
            : `${pullRemedy(reference, errors.join(" "))}; then run pulumi up again`,
      }),
      component,
    );
    return false;
  };
  return errorHook(run, key, explain);
}

/** What the host does with the builds of an image: none is made twice, the last ones are kept. */

import { AsyncResource } from "node:async_hooks";

import type * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import { failureText } from "../values/evidence";
import type { Conflict } from "../values/conflict";
import { hasBuild, isNamed, keepBuilds, nameAgain, whyNotToBeHad } from "../daemon/images";
import type { Placement } from "../values/docker-host";
import { clearStagedContexts, type StagedContext } from "../values/stage-context";

import { promiseOf } from "../internal/later";
import type { Owner } from "../internal/names";
import { tell } from "../internal/tell";
import { failUpdate } from "../deployment/fail";
import { hookKey } from "../deployment/hook-key";
import { tellMoved } from "./moved-tag";
import { type Deployment, deploymentOf } from "../deployment/deployment";
import { stagingHooks } from "./staged-context";

interface ImagePlan<B> {
  readonly name: string;
  /** Where it is pulled from; undefined for one that is built, or whose registry asks who we are. */
  readonly reference: string | undefined;
  /** Images by tag that it stands on, or is. */
  readonly tags: readonly string[];
  readonly repository: string;
  readonly tag: string;
  readonly build: B;
  /** What has to be on disk while it is built. */
  readonly staged: StagedContext | undefined;
  /** How many former builds stay. */
  readonly keep: number;
  readonly placement: Placement;
}

/** What the lifecycle makes of a build: left out where the host has it already, and old ones cleared when all is done. */
export function accompanyImage<B>(
  component: pulumi.Resource,
  owner: Owner,
  { name, reference, tags, repository, tag, build, staged, keep, placement }: ImagePlan<B>,
): {
  readonly build: pulumi.Input<B | undefined>;
  readonly options: pulumi.CustomResourceOptions;
  /** The name, once the host has the build under it. */
  readonly named: (image: docker.RemoteImage) => pulumi.Output<string>;
  readonly settle: (id: pulumi.Output<string>) => pulumi.Output<string>;
} {
  const run = deploymentOf(component, placement);
  if (run !== undefined) clearStagedContexts();
  const plain = { build, options: {}, settle: (id: pulumi.Output<string>) => id };
  if (run !== undefined && reference !== undefined)
    run.conflicts.add(run, component, async () => {
      const why = await whyNotToBeHad(run.engine, reference);
      return why === undefined ? [] : [pullConflict(name, reference, why)];
    });
  if (run !== undefined && pulumi.runtime.isDryRun()) tellMoved(run, component, name, tags);
  if (run === undefined || build === undefined) {
    const options = run === undefined || pulumi.runtime.isDryRun() ? {} : explained(run, component, name);
    return { ...plain, options, named: (image) => image.name };
  }
  const wanted = `${repository}:${tag}`;
  if (pulumi.runtime.isDryRun()) {
    const warn = async (): Promise<void> => {
      if (!(await isNamed(run.engine, repository, tag).catch(() => true)))
        await tell("warn", `image "${name}": ${wanted} was removed by hand; an up gives it back`, component);
    };
    return {
      ...plain,
      named: (image) => {
        // Known in a preview only where the image is there already, as far as Pulumi knows.
        image.imageId.apply(warn);
        return image.name;
      },
    };
  }
  const known = hasBuild(run.engine, repository, tag);
  // An unreachable host is told by the containers, or by the build.
  const missing = known.catch(() => false).then((has) => (has ? undefined : build));
  return {
    build: pulumi.output(missing) as pulumi.Output<B | undefined>,
    options: explained(run, component, name, { staged }),
    named: (image) =>
      image.imageId.apply(async (id) => {
        if (await nameAgain(run.engine, repository, tag, id)) return wanted;
        await run.fail(`image "${name}"`);
        await failUpdate(
          component,
          name,
          failureText({
            what: `image "${name}"`,
            why: `Pulumi's state records ${wanted}, which is not on the host`,
            now: "what runs was not touched",
            next: "pulumi up --refresh, which builds it again",
          }),
        );
        return wanted;
      }),
    settle: (id) => {
      run.tasks.push(promiseOf(id));
      return id.apply(async (settled) => {
        if (await run.commit()) await keepBuilds(run.engine, repository, tag, keep);
        return settled;
      });
    },
  };
}

const pullRemedy = (reference: string): string =>
  `docker pull ${reference}, which must work (is the name right, does the registry ask for a login?)`;

function pullConflict(name: string, reference: string, why: string): Conflict {
  return {
    what: `image "${name}"`,
    why: `${reference} is not on the host, and cannot be pulled: ${why}`,
    next: pullRemedy(reference),
  };
}

function explained(
  run: Deployment,
  component: pulumi.Resource,
  name: string,
  built?: { readonly staged: StagedContext | undefined },
): pulumi.CustomResourceOptions {
  const key = hookKey("image", name);
  const onError = [explainFailure(run, component, name, key, built)];
  return { hooks: { ...(built && stagingHooks(key, `image "${name}"`, built.staged)), onError } };
}

/** Adds to the provider's error how things stand and what to do. */
function explainFailure(
  run: Deployment,
  component: pulumi.Resource,
  name: string,
  key: string,
  built: { readonly staged: StagedContext | undefined } | undefined,
): pulumi.ErrorHook {
  const explain = async ({ errors, newInputs }: pulumi.ErrorHookArgs): Promise<boolean> => {
    built?.staged?.remove();
    const undone = await run.fail(`image "${name}"`);
    const reference = String(newInputs?.["name"]);
    await tell(
      "error",
      failureText({
        what: `image "${name}"`,
        why: errors.join(" ").trim(),
        now: [`there is no ${reference} on the host; what runs was not touched`, ...undone].join("; "),
        next:
          built !== undefined
            ? "correct what the builder complains of above, then run pulumi up again"
            : `${pullRemedy(reference)}; then run pulumi up again`,
      }),
      component,
    );
    return false;
  };
  // Bound to this run: the engine calls hooks from outside of it, where a log would not reach the engine.
  return new pulumi.ErrorHook(key, AsyncResource.bind(explain));
}

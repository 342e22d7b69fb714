/** Binds a service's declaration to what stands on the swarm, and brings it about there. */

import { createHmac, randomBytes } from "node:crypto";
import { AsyncResource } from "node:async_hooks";

import * as pulumi from "@pulumi/pulumi";
import type Docker from "dockerode";

import { type Login, ownOf, removeService, serviceByName, tellService } from "../engine/swarm";
import { serviceById } from "../engine/watch";
import type { Placement } from "../../host/args";
import { conflictsText } from "../../deployment/plan/conflict";
import { failureText } from "../../container/health/evidence";
import { isOfStack, ownerOf } from "../../deployment/look/host-view";
import { localImageConflict, serviceConflicts } from "../conflicts";
import { attemptLabel, canonical, type LiveService, serviceTrouble, specDrift } from "../service/drift";
import type { EnginePort } from "../service/port";
import type { Goal } from "../service/progress";

import { knownOf, promiseOf } from "../../core/later";
import type { Owner } from "../../core/names";
import { tell } from "../../core/tell";
import { tokens } from "../../core/tokens";
import { failUpdate } from "../../deployment/fail";
import { hookKey } from "../../deployment/hook-key";
import type { Deployment } from "../../deployment/deployment";
import { swarmBefore, swarmRun } from "./swarm";
import { awaitService, begin, type Failure } from "./progress";
import { missingText, unwatchedText } from "./texts";

export interface ServicePlan {
  readonly owner: Owner;
  readonly name: string;
  readonly hostName: string;
  readonly placement: Placement;
  /** What the Engine is asked for; its values may be known later. */
  readonly spec: pulumi.Inputs;
  readonly ports: readonly EnginePort[];
  /** By what every node can pull its image; undefined where the manager alone has it. */
  readonly reference: pulumi.Output<string> | undefined;
  readonly goal: Goal & { readonly timeoutSeconds: number };
  readonly login: pulumi.Output<Login> | undefined;
  /** Values that no message may show. */
  readonly secrets: pulumi.Output<readonly string[]>;
}

/** What is known of a service in one run. */
interface Course {
  readonly run: Deployment;
  readonly component: pulumi.Resource;
  readonly plan: ServicePlan;
}

/** Hooks for the resource that makes and removes the service, and what brings it about once that is there. */
export function accompanyService(
  component: pulumi.Resource,
  plan: ServicePlan,
): {
  readonly options: pulumi.CustomResourceOptions;
  /** The id, once the service is what it shall be. */
  readonly settle: (id: pulumi.Output<string>) => pulumi.Output<string>;
} {
  const { owner, name, placement } = plan;
  const run = swarmRun(component, placement);
  if (run === undefined)
    return {
      options: {},
      settle: (id) => {
        new SwarmSpec(name, plan.spec, undefined, { parent: component });
        return id;
      },
    };
  const course: Course = { run, component, plan };
  run.conflicts.add(run, component, async (view) =>
    serviceConflicts(view, (await swarmBefore(run))?.services ?? [], owner, {
      ...plan,
      localImage: plan.reference === undefined,
    }),
  );
  const key = hookKey("service", name);
  return {
    options: {
      hooks: {
        beforeCreate: [
          new pulumi.ResourceHook(
            `conflict check of ${key}`,
            AsyncResource.bind(() => before(course)),
          ),
        ],
        onError: [
          new pulumi.ErrorHook(
            `creation of ${key}`,
            AsyncResource.bind((args: pulumi.ErrorHookArgs) => explain(course, args)),
          ),
        ],
      },
    },
    settle: (id) => {
      const attempt = attemptOf(course);
      new SwarmSpec(name, plan.spec, attempt, { parent: component });
      const ready = id.apply(async (known) => {
        await bring(course, known, attempt);
        return known;
      });
      run.tasks.push(promiseOf(ready));
      return ready;
    },
  };
}

/**
 * What a service is told. Its inputs are that, so that a preview shows what changes; each `up` compares them with what stands
 * on the swarm and tells the service where that differs.
 */
class SwarmSpec extends pulumi.ComponentResource {
  constructor(
    name: string,
    spec: pulumi.Inputs,
    attempt: Promise<string> | undefined,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super(tokens.swarmSpec, `${name}-spec`, { ...spec, ...(attempt && { attempt }) }, opts);
    this.registerOutputs();
  }
}

/** The same as before while the service is what it shall be; else a new one. */
async function attemptOf({ run, component, plan }: Course): Promise<string> {
  const [declared, swarm] = await Promise.all([knownOf(pulumi.output(plan.spec)), swarmBefore(run)]);
  const mark = (spec: object): string =>
    createHmac("sha256", swarm?.clusterId ?? "")
      .update(canonical(spec))
      .digest("hex")
      .slice(0, 8);
  const another = randomBytes(4).toString("hex");
  if (declared === undefined || swarm === undefined) return another;
  const fresh = `${mark(declared)}-${another}`;
  const [live] = ownOf(swarm.services, plan.owner, "service", plan.name);
  if (live === undefined) return fresh;
  const last = live.labels[attemptLabel] ?? "";
  const drift = specDrift(declared, live.spec);
  const trouble = serviceTrouble(live);
  const told = drift.length > 0 && last !== "" && !last.startsWith(mark(live.spec));
  if (told)
    await tell(
      "warn",
      `service "${plan.name}": ${live.name} was changed manually (${drift.slice(0, 5).join(", ")}); it is reset to the declared values`,
      component,
    );
  else if (trouble !== undefined && (drift.length > 0 || live.running < live.desired))
    await tell("warn", `service "${plan.name}": ${trouble}`, component);
  return drift.length === 0 && last !== "" && live.update?.state !== "paused" ? last : fresh;
}

/** On every `up`: tells the service what it shall be where it is not, and waits until it is. A preview does nothing there. */
async function bring({ run, component, plan }: Course, id: string, attempt: Promise<string>): Promise<void> {
  const known = await attempt;
  if (run.failed !== undefined) return;
  const dry = pulumi.runtime.isDryRun();
  const before = await swarmBefore(run);
  if (dry && before === undefined) return;
  const live = await serviceById(run.engine, id);
  if (live === undefined) {
    await run.fail(`service "${plan.name}"`);
    await failUpdate(component, plan.name, missingText(plan, id));
    return;
  }
  // Whether a pulled image has a digest is known when it is pulled.
  const reference = plan.reference === undefined ? undefined : await knownOf(plan.reference);
  if (reference === "" && (before?.nodes ?? 1) > 1) {
    await run.fail(`service "${plan.name}"`);
    await failUpdate(component, plan.name, conflictsText([localImageConflict(plan.name, before?.nodes)]));
    return;
  }
  if (dry) return;
  const [spec, login] = await Promise.all([
    promiseOf(pulumi.output(plan.spec)) as Promise<{ Labels: object }>,
    plan.login && (promiseOf(plan.login) as Promise<Login>),
  ]);
  const trouble = await brought({ run, component, plan }, live, { known, spec, login }).catch(
    (error: unknown) => unwatchedText(plan, error),
  );
  if (trouble === undefined) return;
  await run.fail(`service "${plan.name}"`);
  await failUpdate(component, plan.name, trouble);
}

/** Tells a service what it shall be, where it was not told yet, and waits until it is. Answers what there is to say where that fails. */
async function brought(
  course: Course,
  live: LiveService,
  { known, spec, login }: { known: string; spec: { Labels: object }; login: Login | undefined },
): Promise<string | undefined> {
  const { engine } = course.run;
  const beginning = await begin(engine, live.id);
  const told = { ...spec, Labels: { ...spec.Labels, [attemptLabel]: known } };
  const failure =
    (live.labels[attemptLabel] === known
      ? undefined
      : await tellService(engine, live, told, login).then(
          () => undefined,
          async (error: unknown) => ((await heard(engine, live.id, known)) ? undefined : refusal(error)),
        )) ?? (await awaitService(engine, live.id, course.plan.goal, beginning));
  return failure && failedText(course, live.id, failure);
}

/** A manager may do what it is told and its answer be lost. To tell it again would leave Swarm no former version to go back to. */
async function heard(engine: Docker, id: string, attempt: string): Promise<boolean> {
  return (await serviceById(engine, id))?.labels[attemptLabel] === attempt;
}

function refusal(error: unknown): Failure {
  const { json, message } = error as { json?: { message?: string }; message: string };
  return { why: `Swarm rejected it: ${json?.message ?? message}`, evidence: undefined, rolledBack: false };
}

async function failedText(
  { run, plan }: Course,
  id: string,
  { why, evidence, rolledBack }: Failure,
): Promise<string> {
  const { engine } = run;
  const live = await serviceById(engine, id);
  const count =
    live === undefined ? "" : `${String(live.running)} of ${String(live.desired)} tasks are running`;
  // One that was not turned back must not pass for sound where its tasks happen to run when the next up looks.
  if (live !== undefined && !rolledBack) await unmark(run, live);
  return failureText({
    what: `service "${plan.name}"`,
    why,
    evidence,
    now: rolledBack
      ? `the previous version is serving again (${count})`
      : `${count}; Swarm keeps trying to start the failed tasks`,
    next: `docker service ps --no-trunc ${plan.hostName}; correct the cause, then run pulumi up again to retry`,
    secrets: await (promiseOf(plan.secrets) as Promise<string[]>),
  });
}

async function unmark({ engine }: Deployment, live: LiveService): Promise<void> {
  const { [attemptLabel]: _attempt, ...Labels } = live.labels;
  // Whoever changed it meanwhile has left another mark.
  await tellService(engine, live, { ...live.spec, Labels }, undefined).catch(() => undefined);
}

/** Makes room for a service that is about to be made: one of that name that is our own is left of an interrupted update. */
async function before({ run, plan }: Course): Promise<void> {
  const { owner, name, hostName } = plan;
  if (run.failed !== undefined) throw new Error(`service "${name}" was not created, because ${run.failed}`);
  const holder = await serviceByName(run.engine, hostName);
  if (holder === undefined) return;
  if (isOfStack(holder.labels, owner)) {
    await removeService(run.engine, holder.id);
    return;
  }
  await run.fail(`service "${name}"`);
  throw new Error(
    failureText({
      what: `service "${name}"`,
      why: `the name ${hostName} on the swarm belongs to service ${holder.id.slice(0, 12)}, created by ${ownerOf(holder.labels)}`,
      now: "nothing was changed",
      next: `docker service inspect ${hostName}; remove it if it is yours, or give this one another name (name: "..."); then run pulumi up again`,
    }),
  );
}

/** Adds to the provider's error how things stand and what to do. */
async function explain({ run, component, plan }: Course, args: pulumi.ErrorHookArgs): Promise<boolean> {
  const { name, hostName } = plan;
  await run.fail(`service "${name}"`);
  const deleting = args.failedOperation === "delete";
  await tell(
    "error",
    failureText({
      what: `service "${name}"`,
      why: args.errors.join(" ").trim(),
      now: deleting
        ? `docker service ls shows whether ${hostName} still exists`
        : `there is no ${hostName} on the swarm`,
      next: deleting
        ? "pulumi up --refresh, which reads the current state first"
        : "correct the cause, then run pulumi up again",
    }),
    component,
  );
  return false;
}

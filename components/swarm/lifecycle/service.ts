/** Binds a declared service to the swarm, and updates it there. */

import { createHmac, randomBytes } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import type Docker from "dockerode";

import { type Login, ownOf, removeService, serviceByName, tellService } from "../engine/swarm";
import { serviceById } from "../engine/watch";
import type { Placement } from "../../host/args";
import { conflictsText } from "../../deployment/plan/conflict";
import { failureText } from "../../core/text/failure-report";
import { isOwn, ownerOf } from "../../deployment/look/host-view";
import { identityLabel, type labelInputs } from "../../deployment/look/labels";
import { localImageConflict, serviceConflicts } from "../conflicts";
import { attemptLabel, canonical, type LiveService, serviceTrouble, specDrift } from "../service/drift";
import type { EnginePort } from "../service/port";
import type { Goal } from "../service/progress";

import { knownOf, promiseOf } from "../../core/later";
import type { Owner } from "../../core/names";
import { tell } from "../../core/tell";
import { tokens } from "../../core/tokens";
import { failUpdate } from "../../deployment/fail";
import { errorHook, resourceHook } from "../../deployment/hooks";
import { hookKey } from "../../deployment/hook-key";
import type { Deployment } from "../../deployment/deployment";
import { swarmBefore, swarmRun, withoutRecorded } from "./swarm";
import { awaitService, begin, type Failure } from "./progress";
import { missingText, unwatchedText } from "./texts";

export interface ServicePlan {
  readonly owner: Owner;
  readonly name: string;
  readonly hostName: string;
  readonly placement: Placement;
  /** The specification for the Engine; it can contain outputs. */
  readonly spec: pulumi.Inputs;
  readonly ports: readonly EnginePort[];
  /** The image reference for all nodes; undefined if only the manager has the image. */
  readonly reference: pulumi.Output<string> | undefined;
  readonly goal: Goal & { readonly timeoutSeconds: number };
  readonly login: pulumi.Output<Login> | undefined;
  /** Values to mask in messages. */
  readonly secrets: pulumi.Output<readonly string[]>;
}

/** The state of a service in one run. */
interface Course {
  readonly run: Deployment;
  readonly component: pulumi.Resource;
  readonly plan: ServicePlan;
}

/** The hooks of the resource that creates and removes the service, and the wait for its desired state. */
export function bindService(
  component: pulumi.Resource,
  plan: ServicePlan,
): {
  readonly options: pulumi.CustomResourceOptions;
  /** Further labels of the service, from its creation on. */
  readonly labels: Parameters<typeof labelInputs>[0];
  /** The id, once the service has its desired state. */
  readonly whenReady: (id: pulumi.Output<string>) => pulumi.Output<string>;
} {
  const { owner, name, placement } = plan;
  const run = swarmRun(component, placement);
  if (run === undefined)
    return {
      options: {},
      labels: {},
      whenReady: (id) => {
        new SwarmSpec(name, plan.spec, undefined, { parent: component });
        return id;
      },
    };
  const labels = { [identityLabel]: run.identity };
  const spec = { ...plan.spec, Labels: { ...(plan.spec["Labels"] as object), ...labels } };
  const course: Course = { run, component, plan: { ...plan, spec } };
  run.conflicts.add(run, component, async (view) => {
    const services = (await swarmBefore(run))?.services ?? [];
    return serviceConflicts(view, await withoutRecorded(run, services), owner, {
      ...plan,
      localImage: plan.reference === undefined,
    });
  });
  const key = hookKey("service", name);
  return {
    labels,
    options: {
      hooks: {
        beforeCreate: [resourceHook(run, `${key}: conflict check`, () => before(course))],
        onError: [errorHook(run, `${key}: failure report`, (args) => explain(course, args))],
      },
    },
    whenReady: (id) => {
      const attempt = attemptOf(course);
      new SwarmSpec(name, spec, attempt, { parent: component });
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
 * The specification of a service. Its inputs are the specification, so that a preview shows changes; each `up` compares them
 * with the swarm and updates the service if they differ.
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

/** Unchanged while the service has its desired state; otherwise a new one. */
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
  const [live] = ownOf(swarm.services, await run.identity, "service", plan.name);
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

/** On every `up`: updates the service if needed, and waits for its desired state. A preview changes nothing. */
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
  // Whether a pulled image has a digest is known after the pull.
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

/** Updates a service if needed, and waits for its desired state. Returns the error text on failure. */
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

/** A manager can apply an update although its response is lost. A second update would leave Swarm no previous version for a rollback. */
async function heard(engine: Docker, id: string, attempt: string): Promise<boolean> {
  return (await serviceById(engine, id))?.labels[attemptLabel] === attempt;
}

function refusal(error: unknown): Failure {
  const { json, message } = error as { json?: { message?: string }; message: string };
  return {
    why: `Swarm rejected it: ${json?.message ?? message}`,
    rolledBack: false,
  };
}

async function failedText(
  { run, plan }: Course,
  id: string,
  { why, failureReport, rolledBack }: Failure,
): Promise<string> {
  const { engine } = run;
  const live = await serviceById(engine, id);
  const count =
    live === undefined ? "" : `${String(live.running)} of ${String(live.desired)} tasks are running`;
  // A service without rollback must not count as healthy only because its tasks run at the next up.
  if (live !== undefined && !rolledBack) await unmark(run, live);
  return failureText({
    what: `service "${plan.name}"`,
    why,
    failureReport,
    now: rolledBack
      ? `the previous version is serving again (${count})`
      : `${count}; Swarm keeps trying to start the failed tasks`,
    next: `docker service ps --no-trunc ${plan.hostName}; correct the cause, then run pulumi up again to retry`,
    secrets: await (promiseOf(plan.secrets) as Promise<string[]>),
  });
}

async function unmark({ engine }: Deployment, live: LiveService): Promise<void> {
  const { [attemptLabel]: _attempt, ...Labels } = live.labels;
  // A change by others in the meantime has a different version.
  await tellService(engine, live, { ...live.spec, Labels }, undefined).catch(() => undefined);
}

/** Removes our own service of that name, left by an interrupted update, before a new one is created. */
async function before({ run, plan }: Course): Promise<void> {
  const { name, hostName } = plan;
  if (run.failed !== undefined) throw new Error(`service "${name}" was not created, because ${run.failed}`);
  const holder = await serviceByName(run.engine, hostName);
  if (holder === undefined) return;
  if (isOwn(holder, await run.identity)) {
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

/** Adds the current state and the next command to the provider's error. */
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

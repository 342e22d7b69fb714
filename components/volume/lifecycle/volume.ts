import * as pulumi from "@pulumi/pulumi";

import { bytesIn } from "../engine";
import type { Placement } from "../../host/args";
import { type HostVolume, isOwn } from "../../deployment/look/host-view";
import type { Labels } from "../../deployment/look/given-labels";
import { identityLabel, labelInputs } from "../../deployment/look/labels";
import { isOthers, optionsText, volumeConflicts, volumeFacts } from "../conflicts";

import { knownOf, promiseOf } from "../../core/later";
import type { Owner } from "../../core/names";
import { tell } from "../../core/tell";
import { type Deployment, deploymentOf } from "../../deployment/deployment";
import { hasState } from "../../deployment/state/identity";
import { rawConflict } from "../../deployment/state/raw";
import { types } from "../../deployment/state/recorded";
import { tellTakeOver } from "../../deployment/take-over";
import { followName, isVolumeGone } from "./history";

const RAW_UNKNOWN =
  "not removed by this component; if a docker.Volume of this same stack created it, add an alias to the URN of that resource: " +
  "without the alias, Pulumi removes the volume with its data when that resource is removed from the program";

interface VolumePlan {
  readonly name: string;
  readonly hostName: string;
  /** Whether the program sets the name on the host. */
  readonly isGiven: boolean;
  readonly driver: string;
  readonly driverOptions: Labels | undefined;
  readonly labels: Labels;
  /** The URNs of raw resources that it replaces. */
  readonly aliases: readonly string[];
  readonly placement: Placement;
}

interface Lifecycle {
  readonly hostName: pulumi.Input<string>;
  readonly labels: ReturnType<typeof labelInputs>;
  readonly options: pulumi.CustomResourceOptions;
  /** The name, once the volume exists: otherwise Docker would create one without labels when a container starts. */
  readonly ready: (name: pulumi.Output<string>) => pulumi.Output<string>;
}

/** Binds a declared volume to the host: Docker reuses an existing volume of that name, with its data. */
export function bindVolume(component: pulumi.Resource, owner: Owner, plan: VolumePlan): Lifecycle {
  const run = deploymentOf(component, plan.placement);
  if (run === undefined)
    return { hostName: plan.hostName, labels: labelInputs(plan.labels), options: {}, ready: (name) => name };
  const { name, aliases } = plan;
  const what = `volume "${name}"`;
  const hostName = followName(run, component, owner, plan);
  run.volumes.add(plan.hostName);
  run.volumeNames.add(name);
  run.tasks.push(hostName.then((known) => void run.volumes.add(known)));
  // A busy Engine can fail to measure sizes; that must not hide the message.
  const size = (of: string): Promise<number | undefined> => bytesIn(run.engine, of).catch(() => undefined);
  run.conflicts.add(run, component, async (view) => {
    const wanted = { ...plan, hostName: await hostName, bytesIn: size };
    const holder = view.volumes.find((each) => each.name === wanted.hostName);
    if (holder !== undefined && isOthers(view, owner, holder)) {
      const raw = await rawConflict(run, { what, type: types.volume, hostName: wanted.hostName, aliases });
      if (raw !== undefined) return [raw];
    }
    return volumeConflicts(view, owner, wanted);
  });
  const foreign = Promise.all([run.view, hostName]).then(([view, wanted]) => {
    const holder = view?.volumes.find((each) => each.name === wanted);
    return view === undefined || holder === undefined || isOwn(holder, view.identity) ? undefined : holder;
  });
  const now = Promise.all([run.view, foreign]).then(([view, holder]) =>
    view !== undefined && holder !== undefined && isOthers(view, owner, holder) ? holder : undefined,
  );
  tellTakeOver(
    run,
    owner,
    component,
    now,
    what,
    hostName,
    async (holder) =>
      `with its data (${volumeFacts(holder, await size(holder.name))}), and ${(await hasState()) ? "never removed by this stack" : RAW_UNKNOWN}`,
  );
  run.track(() => tellOptions(run, component, hostName, plan));
  const restored = hostName.then((wanted) => restore(run, component, plan, wanted));
  run.track(() => restored);
  return {
    // From then on the state has it as part of this component.
    hostName: pulumi.output(pulumi.runtime.isDryRun() ? hostName : run.conflicts.judged.then(() => hostName)),
    labels: labelInputs({ ...plan.labels, [identityLabel]: run.identity }),
    ready: (known) =>
      pulumi.runtime.isDryRun() ? known : known.apply((value) => restored.then(() => value)),
    options: {
      ...(aliases.length > 0 && { aliases: [...aliases] }),
      // An unmanaged volume is never removed, regardless of `whenDestroyed`.
      transforms: [
        async ({ props, opts }) =>
          (await foreign) === undefined
            ? undefined
            : { props, opts: pulumi.mergeOptions(opts, { retainOnDelete: true }) },
      ],
    },
  };
}

/** A volume of the state that is missing on the host is recreated with its labels, but empty. */
async function restore(
  run: Deployment,
  component: pulumi.Resource,
  plan: VolumePlan,
  hostName: string,
): Promise<void> {
  if (!(await isVolumeGone(run, component, plan, hostName))) return;
  const { name, driver, driverOptions = {}, labels } = plan;
  const isPreview = pulumi.runtime.isDryRun();
  const why = `${hostName} no longer exists on the host, and its data is lost; ${isPreview ? "an up recreates it" : "it is recreated"}, EMPTY`;
  await run.announcements.say([{ kind: "data loss", what: `volume "${name}"`, why }], component);
  if (isPreview || !(await run.conflicts.judged)) return;
  const known = (of: Labels): Promise<Record<string, string>> =>
    promiseOf(pulumi.output(of)) as Promise<Record<string, string>>;
  await run.engine.createVolume({
    Name: hostName,
    Driver: driver,
    DriverOpts: await known(driverOptions),
    Labels: await known({ ...labels, [identityLabel]: run.identity }),
  });
}

/** Docker never changes an existing volume. */
async function tellOptions(
  run: Deployment,
  component: pulumi.Resource,
  hostName: Promise<string>,
  plan: VolumePlan,
): Promise<void> {
  const [view, wanted] = await Promise.all([run.view, hostName]);
  const holder: HostVolume | undefined = view?.volumes.find((each) => each.name === wanted);
  if (view === undefined || holder === undefined) return;
  const given = plan.driverOptions && (await knownOf(pulumi.output(plan.driverOptions)));
  // Values that are only known in an `up` are compared there.
  if (plan.driverOptions !== undefined && given === undefined) return;
  const text = optionsText(
    holder,
    { driver: plan.driver, driverOptions: given },
    isOwn(holder, view.identity),
  );
  if (text !== undefined) await tell("warn", `volume "${plan.name}": ${text}`, component);
}

/** VOLUME paths of an image without a mount: refused, or covered by a named volume, before old containers are touched. */

import type { ContainerArgs as ProviderArgs } from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import { copyInto, declaredVolumes } from "./engine";
import { stopAll } from "../engine/hand-over";
import { hostContainers } from "../../deployment/look/engine/containers";
import { anonymousKey, isAnonymous, uncoveredPaths } from "./anonymous-volume";
import type { ContainerArgs } from "../args";
import type { ContainerSpec } from "../schema";
import { failureText } from "../../core/text/failure-report";
import { isOwn } from "../../deployment/look/host-view";
import { identityLabel, objectLabels } from "../../deployment/look/labels";
import type { HostContainer } from "../live";
import type { UpdateOrder } from "../update";

import { knownOf } from "../../core/later";
import { tell } from "../../core/tell";
import type { Deployment } from "../../deployment/deployment";
import { type Lineage, predecessors } from "../../deployment/plan/plan";

/** A named volume instead of an anonymous one. */
interface Covering {
  readonly path: string;
  /** The name in the program and on the host. */
  readonly name: string;
  readonly hostName: string;
}

type VolumeInputs = NonNullable<pulumi.Unwrap<ProviderArgs["volumes"]>>;

export class AnonymousVolumes {
  /** The uncovered paths that a Compose project covers; empty for a single container. */
  readonly coverings: pulumi.Output<readonly Covering[]>;

  constructor(
    private readonly run: Deployment,
    private readonly component: pulumi.Resource,
    private readonly what: string,
    private readonly lineage: Lineage,
    private readonly spec: ContainerSpec,
    private readonly args: ContainerArgs,
  ) {
    const isPreview = pulumi.runtime.isDryRun();
    const image = isPreview ? pulumi.output(this.knownImage()) : pulumi.output(args.image.source);
    this.coverings = this.isComposed
      ? image.apply(async (known) => this.coveringsOf(await this.uncovered(known)))
      : pulumi.output([]);
    if (isPreview) this.announce();
  }

  /** The provider's `volumes`, including those for uncovered paths. */
  get inputs(): Pick<ProviderArgs, "volumes"> {
    if (!this.isComposed) return {};
    const volumes = pulumi
      .all([pulumi.output(this.spec.inputs.volumes), this.coverings])
      .apply(([given, coverings]): VolumeInputs => [
        ...(given ?? []),
        ...coverings.map(({ path, hostName }) => ({
          volumeName: hostName,
          containerPath: path,
          readOnly: false,
        })),
      ]);
    return { volumes: volumes.apply((all) => (all.length > 0 ? all : undefined) as VolumeInputs) };
  }

  /** What happens to data in anonymous volumes of a taken-over container, as text. */
  async carriedText(others: readonly HostContainer[]): Promise<string> {
    const coverings = (await knownOf(this.coverings)) ?? [];
    const covered = [...(this.args.mounts ?? []).filter((each) => "volume" in each), ...coverings].map(
      ({ path }) => path,
    );
    const anonymous = others.flatMap(({ volumes }) => volumes.filter(({ name }) => isAnonymous(name)));
    return anonymous
      .map(({ path, name }) =>
        covered.includes(path)
          ? `; the content of its anonymous volume at ${path} is copied to the volume that is mounted there now`
          : `; its anonymous volume at ${path} is no longer mounted and stays as ${name}`,
      )
      .join("");
  }

  /** Two versions must not write to the same volume. */
  async orderOf(order: UpdateOrder): Promise<UpdateOrder> {
    const coverings = (await knownOf(this.coverings)) ?? [];
    return coverings.length > 0 ? "stop-first" : order;
  }

  /** Runs before old containers are touched. */
  readonly before = async ({ newInputs = {} }: pulumi.ResourceHookArgs): Promise<void> => {
    const { engine, conflicts } = this.run;
    await conflicts.judged;
    if (this.run.failed !== undefined) return;
    const declared = (await declaredVolumes(engine, String(newInputs["image"]))) ?? [];
    const open = uncoveredPaths(declared, [
      ...volumesIn(newInputs).map(({ containerPath }) => containerPath),
      ...Object.keys((newInputs["tmpfs"] ?? {}) as object),
    ]);
    if (open.length > 0) {
      const undone = await this.run.fail(this.what);
      throw new Error(
        failureText({
          what: this.what,
          why: uncoveredText(open),
          now: ["nothing was changed", ...undone].join("; "),
          next: `${remedyText(open)}; then run pulumi up again`,
        }),
      );
    }
    for (const covering of await value(this.coverings)) await this.make(covering);
  };

  /** Runs when the taken-over container has stopped: copies the content of its anonymous volumes. */
  readonly carryOver = async ({ newInputs = {} }: pulumi.ResourceHookArgs): Promise<void> => {
    const { engine } = this.run;
    const identity = await this.run.identity;
    for (const old of this.takenOver(await hostContainers(engine), identity)) {
      const copies = carriedBy(old, volumesIn(newInputs));
      if (copies.length === 0) continue;
      const [stopped] = await stopAll(engine, [old]);
      if (stopped !== undefined) this.run.standingBy.add(stopped.id);
      for (const { path, from, to } of copies) {
        const copied = await copyInto(engine, {
          from: old.id,
          path,
          to,
          image: String(newInputs["image"]),
        });
        const said = copied
          ? `${path} of ${old.name} was copied into ${to}; the anonymous volume ${from} is unchanged`
          : `${to} is not empty: ${path} of ${old.name} was not copied and stays in the anonymous volume ${from}`;
        await tell(copied ? "info" : "warn", `${this.what}: ${said}`, this.component);
      }
    }
  };

  private get isComposed(): boolean {
    return this.lineage.owner.prefix !== undefined;
  }

  private announce(): void {
    const { run, component, what } = this;
    run.conflicts.add(run, component, async () => {
      const image = await this.knownImage();
      const open = this.isComposed ? [] : await this.uncovered(image);
      return open.length === 0 ? [] : [{ what, why: uncoveredText(open), next: remedyText(open) }];
    });
    run.track(async () => {
      const { volumes = [] } = (await run.view) ?? {};
      for (const { path, hostName } of (await knownOf(this.coverings)) ?? [])
        if (!volumes.some(({ name }) => name === hostName))
          await tell(
            "info",
            `${what}: ${path}, a VOLUME of its image, is kept in the volume ${hostName}`,
            component,
          );
    });
  }

  /** An image that is not pulled yet has no id, but can exist on the host by name. */
  private async knownImage(): Promise<string | undefined> {
    const { source, imageName } = this.args.image;
    return (await knownOf(source)) ?? (imageName && (await knownOf(imageName)));
  }

  private async uncovered(image: string | undefined): Promise<string[]> {
    if (image === undefined || (await this.run.view) === undefined) return [];
    const declared = (await declaredVolumes(this.run.engine, image)) ?? [];
    return uncoveredPaths(
      declared,
      (this.args.mounts ?? []).map(({ path }) => path),
    );
  }

  private coveringsOf(paths: readonly string[]): Covering[] {
    const { owner } = this.lineage;
    const { service = this.lineage.name, replica = 1 } = this.args;
    return paths.map((path) => {
      const key = anonymousKey(service, path, replica);
      return { path, name: `${owner.prefix ?? ""}${key}`, hostName: `${owner.scope}_${key}` };
    });
  }

  private async make({ name, hostName }: Covering): Promise<void> {
    await this.run.engine.createVolume({
      Name: hostName,
      Labels: {
        ...(objectLabels(this.lineage.owner, "volume", name, this.spec.placement.labels) as Record<
          string,
          string
        >),
        [identityLabel]: await this.run.identity,
      },
    });
  }

  private takenOver(all: readonly HostContainer[], identity: string): HostContainer[] {
    return predecessors(all, identity, this.lineage).filter((each) => !isOwn(each, identity));
  }
}

interface VolumeInput {
  readonly containerPath: string;
  readonly volumeName?: string;
  readonly readOnly?: boolean;
}

function volumesIn(inputs: Readonly<Record<string, unknown>>): readonly VolumeInput[] {
  return Array.isArray(inputs["volumes"]) ? (inputs["volumes"] as VolumeInput[]) : [];
}

/** The anonymous volumes of a container whose paths get a different volume. */
function carriedBy(
  old: HostContainer,
  volumes: readonly VolumeInput[],
): { readonly path: string; readonly from: string; readonly to: string }[] {
  return volumes.flatMap(({ containerPath: path, volumeName: to }) => {
    const from = old.volumes.find((each) => each.path === path)?.name;
    return from !== undefined && to !== undefined && from !== to && isAnonymous(from)
      ? [{ path, from, to }]
      : [];
  });
}

function uncoveredText(paths: readonly string[]): string {
  return `its image declares ${paths.join(", ")} as VOLUME without a mount: its data would be lost at every replacement`;
}

function remedyText(paths: readonly string[]): string {
  return `mount a Volume or a tmpfs at ${paths.join(" and at ")}`;
}

/** The value of an output, if already known. */
function value<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

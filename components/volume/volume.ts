import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import { type HostReference, hostOf, hostReference } from "../host/args";
import { hostFor } from "../host/lifecycle";
import { type Labels, labels } from "../deployment/look/given-labels";
import { objectLabels } from "../deployment/look/labels";

import { adopting } from "../deployment/adopt";
import { bindVolume } from "./lifecycle/volume";

import { splitAliases } from "../core/aliases";
import { checkArgs } from "../core/check-args";
import { claims, type Named, nameFaults } from "../core/claims";
import type { Fault } from "../core/text/message";
import { flag, input, mapOf, nonEmptyText, oneOf, strict, text } from "../core/schema";
import { currentOwner, hostName, objectName } from "../core/names";
import { tokens } from "../core/tokens";

/** Source: Docker reference, "docker volume create". */
export interface VolumeArgs {
  /**
   * The name on the host. Changing it creates a new, empty volume and keeps the old one with its data.
   * @defaultValue `<project>-<stack>-<name>`; a volume that was renamed in the program with an alias keeps its current name
   */
  readonly name?: string;
  /** The volume driver; set when the volume is created, a later change has no effect. @defaultValue `"local"` */
  readonly driver?: string;
  /** Driver options; set when the volume is created, a later change has no effect. */
  readonly driverOptions?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Additional labels; set when the volume is created, a later change has no effect. */
  readonly labels?: Labels;
  /**
   * What happens to the data when the volume is removed from the program or the stack is destroyed.
   * `"lose-data"` excludes `name`, because a volume with a fixed name can belong to another stack.
   * @defaultValue `"keep-data"`: Pulumi removes it from the state, the host keeps it, and the next `up` uses it again
   */
  readonly whenDestroyed?: "keep-data" | "lose-data";
  /**
   * Prevents removing the volume from the program and destroying the stack.
   * @defaultValue `true`, except in a stack named `dev` and with `whenDestroyed: "lose-data"`
   */
  readonly protect?: boolean;
  /**
   * Whether to take over a volume with the same host name that is not managed by this stack: it is used unchanged, with its
   * data, and never removed by this stack, even with `whenDestroyed: "lose-data"`. A preview shows its owner and size.
   * @defaultValue `false`: the run fails before anything is changed. `dockwright up --adopt` sets `true` for everything
   */
  readonly adopt?: boolean;
  /**
   * The host. On another host the volume is new and empty: the data stays on the old host, and only
   * an unprotected volume moves. @defaultValue the host of the `docker` command
   */
  readonly host?: HostReference;
}

const schema = strict({
  name: objectName.optional(),
  driver: nonEmptyText.optional(),
  driverOptions: mapOf(input(text())).optional(),
  labels: labels.optional(),
  whenDestroyed: oneOf(["keep-data", "lose-data"]).optional(),
  protect: flag.optional(),
  host: hostReference.optional(),
  adopt: flag.optional(),
});

/**
 * A named volume: its data outlives containers.
 *
 * Children: `<name>`, with a host `<name>-on-<host>` -> `docker:index/volume:Volume`.
 *
 * If it is renamed with an alias, or moved to another parent, it keeps its Docker volume and data, even when the alias is removed later.
 * An alias to the URN of a `docker.Volume` takes that volume over. A manually removed volume is recreated empty, with a warning.
 * A changed label or option never replaces the volume, because a replacement would be empty. To change the
 * driver, add a second volume and copy the data.
 *
 * @throws pulumi.ResourceError naming every invalid argument, and the volume of this program with the same name.
 * @example
 * ```ts
 * const data = new Volume("data");
 * ```
 */
export class Volume extends pulumi.ComponentResource {
  /** The name on the host, for `docker volume inspect`. */
  readonly volumeName: pulumi.Output<string>;
  /** Its host. */
  readonly hostKey: string;

  constructor(name: string, args: VolumeArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const { own, raw } = splitAliases(opts, "docker:index/volume:Volume");
    super(tokens.volume, name, {}, own);
    const owner = currentOwner(opts?.parent);
    const claimed = (given: VolumeArgs): Named => ({ name, hostName: given.name ?? hostName(owner, name) });
    const checked = checkArgs(this, "volume", name, schema, args, (given) => [
      ...nameFaults("volume", claimed(given), claims<Named>("volume", this, given.host?.provider)),
      ...foreignFaults(given),
    ]);
    const mine = claimed(checked);
    claims<Named>("volume", this, checked.host?.provider).push(mine);
    const placement = hostOf(hostFor(this, checked.host));
    const lifecycle = bindVolume(this, adopting(owner, raw.length > 0 ? true : checked.adopt), {
      name,
      hostName: mine.hostName,
      isGiven: checked.name !== undefined,
      driver: checked.driver ?? "local",
      driverOptions: checked.driverOptions,
      aliases: raw,
      labels: objectLabels(owner, "volume", name, { ...checked.labels, ...placement.labels }),
      placement,
    });
    const losesData = checked.whenDestroyed === "lose-data";

    const volume = new docker.Volume(
      placement.childName(name),
      {
        name: lifecycle.hostName,
        driver: checked.driver ?? "local",
        ...(checked.driverOptions && { driverOpts: checked.driverOptions }),
        labels: lifecycle.labels,
      },
      {
        ...lifecycle.options,
        parent: this,
        ...placement.options,
        // A change of any input would replace the volume and lose its data; because volumes are reused by name, keeping
        // it is safe.
        ignoreChanges: ["labels", "driver", "driverOpts"],
        retainOnDelete: !losesData,
        protect: checked.protect ?? (!losesData && owner.stack !== "dev"),
        deleteBeforeReplace: true,
      },
    );

    this.volumeName = lifecycle.ready(volume.name);
    this.hostKey = placement.key;
    this.registerOutputs({
      volumeName: this.volumeName,
      // For a later program from which this component has been removed.
      whenDestroyed: checked.whenDestroyed ?? "keep-data",
    });
  }
}

/** Docker reuses an existing volume with the name: its data must not be removed with this stack. */
function foreignFaults({ name, whenDestroyed }: VolumeArgs): Fault[] {
  if (name === undefined || whenDestroyed !== "lose-data") return [];
  return [
    {
      path: "whenDestroyed",
      text: 'must be "keep-data" for a volume with a fixed name, which can belong to another stack; omit name to allow "lose-data"',
    },
  ];
}

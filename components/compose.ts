import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import { readIfThere } from "./compose/disk";
import { ComposeError, formatFault } from "./compose/faults";
import { judgeProject } from "./compose/judge";
import { loadCompose } from "./compose/load";
import { nearPath } from "./compose/near";
import type { Origin, PlannedFile } from "./compose/plan/files";
import type { PlannedImage } from "./compose/plan/images";
import type { PlannedMount } from "./compose/plan/mounts";
import type { PlannedNetwork } from "./compose/plan/networks";
import type { ComposePlan } from "./compose/plan/plan";
import type { PlannedService } from "./compose/plan/service";
import type { PlannedVolume } from "./compose/plan/volumes";
import type { NetworkReference } from "./values/attachment";
import { type ComposeProjectArgs, composeGuard } from "./values/compose-args";
import { hostOf } from "./values/docker-host";
import type { Mount, VolumeReference } from "./values/mount";
import { ComposeService } from "./compose-service";
import { Container } from "./container";
import { Image } from "./image";
import { Job } from "./job";
import { BridgeNetwork } from "./network";
import { Volume } from "./volume";

import { accompanyExternal, externalNetworkId } from "./lifecycle/external";

import { checkArgs, refuse } from "./internal/check-args";
import { nameChildren } from "./internal/names";
import { tell } from "./internal/tell";
import { tokens } from "./internal/tokens";

/**
 * A Compose file as it is, with the promises of every other component.
 *
 * Children: `<name>-<service>-1`, `-2` ... -> `Container`, or `<name>-<service>` -> `Job` where its completion is awaited;
 * `<name>-<image>` -> `Image`; `<name>-<network>` -> `BridgeNetwork`; `<name>-<volume>` -> `Volume`.
 *
 * On the host everything has the name that Docker Compose gives it, and `docker compose -p <project> ps | logs | exec`
 * find it. Capabilities, restart, ports and the rest are as the file and Compose's defaults say, not as dockwright's
 * defaults for a `Container`. It does not publish a `Gateway`; add one that leads to `services`.
 *
 * @throws pulumi.ResourceError naming every fault of the files with line and column, and every key that cannot be honoured.
 * @example
 * ```ts
 * const blog = new ComposeProject("blog", { files: "compose.yaml" });
 * export const url = blog.services["web"]?.url(80);
 * ```
 * @example With the names of the services as a type, `dockwright types > services.ts`:
 * ```ts
 * import type { Services } from "./services";
 *
 * const blog = new ComposeProject<Services>("blog", { files: "compose.yaml", overrides: { web: { memoryMiB: 256 } } });
 * export const url = blog.services.web.url(80);
 * ```
 */
export class ComposeProject<Service extends string = string> extends pulumi.ComponentResource {
  /** By the names of the file. */
  readonly services: Readonly<Record<Service, ComposeService>>;
  /** The name of the Compose project: what everything on the host begins with. */
  readonly projectName: string;

  constructor(
    name: string,
    // The names come from the files alone: an override of one service says nothing of the others.
    args: ComposeProjectArgs<NoInfer<Service>>,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(tokens.composeProject, name, {}, opts);
    const checked = checkArgs(this, "compose project", name, composeGuard, args, () => []);
    const plan = planOf(this, checked);
    unknownOverrides(this, name, plan, checked);
    nameChildren(this, { scope: plan.project, prefix: `${name}-`, adopts: checked.adopt ?? false });

    const maker = new Maker(this, name, plan, checked);
    for (const service of plan.services) maker.service(service);

    this.projectName = plan.project;
    this.services = Object.fromEntries(maker.services) as Record<Service, ComposeService>;
    this.registerOutputs({ projectName: this.projectName });
  }
}

function planOf(component: pulumi.Resource, args: ComposeProjectArgs): ComposePlan {
  try {
    const { plan, errors, warnings } = judgeProject(
      loadCompose({
        files: typeof args.files === "string" ? [args.files] : args.files,
        environment: args.environment ?? {},
        ...(args.envFiles && { envFiles: args.envFiles }),
        ...(args.profiles && { profiles: args.profiles }),
        ...(args.projectName !== undefined && { projectName: args.projectName }),
        workingDirectory: resolve("."),
        read: readIfThere,
      }),
      Object.keys(args.overrides ?? {}),
    );
    if (errors.length > 0) throw new ComposeError(errors);
    for (const warning of warnings) void tell("warn", formatFault(warning).trim(), component);
    return plan;
  } catch (error) {
    if (!(error instanceof ComposeError)) throw error;
    throw new pulumi.ResourceError(error.message, component, true);
  }
}

function unknownOverrides(
  component: pulumi.Resource,
  name: string,
  { services }: ComposePlan,
  { overrides = {} }: ComposeProjectArgs,
): void {
  const known = services.map((service) => service.name);
  const faults = Object.keys(overrides)
    .filter((each) => !known.includes(each))
    .map((each) => ({
      path: `overrides.${each}`,
      text: `must name a service of the files, known: ${known.join(", ")}`,
    }));
  if (faults.length > 0) refuse(component, "compose project", name, faults);
}

/** Makes the children, each when the first service asks for it: what no service uses is not made. */
class Maker {
  readonly services = new Map<string, ComposeService>();
  private readonly images = new Map<string, Image>();
  private readonly networks = new Map<string, NetworkReference>();
  private readonly volumes = new Map<string, VolumeReference>();
  private readonly parent: { readonly parent: pulumi.Resource };
  private readonly on: Pick<ComposeProjectArgs, "host">;

  constructor(
    component: pulumi.Resource,
    private readonly name: string,
    private readonly plan: ComposePlan,
    private readonly args: ComposeProjectArgs,
  ) {
    this.parent = { parent: component };
    this.on = args.host === undefined ? {} : { host: args.host };
  }

  service({ name, kind, replicas, image: imageKey, dependsOn, args: planned }: PlannedService): void {
    if (replicas === 0) {
      this.services.set(name, new ComposeService([]));
      return;
    }
    const { networks, mounts = [], files = [], secrets = {}, ...rest } = planned;
    const image = this.image(imageKey);
    const opts = { ...this.parent, dependsOn: dependsOn.flatMap((each) => this.madeOf(each)) };
    const shared = {
      ...rest,
      image,
      ...(networks && {
        networks: networks.map(({ network, ...more }) => ({ network: this.network(network), ...more })),
      }),
      ...(files.length > 0 && {
        files: Object.fromEntries(files.map((file) => [file.path, this.file(file)])),
      }),
      ...(Object.keys(secrets).length > 0 && {
        secrets: Object.fromEntries(
          Object.entries(secrets).map(([key, from]) => [key, this.bytes(from).toString()]),
        ),
      }),
      ...this.on,
    };
    const all = [...mounts, ...uncovered(image, mounts)];
    const argsOf = (number: number) => ({
      ...shared,
      mounts: all.map((mount) => this.mount(mount, name, number)),
      ...this.args.overrides?.[name],
    });
    if (kind === "job") {
      const args = { name: `${this.plan.project}-${name}-1`, ...argsOf(1), service: name };
      this.services.set(name, new ComposeService([], new Job(`${this.name}-${name}`, args, opts)));
      return;
    }
    const numbers = Array.from({ length: replicas }, (_, index) => index + 1);
    const containers = numbers.map((number) => {
      const each = { ...argsOf(number), service: name, replica: number };
      return new Container(`${this.name}-${name}-${String(number)}`, each, opts);
    });
    this.services.set(name, new ComposeService(containers));
  }

  private madeOf(name: string): pulumi.Resource[] {
    const made = this.services.get(name);
    return made === undefined ? [] : made.job === undefined ? [...made.containers] : [made.job];
  }

  private image(key: string): Image {
    return once(this.images, key, () => {
      const planned = this.plan.images[key] as PlannedImage;
      const args =
        "reference" in planned
          ? planned
          : "inline" in planned
            ? { build: { ...near(planned.build), dockerfile: { text: planned.inline } } }
            : { build: near(planned.build) };
      return new Image(`${this.name}-${key}`, { ...args, ...this.on }, this.parent);
    });
  }

  private network(key: string): NetworkReference {
    return once(this.networks, key, () => {
      const planned = this.plan.networks[key] as PlannedNetwork;
      if ("args" in planned)
        return new BridgeNetwork(`${this.name}-${key}`, { ...planned.args, ...this.on }, this.parent);
      return this.externalNetwork(planned.external);
    });
  }

  private volume(key: string, planned = this.plan.volumes[key] as PlannedVolume): VolumeReference {
    return once(this.volumes, key, () => {
      if ("external" in planned) {
        accompanyExternal(this.parent.parent, { ...this.named(planned.external), kind: "volume" });
        return { volumeName: pulumi.output(planned.external) };
      }
      const kept = this.args.protectVolumes === undefined ? {} : { protect: this.args.protectVolumes };
      return new Volume(`${this.name}-${key}`, { ...planned.args, ...kept, ...this.on }, this.parent);
    });
  }

  private externalNetwork(hostName: string): NetworkReference {
    const id = externalNetworkId(this.parent.parent, this.named(hostName));
    const networkId =
      id === undefined ? docker.getNetworkOutput({ name: hostName }, this.parent).id : pulumi.output(id);
    return { networkId, networkName: pulumi.output(hostName), internal: false };
  }

  private named(hostName: string) {
    return { project: this.name, hostName, placement: hostOf(this.args.host) };
  }

  private mount(planned: PlannedMount, service: string, number: number): Mount {
    if ("volume" in planned) return { ...planned, volume: this.volume(planned.volume) };
    if (!("anonymous" in planned)) return planned;
    const { anonymous: _, ...rest } = planned;
    const hash = createHash("sha256").update(planned.path).digest("hex").slice(0, 12);
    const key = `${service}_${hash}_${String(number)}`;
    return { ...rest, volume: this.volume(key, { args: { name: `${this.plan.project}_${key}` } }) };
  }

  private file({ from, isSecret, mode }: PlannedFile) {
    const hidden = (text: string) => (isSecret ? pulumi.secret(text) : text);
    return {
      // A text of the file itself is shown as one; a file may hold any bytes.
      ...("content" in from
        ? { content: hidden(from.content) }
        : { contentBase64: hidden(this.bytes(from).toString("base64")) }),
      ...(mode !== undefined && { mode }),
    };
  }

  private bytes(from: Origin): Buffer {
    if ("file" in from) return this.read(from.file);
    return Buffer.from("variable" in from ? (this.args.environment?.[from.variable] ?? "") : from.content);
  }

  private read(file: string): Buffer {
    try {
      return readFileSync(file);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const text = `compose project "${this.name}": the file of a secret or config cannot be read (${why}); write it, or correct its path in the Compose file`;
      throw new pulumi.ResourceError(text, this.parent.parent, true);
    }
  }
}

/** What the image declares as VOLUME and the file leaves to Docker, which would lose it at a replacement. */
function uncovered({ declaredVolumes }: Image, mounts: readonly PlannedMount[]): PlannedMount[] {
  return declaredVolumes
    .filter((path) => !mounts.some((each) => each.path === path || path.startsWith(`${each.path}/`)))
    .map((path) => ({ anonymous: true as const, path }));
}

function once<T>(made: Map<string, T>, key: string, make: () => T): T {
  const known = made.get(key);
  if (known !== undefined) return known;
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}

function near<T extends { readonly context?: string }>(build: T): T {
  return { ...build, context: nearPath(resolve("."), build.context ?? ".") };
}

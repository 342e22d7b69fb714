/** Writes the program that a plan stands for: one constant an object, references in the place of names. */

import { nearPath } from "../near";
import type { Origin, PlannedFile } from "../plan/files";
import type { PlannedMount } from "../plan/mounts";
import type { ComposePlan } from "../plan/plan";
import type { PlannedService } from "../plan/service";
import { type Remarks, withRemarks } from "./remarks";
import { call, Code, remark, source, Spread } from "./source";
import { Variables } from "./variables";

export interface ProgramOptions {
  /** The folder that the program will lie in; paths are written from there. */
  readonly folder: string;
  /** What the files say beside their values. */
  readonly remarks?: Remarks;
}

/** The text of a TypeScript program. */
export function programOf(whole: ComposePlan, options: ProgramOptions): string {
  const plan = { ...whole, services: whole.services.filter(({ replicas }) => replicas > 0) };
  const writer = new Writer(plan, options);
  const first = remark(options.remarks?.head() ?? []);
  const used = (kind: object, by: (service: PlannedService, key: string) => boolean): string[] =>
    Object.keys(kind).filter((key) => plan.services.some((service) => by(service, key)));
  const body = [
    ...used(plan.images, ({ image }, key) => image === key).map((key) => writer.image(key)),
    ...used(plan.networks, uses).map((key) => writer.network(key)),
    ...used(plan.volumes, mounts).map((key) => writer.volume(key)),
    "",
    ...plan.services.flatMap((service) => [...writer.service(service), ""]),
  ];
  const lines = [...(first === "" ? [] : [first]), ...writer.head(), "", ...writer.shared(), ...body];
  return `${lines.join("\n").trimEnd()}\n`;
}

const uses = ({ args }: PlannedService, key: string): boolean =>
  args.networks?.some(({ network }) => network === key) ?? false;
const mounts = ({ args }: PlannedService, key: string): boolean =>
  args.mounts?.some((each) => "volume" in each && each.volume === key) ?? false;

const SHARED = "asCompose";

class Writer {
  private readonly variables = new Variables();
  private readonly classes = new Set<string>();
  private readonly packages = new Set<string>();
  /** The rights that most services have alike: what Docker grants by default. */
  private readonly common: { readonly text: string; readonly value: object } | undefined;

  constructor(
    private readonly plan: ComposePlan,
    private readonly options: ProgramOptions,
  ) {
    const rights = plan.services.map(({ args: { capabilities, unsafe } }) => ({ capabilities, unsafe }));
    const texts = rights.map((each) => JSON.stringify(each));
    const often = texts.find(
      (text, index) => texts.indexOf(text) === index && texts.filter((each) => each === text).length > 1,
    );
    const value = rights[texts.indexOf(often ?? "")];
    this.common =
      often === undefined || value === undefined || often === "{}" ? undefined : { text: often, value };
    // Services are what the program is about: they have the first choice of names.
    for (const { name } of plan.services) this.variables.of("service", name);
  }

  head(): string[] {
    const own = [...this.classes].sort();
    return [
      ...(this.packages.has("fs") ? ['import { readFileSync } from "node:fs";'] : []),
      ...(this.packages.has("path") ? ['import { resolve } from "node:path";'] : []),
      ...(this.packages.has("fs") || this.packages.has("path") ? [""] : []),
      ...(this.packages.has("docker") ? ['import * as docker from "@pulumi/docker";'] : []),
      ...(this.packages.has("pulumi") ? ['import * as pulumi from "@pulumi/pulumi";'] : []),
      `import { ${own.join(", ")} } from "dockwright";`,
      ...(this.packages.has("config") ? ["", "const config = new pulumi.Config();"] : []),
    ];
  }

  shared(): string[] {
    if (this.common === undefined) return [];
    return [
      "/** What Docker grants by default, as Compose does. Take away what a service does not need. */",
      `const ${SHARED} = ${source(this.common.value)} as const;`,
      "",
    ];
  }

  image(key: string): string {
    const planned = this.plan.images[key];
    const args =
      planned === undefined || "reference" in planned
        ? planned
        : {
            build: {
              ...planned.build,
              context: this.path(planned.build.context ?? "."),
              ...("inline" in planned && { dockerfile: { text: planned.inline } }),
            },
          };
    return this.object("Image", "image", key, args);
  }

  network(key: string): string {
    const planned = this.plan.networks[key];
    const variable = this.variables.of("network", key);
    if (planned !== undefined && "external" in planned) {
      this.packages.add("docker");
      const { above } = withRemarks({}, this.options.remarks?.of("network", key) ?? []);
      return `${remark(above)}const ${variable}Found = docker.getNetworkOutput({ name: ${JSON.stringify(planned.external)} });\nconst ${variable} = { networkId: ${variable}Found.id, networkName: ${variable}Found.name, internal: false };`;
    }
    const { name, ...rest } = planned?.args ?? { name: "" };
    const usual = name === `${this.plan.project}_${key}`;
    return this.object("BridgeNetwork", "network", key, usual ? rest : { name, ...rest });
  }

  /** By its name on the host: the data of the Compose project is found there. */
  volume(key: string): string {
    const planned = this.plan.volumes[key];
    const variable = this.variables.of("volume", key);
    if (planned !== undefined && "external" in planned) {
      this.packages.add("pulumi");
      const { above } = withRemarks({}, this.options.remarks?.of("volume", key) ?? []);
      return `${remark(above)}const ${variable} = { volumeName: pulumi.output(${JSON.stringify(planned.external)}) };`;
    }
    return this.object("Volume", "volume", key, planned?.args);
  }

  service(service: PlannedService): string[] {
    const { name, kind, replicas, dependsOn } = service;
    const component = kind === "job" ? "Job" : "Container";
    this.classes.add(component);
    const variable = this.variables.of("service", name);
    const waits = dependsOn.flatMap((each) => {
      const other = this.plan.services.find((one) => one.name === each);
      const variableOf = this.variables.of("service", each);
      return other === undefined ? [] : [new Code(other.replicas === 1 ? variableOf : `...${variableOf}`)];
    });
    const opts = waits.length > 0 ? [{ dependsOn: waits }] : [];
    const of = (first: string, args: Spread, indent = 0): string =>
      call(`new ${component}`, [new Code(first), args, ...opts], indent);
    const more = replicas === 1 ? {} : { service: name, replica: new Code("replica") };
    const { args, above } = this.args(service, more);
    if (replicas === 1) return [`${above}const ${variable} = ${of(JSON.stringify(name), args)};`];
    const numbers = Array.from({ length: replicas }, (_, index) => String(index + 1)).join(", ");
    const each = of(`\`${name}-\${String(replica)}\``, args, 2);
    return [`${above}const ${variable} = [${numbers}].map(`, "  (replica) =>", `    ${each},`, ");"];
  }

  private args(
    { name, image, args: all }: PlannedService,
    more: Record<string, unknown>,
  ): { args: Spread; above: string } {
    const { networks, mounts: planned = [], files = [], secrets = {}, capabilities, unsafe, ...rest } = all;
    const isCommon = this.common?.text === JSON.stringify({ capabilities, unsafe });
    const members = {
      image: new Code(this.variables.of("image", image)),
      ...more,
      ...rest,
      ...(networks && { networks: networks.map(({ network, ...given }) => this.attachment(network, given)) }),
      ...(planned.length > 0 && { mounts: planned.map((each) => this.mount(each, name)) }),
      ...(files.length > 0 && {
        files: Object.fromEntries(files.map((file) => [file.path, this.file(file)])),
      }),
      ...(Object.keys(secrets).length > 0 && {
        secrets: Object.fromEntries(
          Object.entries(secrets).map(([key, from]) => [key, this.secret(key, from)]),
        ),
      }),
      ...(isCommon ? {} : { capabilities, unsafe }),
    };
    const { value, above } = withRemarks(members, this.options.remarks?.of("service", name) ?? []);
    return { args: new Spread(isCommon ? [SHARED] : [], value), above: remark(above) };
  }

  private attachment(network: string, given: object): unknown {
    const reference = new Code(this.variables.of("network", network));
    return Object.keys(given).length === 0 ? reference : { network: reference, ...given };
  }

  private mount(planned: PlannedMount, service: string): unknown {
    if ("volume" in planned)
      return { ...planned, volume: new Code(this.variables.of("volume", planned.volume)) };
    if ("bind" in planned) return { ...planned, bind: this.absolute(planned.bind) };
    if (!("anonymous" in planned)) return planned;
    this.classes.add("Volume");
    const name = `${service}${planned.path.replaceAll("/", "-")}`;
    const { anonymous: _, ...rest } = planned;
    return { volume: new Code(`new Volume(${JSON.stringify(name)})`), ...rest };
  }

  private file({ path, from, isSecret, mode }: PlannedFile): unknown {
    const given = mode === undefined ? {} : { mode };
    if (!("file" in from)) {
      const content = isSecret || "variable" in from ? this.secret(path, from) : from.content;
      return { content, ...given };
    }
    const read = this.read(from.file, "base64");
    if (!isSecret) return { contentBase64: read, ...given };
    this.packages.add("pulumi");
    return { contentBase64: new Code(`pulumi.secret(${read.text})`), ...given };
  }

  /** From the file that the Compose file names, else from the stack's configuration: no secret is written into a program. */
  private secret(name: string, from: Origin): Code {
    if ("file" in from) return this.read(from.file, "utf8");
    this.packages.add("pulumi").add("config");
    const key = "variable" in from ? from.variable : name.split("/").at(-1);
    return new Code(`config.requireSecret(${JSON.stringify(key)})`);
  }

  private read(file: string, encoding: string): Code {
    this.packages.add("fs");
    return new Code(`readFileSync(${JSON.stringify(this.path(file))}, ${JSON.stringify(encoding)})`);
  }

  private object(
    component: string,
    kind: "image" | "network" | "volume",
    key: string,
    args: object | undefined,
  ): string {
    this.classes.add(component);
    const { value, above } = withRemarks(args ?? {}, this.options.remarks?.of(kind, key) ?? []);
    const given = Object.keys(value).length === 0 ? "" : `, ${source(value)}`;
    return `${remark(above)}const ${this.variables.of(kind, key)} = new ${component}(${JSON.stringify(key)}${given});`;
  }

  /** The same file on whatever machine the program lies. */
  private absolute(path: string): unknown {
    const near = this.path(path);
    if (near === path) return path;
    this.packages.add("path");
    return new Code(`resolve(${JSON.stringify(near)})`);
  }

  private path(absolute: string): string {
    return nearPath(this.options.folder, absolute);
  }
}

/** Writes the objects of a plan as the statements of a program. */

import { nearPath } from "../source/near";
import type { Origin, PlannedFile } from "../host/arguments/files";
import type { PlannedMount } from "../host/arguments/mounts";
import type { ComposePlan } from "../host/plan";
import type { PlannedService } from "../host/service";
import type { Origins } from "../source/origins";
import { Carry } from "./carry";
import { type Remarks, withRemarks } from "./remarks";
import { withSettings } from "./ports";
import { namedRights, type Rights } from "./rights";
import { call, Code, remark, source, Spread } from "./source";
import { Variables } from "./variables";

export interface ProgramOptions {
  /** The folder of the program; paths are relative to it. */
  readonly folder: string;
  /** The comments of the files. */
  readonly remarks?: Remarks;
  /** The origins of texts; without them, every text is written with its current value. */
  readonly origins?: Origins;
}

const SHARED = "asCompose";

export class Writer {
  readonly carry: Carry;
  private readonly variables = new Variables();
  private readonly classes = new Set<string>();
  private readonly packages = new Set<string>();
  /** The settings that most services share: Docker's default privileges. */
  private readonly common: { readonly text: string; readonly value: Rights } | undefined;

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
    this.carry = new Carry(options.origins);
    // Services get their variable names first, because they are the most important objects.
    for (const { name } of plan.services) this.variables.of("service", name);
  }

  head(): string[] {
    const own = [...this.classes].sort();
    if (this.carry.settings.all.size > 0) this.packages.add("pulumi").add("config");
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
      "/** Docker's default privileges, as with Compose. Remove what a service does not need. */",
      `const ${SHARED} = ${source(namedRights(this.common.value, this.classes))} as const;`,
      "",
    ];
  }

  image(key: string): string {
    const planned = this.plan.images[key];
    if (planned === undefined) return "";
    if ("reference" in planned) {
      const user = this.plan.services.find(({ image }) => image === key);
      const reference = this.carry.known(["services", user?.name ?? "", "image"], planned.reference);
      return this.object("Image", "image", key, { reference: reference ?? planned.reference });
    }
    const { build } = this.carry.args("image", { build: planned.build }, ["services", key, "build"]);
    return this.object("Image", "image", key, {
      build: {
        ...build,
        context: this.path(planned.build.context ?? "."),
        ...(planned.inline !== undefined && { dockerfile: { text: planned.inline } }),
        ...(planned.secrets && { secrets: this.secrets(planned.secrets) }),
      },
    });
  }

  network(key: string): string {
    const planned = this.plan.networks[key];
    if (planned !== undefined && "external" in planned) return this.externalNetwork(key, planned.external);
    const { name, ...rest } = this.carry.args("network", planned?.args ?? { name: "" }, ["networks", key]);
    const usual = name === `${this.plan.project}_${key}`;
    return this.object("BridgeNetwork", "network", key, usual ? rest : { name, ...rest });
  }

  private externalNetwork(key: string, hostName: string): string {
    this.packages.add("docker");
    const variable = this.variables.of("network", key);
    const found = this.variables.of("found", key);
    const { above } = withRemarks({}, this.options.remarks?.of("network", key) ?? []);
    const name = this.carry.known(["networks", key, "name"], hostName) ?? hostName;
    const value = {
      networkId: new Code(`${found}.id`),
      networkName: new Code(`${found}.name`),
      internal: false,
    };
    return [
      `${remark(above)}const ${found} = ${call("docker.getNetworkOutput", [{ name }], 0, found.length + 9)};`,
      `const ${variable} = ${source(value, 0, variable.length + 10)};`,
    ].join("\n");
  }

  /** By its name on the host, so that the program uses the data of the Compose project. */
  volume(key: string): string {
    const planned = this.plan.volumes[key];
    const variable = this.variables.of("volume", key);
    if (planned !== undefined && "external" in planned) {
      this.packages.add("pulumi");
      const { above } = withRemarks({}, this.options.remarks?.of("volume", key) ?? []);
      const name = this.carry.known(["volumes", key, "name"], planned.external) ?? planned.external;
      const volumeName = new Code(call("pulumi.output", [name]));
      return `${remark(above)}const ${variable} = ${source({ volumeName }, 0, variable.length + 10)};`;
    }
    const args = planned && this.carry.args("volume", planned.args, ["volumes", key]);
    return this.object("Volume", "volume", key, args);
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
    const of = (first: string, args: Spread, indent = 0, before = 0): string =>
      call(`new ${component}`, [new Code(first), args, ...opts], indent, before);
    const more = replicas === 1 ? {} : { service: name, replica: new Code("replica") };
    const { args, above } = this.args(service, more);
    const isUsed = this.plan.services.some((other) => other.dependsOn.includes(name));
    const constant = isUsed ? `const ${variable} = ` : "";
    if (replicas === 1) return [`${above}${constant}${of(JSON.stringify(name), args, 0, constant.length)};`];
    const numbers = Array.from({ length: replicas }, (_, index) => String(index + 1)).join(", ");
    const each = of(`\`${name}-\${String(replica)}\``, args, 2);
    return isUsed
      ? [`${above}${constant}[${numbers}].map(`, "  (replica) =>", `    ${each},`, ");"]
      : [
          `${above}for (const replica of [${numbers}]) {`,
          `  ${of(`\`${name}-\${String(replica)}\``, args, 1)};`,
          "}",
        ];
  }

  private args(
    { name, image, replicas, args: all }: PlannedService,
    more: Record<string, unknown>,
  ): { args: Spread; above: string } {
    const {
      networks,
      mounts: planned = [],
      files = [],
      secrets = {},
      capabilities,
      unsafe,
      ...rest
    } = this.carry.args("service", all, ["services", name]);
    const isCommon = this.common?.text === JSON.stringify({ capabilities, unsafe });
    const members = {
      image: new Code(this.variables.of("image", image)),
      ...more,
      ...rest,
      ...(rest.ports && {
        ports: rest.ports.map((port, index) =>
          withSettings(port, ["services", name, "ports", index], this.carry),
        ),
      }),
      ...(networks && { networks: networks.map(({ network, ...given }) => this.attachment(network, given)) }),
      ...(planned.length > 0 && {
        mounts: planned.map((each, index) => this.mount(each, index, name, replicas)),
      }),
      ...(files.length > 0 && {
        files: Object.fromEntries(files.map((file) => [file.path, this.file(file)])),
      }),
      ...(Object.keys(secrets).length > 0 && {
        secrets: this.secrets(secrets),
      }),
      ...(isCommon ? {} : namedRights({ capabilities, unsafe }, this.classes)),
    };
    const { value, above } = withRemarks(members, this.options.remarks?.of("service", name) ?? []);
    return { args: new Spread(isCommon ? [SHARED] : [], value), above: remark(above) };
  }

  private attachment(network: string, given: object): unknown {
    const reference = new Code(this.variables.of("network", network));
    return Object.keys(given).length === 0 ? reference : { network: reference, ...given };
  }

  private mount(planned: PlannedMount, index: number, service: string, replicas: number): unknown {
    if ("volume" in planned)
      return { ...planned, volume: new Code(this.variables.of("volume", planned.volume)) };
    if ("bind" in planned) {
      const at = ["services", service, "volumes", index, "source"];
      const found = this.carry.path(at, planned.bind, this.options.folder);
      if (found === undefined) return { ...planned, bind: this.absolute(planned.bind) };
      this.packages.add("path");
      return { ...planned, bind: new Code(`resolve(${found.text})`) };
    }
    if (!("anonymous" in planned)) return planned;
    this.classes.add("Volume");
    const name = `${service}${planned.path.replaceAll("/", "-")}`;
    const { anonymous: _, ...rest } = planned;
    const first = replicas === 1 ? JSON.stringify(name) : `\`${name}-\${String(replica)}\``;
    return { volume: new Code(`new Volume(${first})`), ...rest };
  }

  private file({ path, from, source: key, isSecret, mode }: PlannedFile): unknown {
    const given = mode === undefined ? {} : { mode };
    if (!("file" in from)) {
      const content =
        isSecret || "variable" in from
          ? this.secret(path, from)
          : this.carry.text(["configs", key, "content"], from.content);
      return { content, ...given };
    }
    const read = this.read(from.file, "base64");
    if (!isSecret) return { contentBase64: read, ...given };
    this.packages.add("pulumi");
    return { contentBase64: new Code(`pulumi.secret(${read.text})`), ...given };
  }

  /** From the file that the Compose file names, otherwise from the stack's configuration: no secret is written into a program. */
  private secrets(from: Readonly<Record<string, Origin>>): Record<string, Code> {
    return Object.fromEntries(Object.entries(from).map(([key, each]) => [key, this.secret(key, each)]));
  }

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
    const constant = `const ${this.variables.of(kind, key)} = `;
    const values = Object.keys(value).length === 0 ? [key] : [key, value];
    return `${remark(above)}${constant}${call(`new ${component}`, values, 0, constant.length)};`;
  }

  /** A path that is valid on every machine. */
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

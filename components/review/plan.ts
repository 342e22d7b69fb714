/** All steps of a preview, and the relations between them. */

import { tokens } from "../core/tokens";
import { type Consequence, readConsequences } from "../provider/consequence";
import { labelsOf as labelsIn } from "../provider/parts";
import { dockerTypes } from "../provider/tokens";
import type { Diagnostic, Preview } from "./read";
import type { Step } from "./step";

export const types = {
  container: dockerTypes.container,
  image: dockerTypes.image,
  network: dockerTypes.network,
  volume: dockerTypes.volume,
  routes: tokens.gatewayRoutes,
  service: dockerTypes.service,
  spec: tokens.swarmSpec,
  stack: "pulumi:pulumi:Stack",
} as const;

/** Components for a whole file: they are reported by their parts. */
const groups: readonly string[] = [tokens.composeProject, tokens.swarmStack];

export class Plan {
  private readonly byUrn: ReadonlyMap<string, Step>;
  readonly steps: readonly Step[];

  constructor(private readonly preview: Preview) {
    this.steps = preview.steps;
    this.byUrn = new Map(preview.steps.map((step) => [step.urn, step]));
  }

  find(urn: string | undefined): Step | undefined {
    return urn === undefined ? undefined : this.byUrn.get(urn);
  }

  /** The user's component that a resource is a part of; a Compose project or a stack is reported by its parts. */
  ownerOf(step: Step): Step {
    let owner = step;
    for (let at: Step | undefined = step; at !== undefined; at = this.find(at.parent)) {
      if (isComponent(at) && !groups.includes(at.type)) owner = at;
    }
    return owner;
  }

  /** The steps of a type that an input (or any input) of a step depends on, before and after the change. */
  sourcesOf(step: Step, type: string, input?: string): Step[] {
    const urns = [step.before, step.after].flatMap((state) =>
      Object.entries(state?.dependsOn ?? {}).flatMap(([name, from]) =>
        input === undefined || name === input || name === "*" ? from : [],
      ),
    );
    return [...new Set(urns)].flatMap((urn) => {
      const source = this.find(urn);
      return source?.type === type ? [source] : [];
    });
  }

  /** The containers that are replaced because of this replacement. */
  restartedBy(step: Step): Step[] {
    return this.steps.filter(
      (each) =>
        each.type === types.container &&
        each.operation === "replace" &&
        this.sourcesOf(each, step.type).includes(step),
    );
  }

  /** Other containers of the same service that stay or are added. */
  siblingsOf(step: Step): Step[] {
    const service = serviceOf(step);
    return this.steps.filter(
      (each) =>
        each !== step &&
        each.type === types.container &&
        each.operation !== "delete" &&
        service !== undefined &&
        serviceOf(each) === service,
    );
  }

  /** The announced consequences; for a component that was removed from the program, by name. */
  announcedOf(step: Step): Consequence[] {
    const parent = this.find(step.parent);
    const titles = [titleOf(step), ...(parent === undefined ? [] : [titleOf(parent)])];
    return isComponent(step) || step.type === types.image
      ? []
      : this.preview.diagnostics
          .flatMap(({ text }) => readConsequences(text))
          .filter(({ what }) => titles.includes(what));
  }

  /** The messages about the component or its parts. */
  saidOf(step: Step): Diagnostic[] {
    return this.preview.diagnostics.filter(({ urn }) => urn === step.urn || urn === step.parent);
  }
}

export function isComponent({ type }: Pick<Step, "type">): boolean {
  return type.startsWith("dockwright:");
}

/** The labels of a container, a network or a volume. */
export function labelsOf(step: Step): Readonly<Record<string, string | undefined>> {
  return labelsIn((step.after ?? step.before)?.inputs ?? {});
}

function serviceOf(step: Step): string | undefined {
  const labels = labelsOf(step);
  const service = labels["com.docker.compose.service"];
  return service === undefined ? undefined : `${labels["com.docker.compose.project"] ?? ""}/${service}`;
}

/** `container "web"`, the name in errors and reports. */
export function titleOf({ type, name }: Pick<Step, "type" | "name">): string {
  const word = type.split(":").at(-1) ?? type;
  const known: Readonly<Record<string, string>> = {
    BridgeNetwork: "network",
    RemoteImage: "image",
    GatewayRoutes: "routes",
    DockerHost: "host",
  };
  const words = known[word] ?? word.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  return `${words} "${name}"`;
}

export { nameList } from "../core/text/message";

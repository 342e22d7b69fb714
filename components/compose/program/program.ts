/** Writes the program for a plan: one constant per object, references instead of names. */

import type { Path } from "../source/node";
import type { ComposePlan } from "../host/plan";
import type { PlannedService } from "../host/service";
import type { Setting } from "./settings";
import { remark } from "./source";
import { type ProgramOptions, Writer } from "./writer";

/** A program and its remarks. */
export interface Converted {
  readonly text: string;
  /** The settings that it reads, by name. */
  readonly settings: ReadonlyMap<string, Setting>;
  /** Texts with variables that it contains with their current values. */
  readonly frozen: readonly { readonly path: Path; readonly names: readonly string[] }[];
}

/** The text of a TypeScript program. */
export function programOf(whole: ComposePlan, options: ProgramOptions): string {
  return convertPlan(whole, options).text;
}

export function convertPlan(whole: ComposePlan, options: ProgramOptions): Converted {
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
  const shared = writer.shared();
  const lines = [...(first === "" ? [] : [first]), ...writer.head(), "", ...shared, ...body];
  const { carry } = writer;
  return { text: `${lines.join("\n").trimEnd()}\n`, settings: carry.settings.all, frozen: carry.frozen() };
}

const uses = ({ args }: PlannedService, key: string): boolean =>
  args.networks?.some(({ network }) => network === key) ?? false;
const mounts = ({ args }: PlannedService, key: string): boolean =>
  args.mounts?.some((each) => "volume" in each && each.volume === key) ?? false;

/** Translates arguments into the provider's inputs, and lists the changes that the provider does not detect. */

import type { ContainerArgs as ProviderArgs } from "@pulumi/docker";
import type { ContainerArgs } from "./args";
import type { EngineUpdates } from "./engine-updates";
import { containerArguments } from "./arguments";
import { type Argument, type Decided, type Field, fieldsOf } from "./arguments/argument";

const alone: Decided = { service: "", bindings: [], attachments: [], named: "now" };

/** The inputs for checked arguments, from a part of the table. */
export function inputsOf(
  table: Readonly<Record<string, Argument>>,
  args: Partial<ContainerArgs>,
  decided = alone,
): Partial<ProviderArgs> {
  const given = args as Readonly<Record<string, unknown>>;
  return Object.assign(
    {},
    ...Object.entries(table).map(([name, argument]) => {
      const value = given[name] ?? argument.default;
      return value === undefined ? {} : translated(argument, value, args as ContainerArgs, decided);
    }),
  ) as Partial<ProviderArgs>;
}

function translated(
  argument: Argument,
  value: unknown,
  args: ContainerArgs,
  decided: Decided,
): Partial<ProviderArgs> {
  if (argument.inputs !== undefined) return argument.inputs(value, args, decided);
  const [field] = Object.keys(argument.fields);
  return field === undefined ? {} : { [field]: value };
}

/** The settings of the Engine's update call for checked arguments. */
export function engineUpdatesOf(args: ContainerArgs): EngineUpdates {
  return Object.assign({}, ...updates(args).map(({ update, value }) => update.told(value))) as EngineUpdates;
}

/** Labels by which the provider detects changes of settings without an input. */
export function updateLabels(args: ContainerArgs): Record<string, string> {
  return Object.fromEntries(
    updates(args).flatMap(({ update, value, isDefault }) =>
      isDefault ? [] : [[update.label, JSON.stringify(value)]],
    ),
  );
}

function updates(args: ContainerArgs) {
  const given = args as unknown as Readonly<Record<string, unknown>>;
  return Object.entries<Argument>(containerArguments).flatMap(([name, { update, default: usual }]) => {
    const value = given[name] ?? usual;
    return update === undefined || value === undefined ? [] : [{ update, value, isDefault: value === usual }];
  });
}

/** The parts of the Engine's service specification from arguments with a direct translation. */
export function toldBelow(place: string, args: object): Record<string, unknown> {
  const given = args as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries<Argument>(containerArguments).flatMap(([name, { swarm, default: usual }]) => {
      const value = given[name] ?? usual;
      if (swarm.as !== "same" || swarm.told === undefined || value === undefined) return [];
      const [path = ""] = Object.keys(swarm.spec);
      const key = path.slice(place.length + 1);
      return path.startsWith(`${place}.`) && !key.includes(".") ? [[key, swarm.told(value)]] : [];
    }),
  );
}

/** Every provider input that an argument of the table sets. */
function fields(kind: "container" | "job"): [name: string, field: Field][] {
  return Object.values<Argument>(containerArguments)
    .filter(({ job }) => kind === "container" || job === true)
    .flatMap(fieldsOf);
}

/** The inputs whose changes the provider reports but does not apply; `#initerror` retries a failed start. */
function replaceOnChanges(kind: "container" | "job"): string[] {
  const missed = fields(kind).flatMap(([name, { change }]) => (change === "ignored" ? [name] : []));
  return [...missed.sort(), "#initerror"];
}

const unseen = fields("container")
  .flatMap(([name, { removalUnseen }]) =>
    removalUnseen === undefined ? [] : [{ name, isUsual: removalUnseen === "usually given" }],
  )
  .sort((one, other) => (one.name < other.name ? -1 : 1));

/**
 * The inputs whose removal the provider does not detect, as text: those that are given, and those whose default was removed. Adding or
 * removing one replaces the container.
 */
function replacementTrigger(inputs: ProviderArgs): string {
  return unseen
    .flatMap(({ name, isUsual }) => {
      const isGiven = inputs[name as keyof ProviderArgs] !== undefined;
      return isGiven === isUsual ? [] : [isGiven ? name : `no ${name}`];
    })
    .join(" ");
}

/** How Pulumi replaces a container: the old one is kept until the new one is ready. */
export function replacementOptions(kind: "container" | "job", inputs: ProviderArgs) {
  return {
    deleteBeforeReplace: false,
    replaceOnChanges: replaceOnChanges(kind),
    replacementTrigger: replacementTrigger(inputs),
    // During a replacement the new one has a temporary name; it is renamed at the end.
    ignoreChanges: ["name"],
    // Docker returns them in no fixed order.
    hideDiffs: ["networkDatas"],
  };
}

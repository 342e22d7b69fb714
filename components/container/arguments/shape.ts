/** The schemas from the table: all arguments, and those that a job and a service of a swarm accept. */

import type { z } from "zod";
import { containerArguments, type ContainerArguments } from ".";
import type { Argument, RefusedOnSwarm, SameOnSwarm } from "./argument";

type Table = Readonly<Record<string, Argument>>;

/** The schema of each argument; only required arguments cannot be omitted. */
export type ShapeOf<T extends Table> = {
  [K in keyof T]: T[K] extends { readonly required: true } ? T[K]["schema"] : z.ZodOptional<T[K]["schema"]>;
};

export function shapeOf<T extends Table>(table: T): ShapeOf<T> {
  return mapped(table, ({ schema, required }) =>
    required === true ? schema : schema.optional(),
  ) as ShapeOf<T>;
}

export const containerShape = shapeOf(containerArguments);

type OfJobs = {
  [
    K in keyof ContainerArguments as ContainerArguments[K]["job"] extends true ? K : never
  ]: ContainerArguments[K];
};

/** The arguments that a job accepts. */
export const jobShape = shapeOf(chosen(containerArguments, ({ job }) => job === true) as OfJobs);

/** What to write instead of the arguments that a job does not accept. */
export const jobRefusals = texts(containerArguments, ({ job }) => (job === true ? undefined : job));

type OfServices = {
  [
    K in keyof ContainerArguments as ContainerArguments[K]["swarm"] extends SameOnSwarm ? K : never
  ]: ContainerArguments[K];
};

/** The arguments that a service of a swarm accepts with the same schema. */
export const swarmShape = shapeOf(
  chosen(containerArguments, ({ swarm }) => swarm.as === "same") as OfServices,
);

/** The given arguments that a service of a swarm accepts with the same schema. */
export function takenBySwarm<A extends object>(args: A): Pick<A, keyof A & keyof OfServices> {
  return Object.fromEntries(Object.entries(args).filter(([name]) => name in swarmShape)) as Pick<
    A,
    keyof A & keyof OfServices
  >;
}

type RefusedOfServices = {
  [K in keyof ContainerArguments]: ContainerArguments[K]["swarm"] extends RefusedOnSwarm ? K : never;
}[keyof ContainerArguments];

/** What to write instead of the arguments that a service of a swarm does not support. */
export const swarmRefusals = texts(containerArguments, ({ swarm }) =>
  swarm.as === "refused" ? swarm.instead : undefined,
) as Record<RefusedOfServices, string>;

function mapped(table: Table, of: (argument: Argument) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(table).map(([name, argument]) => [name, of(argument)]));
}

function chosen(table: Table, holds: (argument: Argument) => boolean): Table {
  return Object.fromEntries(Object.entries(table).filter(([, argument]) => holds(argument)));
}

function texts(table: Table, of: (argument: Argument) => string | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(table).flatMap(([name, argument]) => {
      const text = of(argument);
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

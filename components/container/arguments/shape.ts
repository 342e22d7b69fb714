/** What the table says of checks: which arguments there are, and which of them a job and a service of a swarm take. */

import type { z } from "zod";
import { containerArguments, type ContainerArguments } from ".";
import type { Argument, RefusedOnSwarm, SameOnSwarm } from "./argument";

type Table = Readonly<Record<string, Argument>>;

/** The check of each argument; only what is required may not be left out. */
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

/** What a job takes of it. */
export const jobShape = shapeOf(chosen(containerArguments, ({ job }) => job === true) as OfJobs);

/** What to write instead of what a job does not take. */
export const jobRefusals = texts(containerArguments, ({ job }) => (job === true ? undefined : job));

type OfServices = {
  [
    K in keyof ContainerArguments as ContainerArguments[K]["swarm"] extends SameOnSwarm ? K : never
  ]: ContainerArguments[K];
};

/** What a service of a swarm takes with the same check. */
export const swarmShape = shapeOf(
  chosen(containerArguments, ({ swarm }) => swarm.as === "same") as OfServices,
);

/** What of the arguments of a container a service takes too. */
export function takenBySwarm<A extends object>(args: A): Pick<A, keyof A & keyof OfServices> {
  return Object.fromEntries(Object.entries(args).filter(([name]) => name in swarmShape)) as Pick<
    A,
    keyof A & keyof OfServices
  >;
}

type RefusedOfServices = {
  [K in keyof ContainerArguments]: ContainerArguments[K]["swarm"] extends RefusedOnSwarm ? K : never;
}[keyof ContainerArguments];

/** What to write instead of what a service of a swarm cannot have. */
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

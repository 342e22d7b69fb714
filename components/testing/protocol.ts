/**
 * All that is taken from the inside of @pulumi/pulumi. Its mocks show the inputs of a resource and hide its options, what
 * is secret and what is unknown; for those there is no public way. test/contract/pulumi-internals.test.ts fails when one
 * of these changes.
 */

import * as pulumi from "@pulumi/pulumi";

/** Stands for a value that a preview cannot know. */
export const UNKNOWN = "<known after up>";

const UNKNOWN_ON_THE_WIRE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** The key that marks a value of a special kind, and its value where that is a secret. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

interface Struct {
  toJavaScript(): Record<string, unknown>;
}

/** What the engine is asked to register. */
export interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getCustom(): boolean;
  getProvider(): string;
  getObject(): Struct | undefined;
  getDeletebeforereplace(): boolean;
  getProtect(): boolean | undefined;
  getRetainondelete(): boolean | undefined;
  getIgnorechangesList(): string[];
  getReplaceonchangesList(): string[];
  getHidediffsList(): string[];
  getAdditionalsecretoutputsList(): string[];
  getAliasesList(): { toObject(): { urn: string; spec?: object } }[];
  getDependenciesList(): string[];
  getDeletedwith(): string;
  getImportid(): string;
  getCustomtimeouts(): { toObject(): object } | undefined;
  getReplacementTrigger(): { toJavaScript(): unknown } | undefined;
}

/** What a component says in the end. */
export interface OutputsRequest {
  getUrn(): string;
  getOutputs(): Struct | undefined;
}

type Answer = (error: unknown, response: { getUrn(): string } | undefined) => void;

/** The two calls that a resource is made of, as `pulumi.runtime.setMocks` answers them. */
export interface MockedEngine {
  registerResource: (request: RegisterRequest, answer: Answer) => Promise<void>;
  registerResourceOutputs: (
    request: OutputsRequest,
    answer: (error: unknown, response: unknown) => void,
  ) => void;
}

/** Who answers since `setMocks`: one object for each call of it. */
export function mockedEngine(): MockedEngine {
  return pulumi.runtime.getMonitor() as unknown as MockedEngine;
}

/** A value of the protocol in plain words: a secret reads `{ secret: value }`, what is not known reads `UNKNOWN`. */
export function plain(value: unknown): unknown {
  if (value === UNKNOWN_ON_THE_WIRE) return UNKNOWN;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const { [SIGNATURE]: kind, ...fields } = value as Record<string, unknown>;
  if (kind === SECRET) return { secret: plain(fields["value"]) };
  return Object.fromEntries(Object.entries(fields).map(([key, each]) => [key, plain(each)]));
}

/**
 * The value of an output; `UNKNOWN` where a preview cannot know it. A secret's value is given as it is:
 * `pulumi.isSecret` tells whether it is one.
 *
 * @throws what the output failed with
 */
export function valueOf(output: pulumi.Output<unknown>): Promise<unknown> {
  const inside = output as unknown as { promise(): Promise<unknown>; isKnown: Promise<boolean> };
  return inside.isKnown.then((known) => (known ? inside.promise() : UNKNOWN));
}

/**
 * All uses of internals of @pulumi/pulumi. Its mocks provide the inputs of a resource, but not its options, secrets and unknown
 * values; there is no public API for those. test/contract/pulumi-internals.test.ts fails if one of these internals changes.
 */

import * as pulumi from "@pulumi/pulumi";

/** The placeholder for a value that is unknown in a preview. */
export const UNKNOWN = "<known after up>";

const UNKNOWN_ON_THE_WIRE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** The key that marks a special value, and its value for a secret. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

interface Struct {
  toJavaScript(): Record<string, unknown>;
}

/** The request that registers a resource. */
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

/** The request that registers the outputs of a component. */
export interface OutputsRequest {
  getUrn(): string;
  getOutputs(): Struct | undefined;
}

type Answer = (error: unknown, response: { getUrn(): string } | undefined) => void;

/** The two calls for a resource, which `pulumi.runtime.setMocks` implements. */
export interface MockedEngine {
  registerResource: (request: RegisterRequest, answer: Answer) => Promise<void>;
  registerResourceOutputs: (
    request: OutputsRequest,
    answer: (error: unknown, response: unknown) => void,
  ) => void;
}

/** The monitor that `setMocks` installs: one object per call. */
export function mockedEngine(): MockedEngine {
  return pulumi.runtime.getMonitor() as unknown as MockedEngine;
}

/** A value of the protocol as plain data: `{ secret: value }` for a secret, `UNKNOWN` for an unknown value. */
export function plain(value: unknown): unknown {
  if (value === UNKNOWN_ON_THE_WIRE) return UNKNOWN;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const { [SIGNATURE]: kind, ...fields } = value as Record<string, unknown>;
  if (kind === SECRET) return { secret: plain(fields["value"]) };
  return Object.fromEntries(Object.entries(fields).map(([key, each]) => [key, plain(each)]));
}

/**
 * The value of an output; `UNKNOWN` if it is unknown in a preview. The value of a secret is returned in plain text;
 * `pulumi.isSecret` returns whether it is one.
 *
 * @throws the error of the output
 */
export function valueOf(output: pulumi.Output<unknown>): Promise<unknown> {
  const inside = output as unknown as { promise(): Promise<unknown>; isKnown: Promise<boolean> };
  return inside.isKnown.then((known) => (known ? inside.promise() : UNKNOWN));
}

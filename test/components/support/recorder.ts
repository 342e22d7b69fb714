/** Runs a program without an engine, and records what it registers: types, names, parents, inputs and options. */

import * as pulumi from "@pulumi/pulumi";
import type { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { answerOf } from "./provider";
import { plain, UNKNOWN } from "./wire";

/** One resource as the engine is told of it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  /** The name of the parent with its type, `Container web`; empty below the stack itself. */
  readonly parent: string;
  /** Secrets read `{ secret: value }`, values of a preview that are not known yet read `UNKNOWN`. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Only those that are set. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The name of an explicit provider. */
  readonly provider: string;
}

export interface RunOptions {
  readonly project?: string;
  readonly stack?: string;
  readonly preview?: boolean;
}

export interface Run<T> {
  /** What the program returned; undefined where it threw. */
  readonly result: T | undefined;
  readonly error: Error | undefined;
  readonly resources: readonly Registered[];
  /** Those that a provider makes: no components. */
  readonly children: readonly Registered[];
}

type Callback = Parameters<MockMonitor["registerResource"]>[1];

/** The part of the engine's protocol that is recorded. */
interface RawRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getCustom(): boolean;
  getProvider(): string;
  getObject(): { toJavaScript(): Record<string, unknown> };
  getDeletebeforereplace(): boolean;
  getProtect(): boolean;
  getRetainondelete(): boolean;
  getIgnorechangesList(): string[];
  getReplaceonchangesList(): string[];
  getHidediffsList(): string[];
  getAdditionalsecretoutputsList(): string[];
  getDependenciesList(): string[];
  getReplacementTrigger(): { toJavaScript(): unknown } | undefined;
}

/** Runs a program of its own, apart from every other: project `shop`, stack `test` unless said otherwise. */
export async function run<T>(program: () => T, options: RunOptions = {}): Promise<Run<T>> {
  const { project = "shop", stack = "test", preview = false } = options;
  await pulumi.runtime.setMocks(
    { newResource: (args) => answerOf(args, preview), call: () => ({}) },
    project,
    stack,
    preview,
  );
  const resources = record(pulumi.runtime.getMonitor() as unknown as MockMonitor);
  let result: T | undefined;
  let error: Error | undefined;
  try {
    result = program();
  } catch (thrown) {
    error = thrown as Error;
  }
  await pulumi.runtime.disconnect();
  const children = resources.filter(({ type }) => !type.startsWith("dockwright:"));
  return { result, error, resources, children };
}

/** The value of an output; `UNKNOWN` where a preview cannot know it. */
export function valueOf(output: pulumi.Output<unknown>): Promise<unknown> {
  const inside = output as unknown as { promise(): Promise<unknown>; isKnown: Promise<boolean> };
  return inside.isKnown.then((known) => (known ? inside.promise() : UNKNOWN));
}

function record(monitor: MockMonitor): Registered[] {
  const resources: Registered[] = [];
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request: RawRequest, callback: Callback) => {
    resources.push(registered(request));
    return register(request, callback);
  };
  return resources;
}

function registered(request: RawRequest): Registered {
  const trigger = request.getReplacementTrigger()?.toJavaScript();
  return {
    type: request.getType(),
    name: request.getName(),
    parent: shortUrn(request.getParent()),
    inputs: plain(request.getObject().toJavaScript()) as Record<string, unknown>,
    options: given({
      deleteBeforeReplace: request.getDeletebeforereplace(),
      protect: request.getProtect(),
      retainOnDelete: request.getRetainondelete(),
      ignoreChanges: request.getIgnorechangesList(),
      replaceOnChanges: request.getReplaceonchangesList(),
      hideDiffs: request.getHidediffsList(),
      additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
      dependsOn: request.getDependenciesList().map(shortUrn),
      replacementTrigger: trigger === undefined ? undefined : plain(trigger),
    }),
    provider: shortUrn(request.getProvider().replace(/::[^:]*$/, "")),
  };
}

function given(options: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).filter(
      ([, value]) =>
        value !== undefined &&
        value !== false &&
        value !== null &&
        !(Array.isArray(value) && value.length === 0),
    ),
  );
}

/** `urn:pulumi:test::shop::dockwright:index:Container::web` reads `Container web`. */
function shortUrn(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  return urn === "" ? "" : `${types.split(":").at(-1) ?? ""} ${name}`;
}

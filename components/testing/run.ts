/** Runs a program without an engine, and records what it registers. */

import * as pulumi from "@pulumi/pulumi";

import { type MockedEngine, mockedEngine, plain } from "./protocol";
import { answerOf } from "./provider";
import { type Registered, registered } from "./registered";

/** The options of a run. */
export interface RunOptions {
  /** @defaultValue `"shop"` */
  readonly project?: string;
  /** @defaultValue `"test"` */
  readonly stack?: string;
  /** Whether values that Docker sets are unknown, as in `pulumi preview`. @defaultValue `false` */
  readonly preview?: boolean;
  /** The stack's settings as `{ "shop:port": "8080" }`, text each, lists and objects as JSON. @defaultValue none */
  readonly config?: Readonly<Record<string, string>>;
  /**
   * Outputs that a provider other than Docker's adds to the inputs: `({ type }) => ({ result: "x" })`. Not called in a
   * preview.
   */
  readonly outputs?: (resource: {
    readonly type: string;
    readonly name: string;
    readonly inputs: Readonly<Record<string, unknown>>;
  }) => Readonly<Record<string, unknown>>;
}

/** The result of a run. */
export interface Run<T> {
  /** The return value of the program; undefined if it threw. */
  readonly result: T | undefined;
  /**
   * The error of the program, such as a component that refuses its arguments. An error in a later `apply` ends the process,
   * as it ends an `up`.
   */
  readonly error: Error | undefined;
  /** In the order of their registration. */
  readonly resources: readonly Registered[];
  /** The resources of providers, without components. */
  readonly children: readonly Registered[];
  /** All of a type, such as `docker:index/container:Container`. */
  readonly byType: (type: string) => readonly Registered[];
  /**
   * The resource with that type and name.
   *
   * @throws Error listing all resources, if there is none or more than one
   */
  readonly get: (type: string, name: string) => Registered;
  /** The values that a component passed to `registerOutputs`, in the form of `inputs`; undefined without a call. */
  readonly outputsOf: (type: string, name: string) => Readonly<Record<string, unknown>> | undefined;
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a program without an engine, and waits until all its resources are registered. Docker is simulated: ids are
 * `<name>-id`, images `sha256:<name>`. Hooks and transforms do not run. Concurrent runs are executed one after the other,
 * because Pulumi has one engine per process.
 *
 * @example
 * ```ts
 * const { get } = await run(() => new Container("web", { image, user: "daemon" }));
 * expect(get("docker:index/container:Container", "web").inputs.user).toBe("daemon");
 * ```
 */
export function run<T>(program: () => T | Promise<T>, options: RunOptions = {}): Promise<Run<T>> {
  const mine = last.then(() => recorded(program, options));
  last = mine.catch(() => undefined);
  return mine;
}

async function recorded<T>(program: () => T | Promise<T>, options: RunOptions): Promise<Run<T>> {
  const { project = "shop", stack = "test", preview = false, config = {}, outputs } = options;
  const newResource = (args: pulumi.runtime.MockResourceArgs) => {
    const { id, state } = answerOf(args, preview);
    const { type, name, inputs } = args as { type: string; name: string; inputs: Record<string, unknown> };
    return { id, state: preview ? state : { ...state, ...outputs?.({ type, name, inputs }) } };
  };
  await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, project, stack, preview);
  pulumi.runtime.setAllConfig({ ...config });
  const log = record(mockedEngine());
  let result: T | undefined;
  let error: Error | undefined;
  try {
    result = await program();
  } catch (thrown) {
    error = thrown instanceof Error ? thrown : new Error(String(thrown));
  }
  await pulumi.runtime.disconnect();
  return { result, error, ...views(log) };
}

interface Entry {
  readonly resource: Registered;
  readonly custom: boolean;
  urn?: string;
  outputs?: Readonly<Record<string, unknown>>;
}

function record(engine: MockedEngine): readonly Entry[] {
  const log: Entry[] = [];
  const register = engine.registerResource.bind(engine);
  const finish = engine.registerResourceOutputs.bind(engine);
  engine.registerResource = (request, answer) => {
    const entry: Entry = { resource: registered(request), custom: request.getCustom() };
    log.push(entry);
    return register(request, (error, response) => {
      entry.urn = response?.getUrn();
      answer(error, response);
    });
  };
  engine.registerResourceOutputs = (request, answer) => {
    const entry = log.find(({ urn, outputs }) => urn === request.getUrn() && outputs === undefined);
    if (entry !== undefined)
      entry.outputs = plain(request.getOutputs()?.toJavaScript() ?? {}) as Record<string, unknown>;
    finish(request, answer);
  };
  return log;
}

function views(log: readonly Entry[]): Omit<Run<unknown>, "result" | "error"> {
  const find = (type: string, name: string): Entry => {
    const found = log.filter(({ resource }) => resource.type === type && resource.name === name);
    const [only] = found;
    if (only !== undefined && found.length === 1) return only;
    const all = log.map(({ resource }) => `${resource.type} "${resource.name}"`).join(", ") || "nothing";
    throw new Error(`run: expected one ${type} "${name}", got ${String(found.length)} among: ${all}`);
  };
  return {
    resources: log.map(({ resource }) => resource),
    children: log.filter(({ custom }) => custom).map(({ resource }) => resource),
    byType: (type) => log.map(({ resource }) => resource).filter((each) => each.type === type),
    get: (type, name) => find(type, name).resource,
    outputsOf: (type, name) => find(type, name).outputs,
  };
}

/** Reads the output of `pulumi preview --json`. */

import { z } from "zod";

import { orderOf } from "../provider/order";
import { changesOf } from "./changes";
import type { Operation, SourcePosition, State, Step } from "./step";

/** A message of Pulumi or of a component during the preview. */
export interface Diagnostic {
  readonly severity: "info" | "warning" | "error";
  readonly text: string;
  /** The resource that it is about. */
  readonly urn: string | undefined;
}

export interface Preview {
  readonly project: string;
  readonly stack: string;
  readonly steps: readonly Step[];
  readonly diagnostics: readonly Diagnostic[];
}

const bag = z.record(z.string(), z.unknown());
const state = z.object({
  type: z.string(),
  id: z.string().optional(),
  parent: z.string().optional(),
  inputs: bag.default({}),
  outputs: bag.default({}),
  dependencies: z.array(z.string()).nullish(),
  propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).nullish(),
  retainOnDelete: z.boolean().optional(),
  protect: z.boolean().optional(),
  resourceHooks: z.object({ BeforeCreate: z.array(z.string()).nullish() }).nullish(),
  sourcePosition: z.string().optional(),
  stackTrace: z.array(z.object({ sourcePosition: z.string().optional() })).nullish(),
});

const step = z.object({
  op: z.string(),
  urn: z.string(),
  oldState: state.nullish(),
  newState: state.nullish(),
  diffReasons: z.array(z.string()).nullish(),
  replaceReasons: z.array(z.string()).nullish(),
  detailedDiff: z.record(z.string(), z.object({ kind: z.string() })).nullish(),
});

const digest = z.object({
  steps: z.array(step).nullish(),
  diagnostics: z
    .array(
      z.object({
        urn: z.string().optional(),
        message: z.string().optional(),
        severity: z.string().optional(),
      }),
    )
    .nullish(),
});

export type RawStep = z.infer<typeof step>;
type RawState = z.infer<typeof state>;

/** Pulumi's placeholders for values that are only known after an up, by type. */
const UNKNOWN =
  /^(04da6b54-80e4-46f7-96ec-b56ff0331ba9|1c4a061d-8072-4f0a-a4cb-0ff528b18fe7|3eeb2bf0-c639-47a8-9e75-3b44932eb421|6a19a0b0-7e62-4c92-b797-7f8e31da9cc2|030794c1-ac77-496b-92df-f27374a8bd58|e48ece36-62e2-4504-bad9-02848725956a|dd056dcd-154b-4c76-9bd3-c8f88648b5ff)$/;

/** @throws Error - the input is not the output of a preview; the message has the fault and the remedy. */
export function readPreview(text: string): Preview {
  const found = digest.safeParse(parse(text));
  if (!found.success) {
    const [issue] = found.error.issues;
    throw new Error(
      `it is not the JSON output of a preview: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`,
    );
  }
  const steps = found.data.steps ?? [];
  const diagnostics = found.data.diagnostics ?? [];
  if (found.data.steps === undefined && diagnostics.length === 0)
    throw new Error("it has neither steps nor diagnostics");
  const [, stack = "", project = ""] = (steps[0]?.urn ?? diagnostics.find(({ urn }) => urn)?.urn ?? "")
    .split(":")
    .filter((part, index) => index > 0 && part !== "");
  return {
    project,
    stack,
    // The resource with the stack's identity is not part of a review.
    steps: onePerResource(steps.flatMap(readStep)).filter(({ type }) => type !== "pulumi:index:Stash"),
    diagnostics: diagnostics.flatMap(readDiagnostic),
  };
}

function parse(text: string): unknown {
  try {
    // The output can begin with a warning of Pulumi.
    return JSON.parse(text.slice(Math.max(0, text.indexOf("{"))));
  } catch {
    throw new Error(text.trim() === "" ? "it is empty" : "it is not valid JSON");
  }
}

function readStep(raw: RawStep): Step[] {
  const operation = operationOf(raw.op);
  if (operation === undefined) return [];
  const before = raw.oldState ? readState(raw.oldState) : undefined;
  const after = raw.newState ? readState(raw.newState) : undefined;
  const of = raw.newState ?? raw.oldState;
  const type = of?.type ?? "";
  return [
    {
      operation,
      urn: raw.urn,
      type,
      name: raw.urn.split("::").slice(3).join("::"),
      parent: of?.parent,
      // A removed object has no new state, and an added one no old state.
      before: operation === "create" ? undefined : before,
      after: operation === "delete" ? undefined : after,
      changes: changesOf(type, operation, before, after, raw),
      source: raw.newState ? sourceOf(raw.newState) : raw.oldState ? sourceOf(raw.oldState) : undefined,
    },
  ];
}

/** Undefined for operations without a change: read, refresh, removal of missing resources from the state. */
function operationOf(op: string): Operation | undefined {
  switch (op) {
    case "same":
    case "create":
    case "update":
    case "replace":
    case "delete":
      return op;
    case "create-replacement":
    case "import-replacement":
      return "replace";
    case "import":
      return "same";
    default:
      return undefined;
  }
}

/** A replacement can consist of several steps. */
function onePerResource(steps: readonly Step[]): Step[] {
  const byUrn = new Map<string, Step>();
  for (const each of steps) {
    const known = byUrn.get(each.urn);
    if (known === undefined || each.operation === "replace") byUrn.set(each.urn, each);
  }
  return [...byUrn.values()];
}

function readState(raw: RawState): State {
  const { id, inputs, outputs, retainOnDelete, protect, resourceHooks } = raw;
  return {
    id: id === undefined || id === "" || UNKNOWN.test(id) ? undefined : id,
    inputs: clean(inputs) as State["inputs"],
    outputs: clean(outputs) as State["outputs"],
    dependsOn: dependsOn(raw),
    retained: retainOnDelete === true,
    protected: protect === true,
    order: orderOf(resourceHooks?.BeforeCreate ?? []),
  };
}

/** If values are not known yet, Pulumi does not report the input of each dependency: then all of them are under `*`. */
function dependsOn({ dependencies, propertyDependencies }: RawState): NonNullable<State["dependsOn"]> {
  const byInput = Object.entries(propertyDependencies ?? {}).flatMap(([input, urns]) =>
    urns !== null && urns.length > 0 ? [[input, urns] as const] : [],
  );
  return Object.fromEntries(byInput.length > 0 ? byInput : [["*", dependencies ?? []] as const]);
}

/** Without Pulumi's internal keys. */
function clean(value: unknown): unknown {
  if (typeof value === "string") return UNKNOWN.test(value) ? "[unknown]" : value;
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (key.startsWith("__") ? [] : [[key, clean(each)]])),
  );
}

/**
 * The place of the declaration in the user's program. If it goes through functions in other files, the place is in the
 * calling file, where the arguments of this resource are written.
 */
function sourceOf({ sourcePosition, stackTrace }: RawState): SourcePosition | undefined {
  const calls = callsIn([sourcePosition, ...(stackTrace ?? []).map((frame) => frame.sourcePosition)]);
  const from = calls.at(-1)?.file;
  return calls.find(({ file }) => file === from);
}

/** From the innermost call to the loading of the program. */
function callsIn(places: readonly (string | undefined)[]): SourcePosition[] {
  const calls: SourcePosition[] = [];
  let strange = 0;
  for (const place of places) {
    const [, file = "", line] = /^project:\/\/\/(.+)#(\d+)(?:,\d+)?$/.exec(place ?? "") ?? [];
    const foreign = line === undefined || /(^|\/)node_modules\/|^\.\.\//.test(file);
    // A single frame without a place is a built-in function; several, or a package, are the module loader.
    strange = foreign ? strange + 1 : 0;
    if (calls.length > 0 && foreign && (line !== undefined || strange > 1)) break;
    if (!foreign && !/^(components|dist)\//.test(file)) calls.push({ file, line: Number(line) });
  }
  return calls;
}

function readDiagnostic(raw: {
  urn?: string | undefined;
  message?: string | undefined;
  severity?: string | undefined;
}): Diagnostic[] {
  const text = (raw.message ?? "").replace(/^\s*(error|warning|info): /, "").trim();
  const severity = /^info/.test(raw.severity ?? "") ? "info" : raw.severity;
  if (text === "" || (severity !== "info" && severity !== "warning" && severity !== "error")) return [];
  return [{ severity, text, urn: raw.urn === "" ? undefined : raw.urn }];
}

/** What is kept of a recorded digest: what a review reads, without the machine that it was recorded on. */

interface State {
  readonly [key: string]: unknown;
  readonly type: string;
  readonly outputs?: unknown;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Record<string, readonly string[]>;
  readonly resourceHooks?: Record<string, unknown>;
  readonly stackTrace?: readonly { readonly sourcePosition?: string }[];
}

interface Digest {
  readonly steps: readonly {
    readonly op: string;
    readonly oldState?: State;
    readonly newState?: State;
    readonly provider?: string;
  }[];
  readonly diagnostics?: unknown;
  readonly changeSummary: unknown;
}

const kept = ["type", "id", "parent", "inputs", "retainOnDelete", "protect", "sourcePosition"] as const;

export function scrub(text: string, folder: string): string {
  const { steps, diagnostics, changeSummary } = JSON.parse(text) as Digest;
  const lines = steps.map(({ provider: _provider, oldState, newState, ...step }) => ({
    ...step,
    // Of what stays as it is one side says all.
    ...(oldState && { oldState: step.op === "same" ? briefly(oldState) : scrubState(oldState) }),
    ...(newState && { newState: scrubState(newState) }),
  }));
  const rest = JSON.stringify({ changeSummary, ...(diagnostics !== undefined && { diagnostics }) });
  // One line a step, so that a later recording can be compared with this one.
  const all = `{"steps":[\n${lines.map((line) => JSON.stringify(line)).join(",\n")}\n],${rest.slice(1)}\n`;
  return withStableIds(
    all
      .replaceAll(folder, "/work/shop")
      .replace(/\/tmp\/dockwright-[\w-]+/g, "/work/context")
      .replace(/"sourcePosition":"[^"]*node_modules[^"]*",?/g, ""),
  );
}

function scrubState(state: State): object {
  const { stackTrace = [], resourceHooks } = state;
  const byInput = Object.entries(state.propertyDependencies ?? {}).filter(([, urns]) => urns.length > 0);
  const loaded = stackTrace.findIndex(({ sourcePosition }) => sourcePosition?.includes("node_modules"));
  return {
    ...Object.fromEntries(kept.flatMap((key) => (key in state ? [[key, state[key]]] : []))),
    // What Docker's provider adds is long, and nobody reads it.
    outputs: state.type.startsWith("docker:") ? {} : state.outputs,
    ...(resourceHooks && { resourceHooks }),
    ...(byInput.length > 0
      ? { propertyDependencies: Object.fromEntries(byInput) }
      : { dependencies: state.dependencies }),
    // Up to where the program was loaded, which is no place in it.
    stackTrace: stackTrace.slice(0, Math.max(loaded, 0)).map(({ sourcePosition }) => ({ sourcePosition })),
  };
}

function briefly({ type, parent, retainOnDelete, protect }: State): object {
  return { type, parent, retainOnDelete, protect };
}

/** Ids of Docker in the order of their appearance. */
function withStableIds(text: string): string {
  const ids = new Map<string, string>();
  const stable = (id: string): string => {
    const known = ids.get(id) ?? (ids.size + 1).toString(16).padStart(12, "0").padEnd(64, "0");
    ids.set(id, known);
    return known;
  };
  return text.replace(/\b[0-9a-f]{64}\b/g, stable).replace(/\b([0-9a-f]{12}):8/g, (_all, short: string) => {
    const full = [...ids.keys()].find((id) => id.startsWith(short));
    return `${full === undefined ? short : stable(full).slice(0, 12)}:8`;
  });
}

/** Steps as a preview has them, in few words. */

import type { Operation, State, Step } from "../../../components/review/step";

const STACK = "urn:pulumi:test::shop::";

export interface Side {
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly dependsOn?: State["dependsOn"];
  readonly retained?: boolean;
}

export interface Sides {
  readonly before?: Side;
  readonly after?: Side;
  /** Paths of inputs that change. */
  readonly changes?: readonly string[];
  /** The type of the component above the component. */
  readonly within?: string;
}

const operations = (before: boolean, after: boolean, changes: boolean): Operation =>
  !before ? "create" : !after ? "delete" : changes ? "replace" : "same";

function step(type: string, component: string, name: string, sides: Sides, host = ""): Step {
  const { before, after, changes = [] } = sides;
  const on = host === "" ? name : `${name}-on-${host}`;
  const parent = `${STACK}${component}::${name}`;
  const state = (side: Side): State => ({ id: undefined, inputs: {}, outputs: {}, ...side });
  return {
    operation: operations(before !== undefined, after !== undefined, changes.length > 0),
    urn: `${STACK}${component}$${type}::${on}`,
    type,
    name: on,
    parent,
    before: before && state(before),
    after: after && state(after),
    changes: changes.map((path) => ({ path, kind: "update", replaces: true })),
    source: undefined,
  };
}

export const container = (name: string, sides: Sides, host?: string): Step =>
  step(
    "docker:index/container:Container",
    `${sides.within ?? ""}dockwright:index:Container`,
    name,
    sides,
    host,
  );
export const job = (name: string, sides: Sides): Step =>
  step("docker:index/container:Container", "dockwright:index:Job", name, sides);
export const network = (name: string, sides: Sides, host?: string): Step =>
  step("docker:index/network:Network", "dockwright:index:BridgeNetwork", name, sides, host);
export const volume = (name: string, sides: Sides): Step =>
  step("docker:index/volume:Volume", "dockwright:index:Volume", name, sides);
/** The component itself, which tells what a container belongs to. */
export const component = (type: string, name: string, parent?: string): Step => ({
  operation: "same",
  urn: `${STACK}${type}::${name}`,
  type: type.split("$").pop() ?? type,
  name,
  parent: parent === undefined ? undefined : `${STACK}${parent}`,
  before: { id: undefined, inputs: {}, outputs: {} },
  after: { id: undefined, inputs: {}, outputs: {} },
  changes: [],
  source: undefined,
});

export const on = (...networks: string[]): { networksAdvanced: { name: string }[] } => ({
  networksAdvanced: networks.map((name) => ({ name })),
});
export const port = (external: number, internal: number, ip = "127.0.0.1"): Record<string, unknown> => ({
  external,
  internal,
  ip,
  protocol: "tcp",
});
export const mounted = (volumeName: string, readOnly = false): Record<string, unknown> => ({
  volumeName,
  containerPath: "/data",
  readOnly,
});

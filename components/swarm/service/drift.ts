/** The live service on a swarm, and its drift from the declaration. */

/** A service as the Engine returns it. */
export interface LiveService {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The version of the object; an update must pass the current one. */
  readonly version: number;
  /** The specification, as stored by the Engine. */
  readonly spec: object;
  readonly update: UpdateProgress | undefined;
  readonly ports: readonly { readonly port: number; readonly protocol: string; readonly mode: string }[];
  /** The numbers of running and desired tasks. */
  readonly running: number;
  readonly desired: number;
}

export interface UpdateProgress {
  readonly state:
    "updating" | "paused" | "completed" | "rollback_started" | "rollback_paused" | "rollback_completed";
  readonly message: string;
}

/** A task as the Engine returns it. */
export interface LiveTask {
  readonly id: string;
  /** The slot of the task: a number, or the node for a global service. */
  readonly slot: string;
  readonly node: string;
  readonly state: string;
  /** Whether its desired state is running. */
  readonly wanted: boolean;
  /** Whether it has the current specification of the service. */
  readonly current: boolean;
  /** The error of the node or of the scheduler. */
  readonly error: string;
  readonly exitCode: number | undefined;
  readonly containerId: string | undefined;
  /** The times of its creation and of its last change of state, in milliseconds by the clock of the swarm. */
  readonly createdAt: number;
  readonly since: number;
}

/**
 * Identifies an update attempt, on a label of the service: a hash of the specification and a new part per
 * attempt. While the service has no drift, the program keeps the existing value, so that nothing changes.
 */
export const attemptLabel = "io.dockwright.attempt";

/** Fields that the Engine fills in, and irrelevant ones. */
const IGNORED = [
  `Labels.${attemptLabel}`,
  "TaskTemplate.ContainerSpec.Isolation",
  "TaskTemplate.ForceUpdate",
  "TaskTemplate.Runtime",
];

/** The paths at which two specifications differ, such as `TaskTemplate.ContainerSpec.Image`. */
export function specDrift(declared: object, live: object): string[] {
  const [one, other] = [leavesOf(declared), leavesOf(live)];
  const places = [...new Set([...one.keys(), ...other.keys()])];
  return places
    .filter((place) => !IGNORED.some((each) => place === each || place.startsWith(`${each}.`)))
    .filter((place) => one.get(place) !== other.get(place))
    .sort();
}

/** A canonical text of a specification: equivalent specifications have the same one. */
export function canonical(spec: object): string {
  const leaves = [...leavesOf(spec)].filter(([place]) => !IGNORED.includes(place));
  return JSON.stringify(leaves.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Every value by its path. For the Engine, missing, zero and empty values are the same. */
function leavesOf(value: unknown, place: readonly string[] = [], found = new Map<string, unknown>()) {
  if (typeof value === "object" && value !== null)
    for (const [key, each] of Object.entries(value)) leavesOf(each, [...place, key], found);
  else if (value !== undefined && value !== null && value !== "" && value !== 0 && value !== false)
    found.set(place.join("."), value);
  return found;
}

/** The fault of a service without manual changes, as text; undefined without a fault. */
export function serviceTrouble({ name, update, running, desired }: LiveService): string | undefined {
  switch (update?.state) {
    case "rollback_started":
    case "rollback_completed":
    case "rollback_paused":
      return `the last update of ${name} was rolled back; this run retries`;
    case "updating":
      return `an interrupted update of ${name} is still in progress; this run waits for it`;
    case "paused":
      return `the last update of ${name} was paused; this run retries`;
    default:
      return running < desired
        ? `${String(running)} of ${String(desired)} tasks of ${name} are running; this run waits for them`
        : undefined;
  }
}

/** The grammar of the honesty test: what is deployed, cell by cell. A cell has nothing in common with any other. */

/** Arguments of the container that need no other object, as JSON. */
export type PlainArgs = Readonly<Record<string, unknown>>;

export interface Cell {
  /** A letter or two: what begins the names of its parts, and the name of its service. */
  readonly name: string;
  /** The content of a file that its image is built from. */
  readonly image: number;
  /** The content of a file that the build does not see. */
  readonly ignored: number;
  /** How many containers run; 0 is none. */
  readonly replicas: number;
  readonly args: PlainArgs;
  readonly secret: number;
  readonly port: "none" | "fixed" | "public" | "free";
  /** A second container beside it, a service of its own. */
  readonly side: boolean;
  /** Which of the two publishes a fixed or public port. */
  readonly portAt: "main" | "side";
  /** How often its container was renamed: the name of its component ends with it. */
  readonly renamed: number;
  /** Whether the last rename came with an alias. */
  readonly aliased: boolean;
  /** A container that somebody else started and that it takes over. */
  readonly adopted: boolean;
  readonly mount: "none" | "read-write" | "read-only";
  readonly tmpfs: boolean;
  readonly joins: boolean;
  readonly network: Network | undefined;
  readonly volume: Volume | undefined;
  readonly job: Job | undefined;
}

interface Network {
  readonly internal: boolean;
  /** The third number of its range. */
  readonly subnet: number | undefined;
  readonly label: number;
  readonly mtu: number;
}

interface Volume {
  readonly whenDestroyed: "keep-data" | "lose-data";
  readonly label: number;
  readonly option: number;
}

interface Job {
  readonly command: number;
  readonly environment: number;
  readonly memoryMiB: number;
}

export const PUBLIC_FROM = 21_000;

/** What is used is there, and nothing is asked for that dockwright refuses. */
export function consistent(cell: Cell): Cell {
  const one = cell.replicas === 1;
  const isHeld = cell.port === "fixed" || cell.port === "public";
  const side = cell.side || (cell.portAt === "side" && isHeld);
  const portAt = isHeld ? cell.portAt : "main";
  const held = isHeld && one && portAt === "main";
  const port = cell.port === "free" || held || portAt === "side" ? cell.port : "none";
  const mount = cell.volume === undefined || (!one && cell.mount === "read-write") ? "none" : cell.mount;
  const single = held || mount === "read-write" || cell.args["name"] !== undefined;
  const args = {
    ...cell.args,
    ...(single && cell.args["update"] === "start-first" && { update: undefined }),
    ...(!one && { name: undefined }),
    ...(cell.args["readOnlyRoot"] === true && { files: undefined }),
  };
  return { ...cell, args, port, side, portAt, mount, joins: cell.joins && cell.network !== undefined };
}

/** The name of the component of a replica. */
export function containerName({ name, renamed }: Cell, replica: number): string {
  return `${name}-${String(replica)}${replica === 1 && renamed > 0 ? `-r${String(renamed)}` : ""}`;
}

/** What somebody does by hand before the next preview. */
export type Hand = "remove the container" | "stop the container" | "remove the volume" | "start a container";

import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { BASE_IMAGE, copyImages, engineFolder, removeEngineFolder } from "./engines";
import { Lan } from "./lan";
import { pause } from "./processes";
import { DISK, SwarmNode } from "./swarm-node";

export interface SwarmOptions {
  /** @defaultValue 3 */
  readonly nodes?: number;
  /** How many of them are managers. @defaultValue all */
  readonly managers?: number;
  /** Images of this machine that every node has. @defaultValue the base image of the tests */
  readonly images?: readonly string[];
}

/** Docker's own words for a node. */
export interface NodeState {
  readonly id: string;
  readonly status: "ready" | "down" | "unknown" | "disconnected";
  readonly availability: "active" | "pause" | "drain";
  readonly isLeader: boolean;
}

/**
 * A swarm of Docker Engines on this machine, none of which is its own: see SwarmNode. What a node publishes is reached at
 * its address. It ends with `stop`; of a process that was killed, folders alone are left, which the next `start` removes.
 */
export class Swarm {
  private constructor(
    readonly folder: string,
    readonly lan: Lan,
    /** The managers first. */
    readonly nodes: readonly [SwarmNode, ...SwarmNode[]],
    readonly managers: readonly [SwarmNode, ...SwarmNode[]],
  ) {}

  static async start({
    nodes: count = 3,
    managers = count,
    images = [BASE_IMAGE],
  }: SwarmOptions = {}): Promise<Swarm> {
    const folder = engineFolder("dw-n-");
    const lan = await Lan.open();
    const [first, ...others] = Array.from(
      { length: count },
      (_, at) => new SwarmNode(`node-${at + 1}`, lan.address(at + 1), folder, lan),
    );
    if (first === undefined) throw new Error(`nodes: must be at least 1, got ${count}`);
    const managing = others.slice(0, managers - 1);
    const swarm = new Swarm(folder, lan, [first, ...others], [first, ...managing]);
    try {
      // In memory: what every manager writes to disk before it agrees to anything is most of the work of a small swarm.
      mkdirSync(join(folder, DISK));
      execFileSync("mount", ["-t", "tmpfs", "tmpfs", join(folder, DISK)]);
      await Promise.all(swarm.nodes.map((node) => node.start()));
      await Promise.all([
        swarm.join(),
        copyImages(
          folder,
          images,
          swarm.nodes.map(({ socket }) => socket),
        ),
      ]);
    } catch (error) {
      await swarm.stop();
      throw error;
    }
    return swarm;
  }

  /** One after the other, as managers must. A beat of one second: whoever is gone is missed after three. */
  private async join(): Promise<void> {
    const [first, ...others] = this.nodes;
    first.command("swarm", "init", "--advertise-addr", first.address, "--dispatcher-heartbeat", "1s");
    for (const node of others) {
      const role = this.managers.includes(node) ? "manager" : "worker";
      const token = first.command("swarm", "join-token", "--quiet", role);
      node.command(
        "swarm",
        "join",
        "--advertise-addr",
        node.address,
        "--token",
        token,
        `${first.address}:2377`,
      );
    }
    await this.until("every node is ready", (states) =>
      [...states.values()].every(({ status }) => status === "ready"),
    );
  }

  /** A manager that is on; the one that leads is not always the first. */
  get manager(): SwarmNode {
    const found = this.managers.find(({ isOn }) => isOn);
    if (found === undefined) throw new Error("no manager of the swarm is on");
    return found;
  }

  /** What the managers think of each node. */
  async states(): Promise<Map<SwarmNode, NodeState>> {
    const listed = (await this.manager.docker.listNodes()) as Listed[];
    return new Map(
      listed.flatMap(({ ID: id, Description, Spec, Status, ManagerStatus }) => {
        const node = this.nodes.find(({ name }) => name === Description.Hostname);
        const isLeader = ManagerStatus?.Leader ?? false;
        return node === undefined
          ? []
          : [[node, { id, status: Status.State, availability: Spec.Availability, isLeader }] as const];
      }),
    );
  }

  async leader(): Promise<SwarmNode> {
    for (const [node, { isLeader }] of await this.states()) if (isLeader) return node;
    throw new Error("the swarm has no leader");
  }

  /** Waits until the managers see it so; meanwhile they may have nobody who leads. */
  async until(what: string, holds: (states: Map<SwarmNode, NodeState>) => boolean): Promise<void> {
    for (let tries = 0; tries < 600; tries++) {
      const states = await this.states().catch(() => undefined);
      if (states?.size === this.nodes.length && holds(states)) return;
      await pause(100);
    }
    throw new Error(`after a minute it is not so that ${what}:\n${this.manager.command("node", "ls")}`);
  }

  /** Cuts the power of a node and waits until the managers have missed it. */
  async kill(node: SwarmNode): Promise<void> {
    await node.kill();
    await this.until(`${node.name} is down`, (states) => states.get(node)?.status !== "ready");
  }

  /** Starts a node that was killed and waits until it belongs to the swarm again. */
  async revive(node: SwarmNode): Promise<void> {
    await node.start();
    await this.until(`${node.name} is ready`, (states) => states.get(node)?.status === "ready");
  }

  /** `drain` moves the tasks of a node elsewhere, `active` lets new ones in. */
  async setAvailability(node: SwarmNode, availability: NodeState["availability"]): Promise<void> {
    const id = (await this.states()).get(node)?.id ?? node.name;
    this.manager.command("node", "update", "--availability", availability, id);
  }

  /** The tasks of a service that are meant to run, and do. */
  async tasks(service: string): Promise<RunningTask[]> {
    const filters = { service: [service], "desired-state": ["running"] };
    const [states, listed] = await Promise.all([
      this.states(),
      this.manager.docker.listTasks({ filters: JSON.stringify(filters) }) as Promise<ListedTask[]>,
    ]);
    const names = new Map([...states].map(([{ name }, { id }]) => [id, name]));
    return listed
      .filter(({ Status }) => Status.State === "running")
      .map(({ ID: id, NodeID, Spec }) => ({
        id,
        node: names.get(NodeID ?? "") ?? "",
        environment: Spec.ContainerSpec?.Env ?? [],
      }));
  }

  /** Ends it all and removes everything that it had. */
  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.kill()));
    await this.lan.close();
    removeEngineFolder(this.folder);
  }
}

export interface RunningTask {
  readonly id: string;
  /** The name of its node. */
  readonly node: string;
  readonly environment: readonly string[];
}

interface ListedTask {
  readonly ID: string;
  readonly NodeID?: string;
  readonly Status: { readonly State: string };
  readonly Spec: { readonly ContainerSpec?: { readonly Env?: readonly string[] } };
}

/** The part of the Engine's list of nodes that is read; dockerode has no type for it. */
interface Listed {
  readonly ID: string;
  readonly Description: { readonly Hostname: string };
  readonly Spec: { readonly Availability: NodeState["availability"] };
  readonly Status: { readonly State: NodeState["status"] };
  readonly ManagerStatus?: { readonly Leader?: boolean };
}

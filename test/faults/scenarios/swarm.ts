import { pause } from "../../engine/support/processes";
import { Swarm } from "../../engine/support/swarm";
import { differences } from "../observe";
import type { SwarmSettings } from "../program/settings";
import type { State } from "../pulumi";
import type { Scenario } from "../scenario";
import { observeSwarm, type SwarmView } from "./swarm-view";

/** How long old tasks may take to be gone once an `up` has ended. */
const SETTLES_MS = 15_000;

/** Services on a swarm of one node, with a secret and a config: every update rotates both and rolls over every task. */
export class SwarmServices implements Scenario {
  readonly program = "test/faults/swarm-program";

  private constructor(private readonly swarm: Swarm) {}

  static async start(): Promise<SwarmServices> {
    return new SwarmServices(await Swarm.start({ nodes: 1 }));
  }

  get socket(): string {
    return this.swarm.manager.socket;
  }

  get folder(): string {
    return this.swarm.folder;
  }

  settings(version: string): SwarmSettings {
    return { version };
  }

  async begun(): Promise<void> {
    // Nothing is kept in it.
  }

  async view(state: State, version: string): Promise<SwarmView> {
    const look = (): Promise<SwarmView> => observeSwarm(this.swarm.manager.docker, state, version);
    let view = await look();
    for (let waited = 0; waited < SETTLES_MS && !isSettled(view); waited += 250) {
      await pause(250);
      view = await look();
    }
    return view;
  }

  wrong(view: SwarmView): string[] {
    const all = Object.entries(view.services);
    return differences(
      {
        tasks: { "dwfaults-test-everywhere": 1, "dwfaults-test-web": 2 },
        states: ["running VERSION=<version>", "running VERSION=<version>", "running VERSION=<version>"],
        containers: 3,
        updates: ["over", "over"],
        counts: [1, 1, 1],
        stale: [],
      },
      {
        tasks: Object.fromEntries(all.map(([name, { tasks }]) => [name, tasks.length])),
        states: all.flatMap(([, { tasks }]) => tasks),
        containers: view.containers,
        updates: all.map(([, { update }]) => update),
        counts: [view.secrets.length, view.configs.length, view.networks.length],
        stale: view.staleState,
      },
    );
  }

  async clear(): Promise<void> {
    const { docker } = this.swarm.manager;
    for (const { ID } of await docker.listServices()) await docker.getService(ID).remove();
    // Secrets and networks are let go when the tasks are gone.
    for (let waited = 0; waited < SETTLES_MS && (await docker.listContainers()).length > 0; waited += 250)
      await pause(250);
    for (const { ID } of await docker.listSecrets()) await docker.getSecret(ID).remove();
    for (const { ID } of await docker.listConfigs()) await docker.getConfig(ID).remove();
    const networks = await docker.listNetworks({ filters: { driver: ["overlay"] } });
    for (const { Id, Name } of networks) if (Name !== "ingress") await docker.getNetwork(Id).remove();
  }

  async restart(): Promise<void> {
    await this.swarm.manager.restart();
    await this.swarm.until("the node is ready", (states) =>
      [...states.values()].every(({ status }) => status === "ready"),
    );
  }

  stop(): Promise<void> {
    return this.swarm.stop();
  }
}

const isSettled = ({ services, containers }: SwarmView): boolean => {
  const tasks = Object.values(services).flatMap((service) => service.tasks);
  return tasks.length === containers && tasks.every((task) => task.startsWith("running "));
};

import type Docker from "dockerode";

import { type Drift, nameAt, type Step, type World } from "./world";

const NAME = "io.dockwright.name";
const STACK = "io.dockwright.stack";

/** Does by hand what the step says, and tells on whom; undefined where there was nothing to do it to. */
export async function drift(
  docker: Docker,
  world: World,
  stack: string,
  step: Step & { kind: "drift" },
): Promise<string | undefined> {
  const service = nameAt(Object.keys(world.services), step.service) ?? "";
  const container = await containerOf(docker, stack, service);
  if (container === undefined) return undefined;
  const network = nameAt(world.networks, step.other);
  const own = nameAt(world.services[service]?.networks ?? [], step.other);
  const acts: Record<Drift, () => Promise<string | undefined>> = {
    stop: () => container.stop().then(() => service),
    kill: () => container.kill().then(() => service),
    remove: () => container.remove({ force: true }).then(() => service),
    pause: () => container.pause().then(() => service),
    rename: () => container.rename({ name: `by-hand-${service}` }).then(() => service),
    disconnect: async () => {
      if (own === undefined) return undefined;
      const live = await networkOf(docker, stack, own);
      await live?.disconnect({ Container: container.id, Force: true });
      return live && `${service} from ${own}`;
    },
    "remove network": async () => {
      const live = network === undefined ? undefined : await networkOf(docker, stack, network);
      if (live === undefined) return undefined;
      const { Containers: members = {} } = (await live.inspect()) as { Containers?: Record<string, unknown> };
      for (const id of Object.keys(members)) await live.disconnect({ Container: id, Force: true });
      await live.remove();
      return network;
    },
    "untag image": async () => {
      const { Config } = await container.inspect();
      if (!Config.Image.includes(":") || Config.Image.startsWith("sha256:")) return undefined;
      await docker.getImage(Config.Image).remove({ force: true });
      return Config.Image;
    },
  };
  return acts[step.drift]();
}

async function containerOf(
  docker: Docker,
  stack: string,
  name: string,
): Promise<Docker.Container | undefined> {
  const filters = { label: [`${NAME}=${name}`, `${STACK}=${stack}`], status: ["running"] };
  const [found] = await docker.listContainers({ filters });
  return found && docker.getContainer(found.Id);
}

async function networkOf(docker: Docker, stack: string, name: string): Promise<Docker.Network | undefined> {
  const [found] = await docker.listNetworks({ filters: { label: [`${NAME}=${name}`, `${STACK}=${stack}`] } });
  return found && docker.getNetwork(found.Id);
}

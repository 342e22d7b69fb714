import type Docker from "dockerode";

import type { Subject } from "./invariants";
import type { Drift } from "./steps";
import { type Choice, nameAt, nameOf, onHost, type World } from "./world";

const NAME = "io.dockwright.name";
const STACK = "io.dockwright.stack";

/** Whom it was done to, and which volume went with it. */
export interface Done {
  readonly whom: string;
  readonly volume?: string;
}

/** Does by hand what the step says; undefined where there was nothing to do it to. */
export async function drift(
  subject: Subject,
  world: World,
  what: Drift,
  { service: index, other }: Choice,
): Promise<Done | undefined> {
  const { docker, stack, project } = subject;
  const service = nameAt(Object.keys(world.services), index) ?? "";
  const container = await containerOf(docker, stack, service);
  if (container === undefined) return undefined;
  const network = nameAt(world.networks, other);
  const own = nameAt(world.services[service]?.networks ?? [], other);
  const volume = nameAt(world.volumes, other);
  const done = (whom: string): Done => ({ whom });
  const acts: Record<Drift, () => Promise<Done | undefined>> = {
    stop: () => container.stop().then(() => done(service)),
    kill: () => container.kill().then(() => done(service)),
    remove: () => container.remove({ force: true }).then(() => done(service)),
    pause: () => container.pause().then(() => done(service)),
    rename: () => container.rename({ name: `by-hand-${service}` }).then(() => done(service)),
    disconnect: async () => {
      if (own === undefined) return undefined;
      const live = await networkOf(docker, stack, nameOf(world, own));
      await live?.disconnect({ Container: container.id, Force: true });
      return live && done(`${service} from ${own}`);
    },
    "remove network": async () => {
      const live = network === undefined ? undefined : await networkOf(docker, stack, nameOf(world, network));
      if (live === undefined) return undefined;
      const { Containers: members = {} } = (await live.inspect()) as { Containers?: Record<string, unknown> };
      for (const id of Object.keys(members)) await live.disconnect({ Container: id, Force: true });
      await live.remove();
      return done(network ?? "");
    },
    "untag image": async () => {
      const { Config } = await container.inspect();
      if (!Config.Image.includes(":") || Config.Image.startsWith("sha256:")) return undefined;
      await docker.getImage(Config.Image).remove({ force: true });
      return done(Config.Image);
    },
    "remove volume": async () => {
      if (volume === undefined) return undefined;
      const name = `${project}-${stack}-${onHost(world, volume)}`;
      const users = await docker.listContainers({ all: true, filters: { volume: [name] } });
      for (const { Id } of users) await docker.getContainer(Id).remove({ force: true });
      await docker.getVolume(name).remove();
      return { whom: name, volume: name };
    },
    "remove image": async () => {
      const { Image } = await container.inspect();
      const users = await docker.listContainers({ all: true, filters: { ancestor: [Image] } });
      for (const { Id } of users) await docker.getContainer(Id).remove({ force: true });
      await docker.getImage(Image).remove({ force: true });
      return done(`${Image} and all that ran it`);
    },
  };
  return acts[what]();
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

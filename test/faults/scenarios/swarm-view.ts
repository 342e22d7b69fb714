import type Docker from "dockerode";

import { byFirst, FLEETING, staleState } from "../observe";
import type { State } from "../pulumi";

/** What is compared of one service; ids, times and hashes of contents are left out. */
export interface ServiceView {
  /** As the swarm has it, with names in the place of ids. */
  readonly spec: unknown;
  /** How its last update ended; "over" where all of it was done, or it left no task to do. */
  readonly update: string;
  /** The states of the tasks that are meant to run, with the version that each of them runs. */
  readonly tasks: readonly string[];
}

export interface SwarmView {
  readonly services: Readonly<Record<string, ServiceView>>;
  readonly secrets: readonly string[];
  readonly configs: readonly string[];
  readonly networks: readonly string[];
  /** Containers that run: none of a task that nobody wants any more. */
  readonly containers: number;
  readonly staleState: readonly string[];
}

interface Task {
  readonly ServiceID: string;
  readonly DesiredState: string;
  readonly Status: { readonly State: string };
  readonly Spec: { readonly ContainerSpec?: { readonly Env?: readonly string[] } };
}

interface Named {
  readonly ID: string;
  readonly Spec: { readonly Name: string };
}

/** @param version what is written `<version>` in the view, so that the views of two versions are equal */
export async function observeSwarm(docker: Docker, state: State, version: string): Promise<SwarmView> {
  const [services, tasks, secrets, configs, networks, containers] = await Promise.all([
    docker.listServices(),
    docker.listTasks() as Promise<Task[]>,
    docker.listSecrets() as Promise<Named[]>,
    docker.listConfigs() as Promise<Named[]>,
    docker.listNetworks({ filters: { driver: ["overlay"] } }),
    docker.listContainers(),
  ]);
  const own = networks.filter(({ Name }) => Name !== "ingress");
  const names = new Map([
    ...[...secrets, ...configs].map(({ ID, Spec }) => [ID, Spec.Name] as const),
    ...own.map(({ Id, Name }) => [Id, Name] as const),
  ]);
  const neutral = (value: unknown): unknown => {
    let text = JSON.stringify(value, (key, inner: unknown) => (FLEETING.test(key) ? undefined : inner));
    for (const [id, name] of names) text = text.replaceAll(id, name);
    return JSON.parse(withoutHashes(text.replaceAll(version, "<version>")));
  };
  const seen = services.map(({ ID, Spec, UpdateStatus }) => {
    const wanted = tasks.filter((task) => task.ServiceID === ID && task.DesiredState === "running");
    return [
      Spec?.Name ?? "",
      {
        spec: neutral(Spec),
        update: endOf(UpdateStatus),
        tasks: wanted.map((task) => String(neutral(`${task.Status.State} ${versionOf(task)}`))).sort(),
      },
    ] as const;
  });
  const live = new Set([...names.keys(), ...services.map(({ ID }) => ID)]);
  const calledOf = (list: readonly Named[]): string[] =>
    list.map(({ Spec }) => withoutHashes(Spec.Name)).sort();
  return {
    services: Object.fromEntries([...seen].sort(byFirst)),
    secrets: calledOf(secrets),
    configs: calledOf(configs),
    networks: own.map(({ Name, Driver }) => `${Name} ${Driver}`).sort(),
    containers: containers.length,
    staleState: staleState(state, /^docker:index\/(service|network|secret|serviceConfig):/, live),
  };
}

/** What tells a service nothing but another label, as an attempt does after one that was cut off, leaves no state of an update. */
function endOf(status: unknown): string {
  const { State = "completed" } = (status ?? {}) as { State?: string };
  return State === "completed" ? "over" : State;
}

const versionOf = ({ Spec }: Task): string =>
  Spec.ContainerSpec?.Env?.find((line) => line.startsWith("VERSION=")) ?? "";

/** The names of secrets and configs end with a hash of what they hold, and a number where one of that name is there already. */
const withoutHashes = (text: string): string => text.replace(/-[0-9a-f]{12}(?:-\d+)?\b/g, "-<hash>");

/** What holds at every moment between two runs, whatever the last one came to. */

import type Docker from "dockerode";

import { SERVICE_PORT } from "../walk-program/settings";
import type { Subject } from "./invariants";
import type { World } from "./world";

/** More than two generations of a container. */
export async function pileUps(subject: Subject): Promise<string[]> {
  const all = await ownContainers(subject);
  return [...new Set(all.map(nameOf))].flatMap((name) => {
    const own = all.filter((each) => nameOf(each) === name);
    return own.length <= 2 ? [] : [`"${name}" has ${own.length} containers: ${own.map(shown).join(", ")}`];
  });
}

/** Services of which not exactly one container runs. */
export async function notServing(subject: Subject, services: readonly string[]): Promise<string[]> {
  const all = await ownContainers(subject);
  return services.flatMap((name) => {
    const own = all.filter((each) => nameOf(each) === name);
    const running = own.filter(({ State }) => State === "running").length;
    return running === 1 ? [] : [`of "${name}" ${running} run: ${own.map(shown).join(", ")}`];
  });
}

/**
 * Asks every name on every network for its version, from inside of a container on it, at each address that the name has.
 *
 * @param worlds those of which one version of a service may serve
 */
export async function answers(subject: Subject, ...worlds: readonly World[]): Promise<string[]> {
  const running = (await ownContainers(subject)).filter(({ State }) => State === "running");
  const networks = new Set(running.flatMap(({ NetworkSettings: { Networks } }) => Object.keys(Networks)));
  networks.delete("bridge");
  const asked = await Promise.all(
    [...networks].map(async (network) => {
      const members = running.filter(({ NetworkSettings: { Networks } }) => network in Networks);
      const [asker] = members;
      return asker === undefined ? [] : ask(subject.docker, asker, network, members, worlds);
    }),
  );
  return asked.flat();
}

async function ask(
  docker: Docker,
  asker: Docker.ContainerInfo,
  network: string,
  members: readonly Docker.ContainerInfo[],
  worlds: readonly World[],
): Promise<string[]> {
  const names = [...new Set(members.map(nameOf))];
  const said = await inside(docker.getContainer(asker.Id), [
    "bash",
    "-c",
    `for name in ${names.join(" ")}; do
       for at in $(getent ahostsv4 $name | awk '{ print $1 }' | sort -u); do
         version=; for try in 1 2 3 4 5 6 7 8; do
           exec 3<>/dev/tcp/$at/${SERVICE_PORT} && read -r version <&3 && break; sleep 0.25
         done 2>/dev/null
         echo "=$name $at $version"
       done
     done`,
  ]);
  const lines = [...said.matchAll(/=(\S+) (\S+) (\S*)/g)];
  return names.flatMap((name) => {
    const versions = lines.filter(([, each]) => each === name).map(([, , at, version]) => ({ at, version }));
    const distinct = [...new Set(versions.map(({ version }) => version))];
    const allowed = worlds.flatMap((world) => world.services[name]?.revision ?? []).map(String);
    const [version = ""] = distinct;
    if (distinct.length === 1 && (allowed.length === 0 || allowed.includes(version))) return [];
    const got = versions.map(({ at = "", version: each = "" }) => `${each || "nothing"} at ${at}`).join(", ");
    return [
      `the name ${name} on ${network} answers with ${got || "nothing at all"}, may be ${allowed.join(" or ")}`,
    ];
  });
}

async function inside(container: Docker.Container, Cmd: string[]): Promise<string> {
  const exec = await container.exec({ Cmd, AttachStdout: true, AttachStderr: false, Tty: true });
  const stream = await exec.start({ Tty: true });
  let said = "";
  for await (const bytes of stream) said += String(bytes);
  return said;
}

async function ownContainers({ docker, project, stack }: Subject): Promise<Docker.ContainerInfo[]> {
  const label = [`io.dockwright.project=${project}`, `io.dockwright.stack=${stack}`];
  return docker.listContainers({ all: true, filters: { label } });
}

const nameOf = ({ Labels }: Docker.ContainerInfo): string => Labels["io.dockwright.name"] ?? "";
const shown = ({ Names, Status }: Docker.ContainerInfo): string => `${Names[0]?.slice(1) ?? ""} (${Status})`;

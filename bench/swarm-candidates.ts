/** The same Compose file on a swarm, by dockwright and by `docker stack deploy`. */

import { mkdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { BASE_IMAGE } from "../test/engine/support/engines";
import type { SwarmNode } from "../test/engine/support/swarm-node";
import { type Candidate, projectName } from "./candidate";
import { runCommand } from "./process";
import { dockwright, plainEnvironment, pulumiCandidate } from "./pulumi-candidate";

/** The prefix of the service names on the swarm. */
const STACK = "bench";
const LONGEST_MS = 1_800_000;

export type MakeCandidate = (node: SwarmNode, services: number, replicas: number) => Promise<Candidate>;

/** A project whose program is one SwarmStack of that file. */
export const swarmStack =
  (root: string, home: string): MakeCandidate =>
  async (node, services, replicas) => {
    const project = projectName("swarm");
    const settings = { project, dockerHost: node.host, longestMs: LONGEST_MS, program: "swarm-program.ts" };
    const candidate = await pulumiCandidate(root, home, { ...dockwright(root), ...settings });
    const write = fileIn(join(home, project), BASE_IMAGE, services, replicas);
    await write(1);
    return { ...candidate, edit: write };
  };

/**
 * Docker's own command. It names the image by its id, as dockwright does by itself: by a tag every node would ask the
 * registry first, before each task. The registry is not asked for the digest either.
 *
 * @param waits - whether the command waits until all tasks run and have stayed healthy, as it does with `--detach=false`
 */
export const stackDeploy =
  (home: string, waits: boolean): MakeCandidate =>
  async (node, services, replicas) => {
    const folder = join(home, "stack");
    mkdirSync(folder);
    const surroundings = {
      cwd: folder,
      env: { ...plainEnvironment(), DOCKER_HOST: node.host },
      longestMs: LONGEST_MS,
    };
    const words = ["--resolve-image=never", `--detach=${String(!waits)}`, "--compose-file=compose.json"];
    const stack = (...args: string[]) => runCommand("docker", ["stack", ...args], surroundings);
    const deploy = () => stack("deploy", ...words, STACK);
    const image = node.command("image", "inspect", "--format", "{{.Id}}", BASE_IMAGE);
    const write = fileIn(folder, image, services, replicas);
    await write(1);
    return {
      name: "docker stack deploy",
      prefix: STACK,
      // It has no preview.
      preview: deploy,
      up: deploy,
      edit: write,
      down: () => stack("rm", STACK),
    };
  };

/** The service that is edited. */
export const editedOf = (services: number): number => Math.ceil(services / 2);

function fileIn(folder: string, image: string, services: number, replicas: number) {
  const service = (number: number, revision: number): object => ({
    image,
    command: ["sleep", "infinity"],
    environment: { REVISION: number === editedOf(services) ? String(revision) : "1" },
    init: true,
    deploy: {
      replicas,
      // The other way to find a service needs IPVS of the kernel.
      endpoint_mode: "dnsrr",
      resources: { limits: { memory: "16M" } },
      // What dockwright does unless told otherwise.
      update_config: { order: "start-first", failure_action: "rollback", monitor: "5s" },
    },
  });
  const numbers = Array.from({ length: services }, (_, index) => index + 1);
  return (revision: number): Promise<void> => {
    const file = {
      version: "3.8",
      services: Object.fromEntries(
        numbers.map((number) => [`service-${String(number)}`, service(number, revision)]),
      ),
      // A network as Docker makes it has room for 254 tasks.
      networks: { default: { ipam: { config: [{ subnet: "10.210.0.0/16" }] } } },
    };
    return writeFile(join(folder, "compose.json"), JSON.stringify(file));
  };
}

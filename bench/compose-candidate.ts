import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { type Candidate, CONTAINERS, projectName } from "./candidate";
import { runCommand } from "./process";
import { plainEnvironment } from "./pulumi-candidate";

/** Docker Compose with an equal file, of so many containers or another one; nothing where there is no Compose. */
export function composeCandidate(
  home: string,
  name = "compose",
  composeFile: (revision: number) => object = fiftyServices,
): Candidate | undefined {
  if (spawnSync("docker", ["compose", "version"], { stdio: "ignore" }).status !== 0) return undefined;
  const folder = join(home, `compose-${name}`);
  mkdirSync(folder);
  const compose = (...args: string[]): Promise<string> =>
    runCommand("docker", ["compose", "-p", projectName(name), ...args], {
      cwd: folder,
      env: { ...plainEnvironment(), COMPOSE_PROGRESS: "quiet" },
    });
  const write = (revision: number): void =>
    writeFileSync(join(folder, "compose.json"), JSON.stringify(composeFile(revision)));
  write(1);
  return {
    name: "Docker Compose",
    prefix: projectName(name),
    preview: () => compose("-f", "compose.json", "up", "--detach", "--dry-run"),
    up: () => compose("-f", "compose.json", "up", "--detach"),
    edit: (revision) => {
      write(revision);
      return Promise.resolve();
    },
    down: () => compose("-f", "compose.json", "down"),
  };
}

function fiftyServices(revision: number): object {
  const service = (number: number): object => ({
    image: "debian:bookworm-slim",
    command: ["sleep", "infinity"],
    environment: { REVISION: number === 25 ? String(revision) : "1" },
    networks: ["network"],
    init: true,
  });
  const numbers = Array.from({ length: CONTAINERS }, (_, index) => index + 1);
  return {
    services: Object.fromEntries(numbers.map((number) => [`service-${number}`, service(number)])),
    networks: { network: {} },
  };
}

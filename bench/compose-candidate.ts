import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { type Candidate, CONTAINERS, projectName } from "./candidate";
import { runCommand } from "./process";
import { plainEnvironment } from "./pulumi-candidate";

/** Docker Compose with an equal file; nothing where there is no Compose. */
export function composeCandidate(root: string, home: string): Candidate | undefined {
  const begin = composeCommand(root);
  if (begin === undefined) return undefined;
  const folder = join(home, "compose");
  mkdirSync(folder);
  const [command, ...first] = begin;
  const compose = (...args: string[]): Promise<string> =>
    runCommand(command, [...first, "-p", projectName("compose"), ...args], {
      cwd: folder,
      env: { ...plainEnvironment(), COMPOSE_PROGRESS: "quiet" },
    });
  const write = (revision: number): void =>
    writeFileSync(join(folder, "compose.json"), JSON.stringify(composeFile(revision)));
  write(1);
  return {
    name: "Docker Compose",
    prefix: projectName("compose"),
    preview: () => compose("-f", "compose.json", "up", "--detach", "--dry-run"),
    up: () => compose("-f", "compose.json", "up", "--detach"),
    edit: (revision) => {
      write(revision);
      return Promise.resolve();
    },
    down: () => compose("-f", "compose.json", "down"),
  };
}

/** The one that tools/ built, else the plugin of the machine's docker. */
function composeCommand(root: string): readonly [string, ...string[]] | undefined {
  const built = join(root, ".dockwright/compose/docker-compose");
  if (existsSync(built)) return [built];
  const answers = spawnSync("docker", ["compose", "version"], { stdio: "ignore" }).status === 0;
  return answers ? ["docker", "compose"] : undefined;
}

function composeFile(revision: number): object {
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

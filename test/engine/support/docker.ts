import { execFileSync } from "node:child_process";

/** Runs the docker command and returns what it printed. */
export function docker(...args: string[]): string {
  return execFileSync("docker", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
}

/** What the Engine itself says of an object; a missing one is undefined. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows what it asks for
export function inspect<T = ContainerState>(
  name: string,
  kind: "container" | "volume" | "network" | "image" = "container",
): T {
  return (JSON.parse(docker(kind, "inspect", name)) as T[])[0] as T;
}

export function exists(
  name: string,
  kind: "container" | "volume" | "network" | "image" = "container",
): boolean {
  try {
    docker(kind, "inspect", name);
    return true;
  } catch {
    return false;
  }
}

/** Removes the builds of a project, such as `shop-dev`: a destroy leaves them for the next up. */
export function removeBuilds(scope: string): void {
  const builds = docker("image", "ls", "--format", "{{.Repository}}:{{.Tag}}", `${scope}/*`);
  for (const build of builds.split("\n").filter(Boolean)) docker("image", "rm", build);
}

/** The part of `docker inspect` that the tests read. */
export interface ContainerState {
  readonly Id: string;
  readonly Name: string;
  readonly Image: string;
  readonly RestartCount: number;
  readonly State: {
    readonly Status: string;
    readonly StartedAt: string;
    readonly ExitCode: number;
    readonly Health?: { readonly Status: string };
  };
  readonly Config: Record<string, never> & {
    readonly Env: string[];
    readonly Labels: Record<string, string>;
    readonly Cmd: string[];
    readonly Hostname: string;
  };
  readonly HostConfig: Record<string, never>;
  readonly NetworkSettings: {
    readonly Networks: Record<string, { readonly IPAddress: string; readonly Aliases: string[] }>;
  };
}

/** A Compose file of test/compose/samples, run as a ComposeProject and by Docker Compose, each under the file's own name. */

import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ComposeProject } from "../../../components";
import { compare, type Difference } from "../../compose/parity/compare";
import { hasContainers, imagesOf, observe, removeVolumes } from "./compose-state";
import { Deployment } from "./deployment";
import { docker, removeBuilds } from "./docker";

const samples = join(__dirname, "../../compose/samples");

export class Sample {
  /** A copy: Pulumi runs a program of a test in a folder of its own. */
  private readonly folder = mkdtempSync(join(tmpdir(), "dw-test-sample-"));
  readonly file = join(this.folder, "compose.yaml");
  private readonly name: string;
  /** As the file has it, and never the same twice: Docker 20.10 may hold on to a network (moby/moby#42119). */
  readonly project: string;
  readonly stack: Deployment;
  /** The variables that the file is read with. */
  environment: Record<string, string> = {};

  constructor(name: string) {
    cpSync(join(samples, name), this.folder, { recursive: true });
    const text = readFileSync(this.file, "utf8");
    this.name = /^name: (.*)$/m.exec(text)?.[1] ?? "";
    this.project = `${this.name}-${randomBytes(2).toString("hex")}`;
    writeFileSync(this.file, text.replace(/^name: .*$/m, `name: ${this.project}`));
    this.stack = new Deployment(`sample-${name}`);
  }

  readonly program = async (): Promise<void> => {
    const { file, environment } = this;
    new ComposeProject("it", { files: file, environment, protectVolumes: false });
    await Promise.resolve();
  };

  up(): ReturnType<Deployment["up"]> {
    return this.stack.up(this.program);
  }

  /** `docker compose` that knows the project's name alone: everything else it finds on the host. */
  compose(...words: string[]): string {
    return docker("compose", "-p", this.project, ...words);
  }

  exec(service: string, ...words: string[]): string {
    return this.compose("exec", "-T", service, ...words);
  }

  /** Runs what stands once more, by Docker Compose, from the same images and under a name of its own, and compares. */
  async differences(): Promise<Difference[]> {
    const other = `${this.name}-by-compose`;
    down(other);
    const ours = observe(this.project);
    const images = imagesOf(this.project);
    // The names that Compose gives to its builds; they outlive the project.
    for (const [service, image] of images) docker("image", "tag", image, `${other}-${service}`);
    try {
      await this.stack.destroy();
      const words = ["-p", other, "-f", this.file, "up", "--detach", "--no-build", "--quiet-pull"];
      execFileSync("docker", ["compose", ...words], {
        env: { ...process.env, ...this.environment },
        stdio: ["ignore", "ignore", "pipe"],
      });
      return compare(observe(other, this.project), ours);
    } finally {
      down(other);
      for (const service of images.keys()) docker("image", "rm", `${other}-${service}`);
    }
  }

  async cleanUp(): Promise<void> {
    await this.stack.cleanUp();
    removeVolumes(this.project);
    removeBuilds(`dw-test-${this.project}`);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function down(project: string): void {
  try {
    docker("compose", "-p", project, "down", "--volumes");
  } catch (error) {
    if (hasContainers(project)) throw error;
    console.warn(`Docker did not let go of a network of ${project}: a fault of its own (moby/moby#42119)`);
  }
}

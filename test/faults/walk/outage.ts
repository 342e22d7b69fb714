import type Docker from "dockerode";

import type { Subject } from "./invariants";

interface ContainerEvent {
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> };
}

/** Watches which services have a moment without a running container. */
export class OutageWatch {
  private readonly running = new Map<string, Set<string>>();
  private readonly interrupted = new Set<string>();
  private rest = "";

  private constructor(
    private readonly subject: Subject,
    private readonly stream: NodeJS.ReadableStream & { destroy?: () => void },
  ) {
    stream.on("data", (bytes: Buffer) => this.read(bytes.toString()));
    stream.on("error", () => undefined);
  }

  static async start(subject: Subject): Promise<OutageWatch> {
    const filters = { type: ["container"], event: ["start", "die", "pause", "unpause"] };
    const stream = await subject.docker.getEvents({ filters: JSON.stringify(filters) as never });
    const watch = new OutageWatch(subject, stream);
    for (const { Id, Labels } of await runningOf(subject.docker)) watch.note(Labels, Id, true);
    return watch;
  }

  /** The services that ran when the watch began and had a moment without. */
  stop(): ReadonlySet<string> {
    this.stream.destroy?.();
    return this.interrupted;
  }

  private read(text: string): void {
    const lines = (this.rest + text).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines.filter((each) => each.trim() !== "")) {
      const { Action, Actor } = JSON.parse(line) as ContainerEvent;
      this.note(Actor.Attributes, Actor.ID, Action === "start" || Action === "unpause");
    }
  }

  private note(labels: Readonly<Record<string, string>>, id: string, runs: boolean): void {
    if (
      labels["io.dockwright.project"] !== this.subject.project ||
      labels["io.dockwright.stack"] !== this.subject.stack
    )
      return;
    const service = labels["io.dockwright.name"] ?? "";
    const ids = this.running.get(service) ?? new Set();
    this.running.set(service, ids);
    if (runs) ids.add(id);
    else if (ids.delete(id) && ids.size === 0) this.interrupted.add(service);
  }
}

function runningOf(docker: Docker): Promise<Docker.ContainerInfo[]> {
  return docker.listContainers({ filters: { status: ["running"] } });
}

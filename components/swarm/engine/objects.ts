/** Secrets and configs of a swarm: leftovers and unused ones. */

import type Docker from "dockerode";

import type { Owner } from "../../core/names";
import { isMissing, statusOf } from "../../engine/errors";
import type { ObjectKind } from "../object";
import { ownObjects } from "./swarm";

/**
 * Whether an object is in Pulumi's state, and whether Pulumi removes it: an object without the label was created by an `up` that
 * was killed before it wrote the state; one with `kept` is removed by dockwright.
 */
const recordLabel = "io.dockwright.recorded";

interface Handle {
  inspect(): Promise<unknown>;
  update(options: object): Promise<unknown>;
  remove(): Promise<unknown>;
}

const handleOf = (engine: Docker, kind: ObjectKind, id: string): Handle =>
  kind === "secret" ? engine.getSecret(id) : engine.getConfig(id);

interface Inspected {
  readonly Version: { readonly Index: number };
  readonly Spec: { readonly Name: string; readonly Labels?: Record<string, string> | null };
}

/** Marks an object as recorded in Pulumi's state. */
export async function record(
  engine: Docker,
  kind: ObjectKind,
  id: string,
  mark: "yes" | "kept",
): Promise<void> {
  const handle = handleOf(engine, kind, id);
  const { Version, Spec } = (await handle.inspect()) as Inspected;
  const Labels = Spec.Labels ?? {};
  if (Labels[recordLabel] === mark) return;
  // The content is not returned, and stays unchanged.
  await handle.update({
    _query: { version: Version.Index },
    _body: { Name: Spec.Name, Labels: { ...Labels, [recordLabel]: mark } },
  });
}

/** Removes unused objects that are in no state: leftovers of killed runs, and previous versions beyond those to keep. */
export async function sweepObjects(
  engine: Docker,
  owner: Owner,
  identity: string,
  kind: ObjectKind,
  name: string,
  { current, keep }: { readonly current: string; readonly keep: number },
): Promise<void> {
  const former = (await ownObjects(engine, owner, identity, kind, name))
    .filter(({ id }) => id !== current)
    .sort((a, b) => b.createdAt - a.createdAt);
  const left = former.filter(({ labels }) => labels[recordLabel] === undefined);
  const kept = former.filter(({ labels }) => labels[recordLabel] === "kept").slice(keep);
  for (const { id } of [...left, ...kept]) {
    try {
      await handleOf(engine, kind, id).remove();
    } catch (error) {
      // 400: a service uses it.
      if (!isMissing(error) && statusOf(error) !== 400) throw error;
    }
  }
}

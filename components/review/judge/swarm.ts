/** The impact of a change on a service of a swarm. Its specification is a separate resource, in the format of the Engine API. */

import { isRoot } from "../../container/security/security";
import { bagOf, listOf, numberOf, textOf, textsOf } from "../../core/untyped";
import { type Impact, impact } from "../impact";
import { types } from "../plan";
import type { FieldChange, State, Step } from "../step";

export function judgeSwarm(step: Step): Impact[] {
  if (step.type === types.service) return judgeService(step);
  if (step.type !== types.spec) return [];
  const exposed = judgePorts(step);
  if (step.operation === "create") return [...judgePowers(step), ...exposed];
  if (step.operation !== "update") return [];
  return [...judgeTasks(step), ...judgeScale(step), ...judgePowers(step), ...exposed, ...judgeFiles(step)];
}

function judgeService(step: Step): Impact[] {
  switch (step.operation) {
    case "create":
      return [impact("addition", "")];
    case "delete":
      return [impact("outage", "is removed without a replacement", { lasts: true })];
    case "replace":
      return [impact("outage", "is removed with all its tasks before the new one is created", step)];
    // The impact is determined from its specification.
    case "update":
    case "same":
      return [];
  }
}

/** Tasks are restarted when their specification or a host-mode port changes. */
function judgeTasks({ changes, after }: Step): Impact[] {
  const spec = after?.inputs ?? {};
  const published = listOf(bagOf(spec["EndpointSpec"])["Ports"]).some(
    (each) => bagOf(each)["PublishMode"] === "host",
  );
  const causes = changes.filter(
    ({ path }) => path.startsWith("TaskTemplate") || (published && path.startsWith("EndpointSpec")),
  );
  if (causes.length === 0) {
    const others = changes.filter(({ path }) => !path.startsWith("Mode."));
    return others.length === 0
      ? []
      : [impact("in-place", "is updated, and its tasks keep running", { changes: others })];
  }
  const update = bagOf(spec["UpdateConfig"]);
  const replicas = replicasOf(after);
  const atOnce = numberOf(update["Parallelism"]) ?? 1;
  if (textOf(update["Order"]) === "start-first")
    return [impact("replacement", "each new task runs before the old one stops", { changes: causes })];
  // With one task per node, the other tasks keep serving; the number of nodes is unknown.
  if (replicas !== undefined && (atOnce === 0 || replicas <= atOnce))
    return [
      impact("outage", "all its tasks stop before the new ones start (stop-first)", {
        changes: causes,
      }),
    ];
  return [
    impact("replacement", `its tasks are replaced, ${String(atOnce)} at a time, and the others serve`, {
      changes: causes,
    }),
  ];
}

function judgeScale({ before, after, changes }: Step): Impact[] {
  const [old, now] = [replicasOf(before), replicasOf(after)];
  if (old === undefined || now === undefined || old === now) return [];
  const how = { changes: changes.filter(({ path }) => path.startsWith("Mode.")) };
  if (now === 0) return [impact("outage", "it has no tasks left", { ...how, lasts: true })];
  const text = `runs ${String(now)} task${now === 1 ? "" : "s"} instead of ${String(old)}`;
  return [impact(now < old ? "removal" : "in-place", text, how)];
}

function judgePorts({ before, after, changes }: Step): Impact[] {
  const ports = (state: State | undefined): string[] =>
    listOf(bagOf(state?.inputs["EndpointSpec"])["Ports"]).map((each) => {
      const { TargetPort, PublishedPort, Protocol } = bagOf(each);
      const at = numberOf(PublishedPort);
      return `other machines reach its port ${String(numberOf(TargetPort))}/${textOf(Protocol) ?? "tcp"} at ${at === undefined ? "a free port" : `port ${String(at)}`} of the nodes`;
    });
  return gained(ports(before), ports(after)).map((text) =>
    impact("exposure", text, { changes: under(changes, "EndpointSpec") }),
  );
}

function judgePowers({ before, after, changes }: Step): Impact[] {
  const powers = (state: State | undefined): string[] => {
    const container = bagOf(bagOf(state?.inputs["TaskTemplate"])["ContainerSpec"]);
    const binds = listOf(container["Mounts"])
      .map(bagOf)
      .filter(({ Type }) => Type === "bind")
      .map(
        ({ Source, ReadOnly }) =>
          `${ReadOnly === true ? "reads" : "writes to"} ${textOf(Source) ?? ""} of its node`,
      );
    const root = isRoot(textOf(container["User"]) ?? "") ? ["runs as root"] : [];
    return [
      ...textsOf(container["CapabilityAdd"]).map((each) => `gets the capability ${each}`),
      ...binds,
      ...root,
    ];
  };
  return gained(powers(before), powers(after)).map((text) =>
    impact("privilege", text, { changes: under(changes, "TaskTemplate.ContainerSpec") }),
  );
}

/** A different name means a different secret, because the content of a secret cannot be changed. */
function judgeFiles({ changes }: Step): Impact[] {
  const secrets = changes.filter(
    ({ path, kind }) =>
      kind === "update" && /^TaskTemplate\.ContainerSpec\.Secrets\[\d+\]\.Secret(ID|Name)$/.test(path),
  );
  return secrets.length === 0
    ? []
    : [impact("secret-rotation", "its tasks get a different secret", { changes: secrets })];
}

function replicasOf(state: State | undefined): number | undefined {
  return numberOf(bagOf(bagOf(state?.inputs["Mode"])["Replicated"])["Replicas"]);
}

function gained(before: readonly string[], after: readonly string[]): string[] {
  return after.filter((each) => !before.includes(each));
}

function under(changes: readonly FieldChange[], path: string): FieldChange[] {
  return changes.filter((each) => each.path.startsWith(path));
}

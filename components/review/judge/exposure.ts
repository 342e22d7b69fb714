/** Who can reach it that could not before. */

import { readContainer } from "../../provider/container";
import { readNetwork } from "../../provider/objects";
import { isLoopback } from "../../network/ip-address";
import { type Impact, impact } from "../impact";
import { type Plan, types } from "../plan";
import type { State, Step } from "../step";

export function judgeExposure(step: Step, _plan: Plan): Impact[] {
  if (step.operation === "delete" || step.operation === "same") return [];
  if (step.type === types.network) return judgeNetwork(step);
  return step.type === types.container ? judgePorts(step) : [];
}

function judgeNetwork({ operation, before, after, changes }: Step): Impact[] {
  const opened =
    operation !== "create" &&
    readNetwork(before?.inputs ?? {}).internal &&
    !readNetwork(after?.inputs ?? {}).internal;
  return opened
    ? [
        impact("exposure", "its containers can reach external networks, and its ports can be published", {
          changes: changes.filter(({ path }) => path === "internal"),
        }),
      ]
    : [];
}

function judgePorts(step: Step): Impact[] {
  const former = publicPorts(step.before);
  const changes = step.changes.filter(({ path }) => /^(ports|networkMode)\b/.test(path));
  return [...publicPorts(step.after)]
    .filter(([port]) => !former.has(port))
    .map(([, text]) => impact("exposure", text, { changes }));
}

/** What other machines can reach, with how to say so. */
function publicPorts(state: State | undefined): Map<string, string> {
  const { ports, networkMode } = readContainer(state?.inputs ?? {});
  const published = ports
    .filter(({ address }) => !isLoopback(address))
    .map(({ address, host, container, protocol }) => {
      const at = `${address === "" ? "0.0.0.0" : address}:${host === undefined ? "a free port" : String(host)}`;
      const port = `${String(container)}/${protocol}`;
      return [`${at} ${port}`, `other machines reach its port ${port} at ${at}`] as const;
    });
  return new Map([
    ...published,
    ...(networkMode === "host"
      ? [["host", "every port it listens on is a host port, also for other machines"] as const]
      : []),
  ]);
}

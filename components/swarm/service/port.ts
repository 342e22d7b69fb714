/** Published ports of a service, and their faults. */

import type { z } from "zod";
import { mustBe, oneOf, strict } from "../../core/schema";
import type { Fault } from "../../core/text/message";
import { type Binding, bindingsOf, judgeSpan, portFaults, portOrRange } from "../../container/ports/port";
import type { SwarmPort } from "../args";

export const swarmPort: z.ZodType<SwarmPort> = strict(
  {
    container: portOrRange,
    host: portOrRange.optional(),
    protocol: oneOf(["tcp", "udp", "sctp"]).optional(),
    expose: oneOf(["loopback", "public"]).optional(),
    mode: oneOf(["ingress", "host"]).optional(),
  },
  {
    what: 'an object such as { container: 80, host: 8080, expose: "public" }',
    instead: { address: "nothing: Swarm listens on all addresses of the nodes" },
  },
).superRefine((port, context) => {
  judgeSpan(port, context);
  if (port.expose !== "public")
    context.addIssue({
      code: "custom",
      path: ["expose"],
      message: `${mustBe('"public"', port.expose)}: Swarm listens on all addresses of the nodes; confirm it, or omit the port and put a Gateway in front of the service`,
    });
});

/** One published port, in the format of the Engine. */
export interface EnginePort {
  readonly Protocol: Binding["protocol"];
  readonly TargetPort: number;
  readonly PublishedPort?: number;
  readonly PublishMode: "ingress" | "host";
}

export function enginePorts(ports: readonly SwarmPort[]): EnginePort[] {
  return ports
    .flatMap((port) =>
      bindingsOf([port]).map(({ container, host, protocol }): EnginePort => ({
        Protocol: protocol,
        TargetPort: container,
        ...(host !== undefined && { PublishedPort: host }),
        PublishMode: port.mode ?? "ingress",
      })),
    )
    .sort((a, b) => a.TargetPort - b.TargetPort || a.Protocol.localeCompare(b.Protocol));
}

export function swarmPortFaults(
  ports: readonly SwarmPort[],
  endpointMode: "vip" | "dnsrr" | undefined,
): Fault[] {
  const mesh = ports.findIndex(({ mode }) => mode !== "host");
  return [
    ...portFaults(ports),
    ...(endpointMode === "dnsrr" && mesh >= 0
      ? [
          {
            path: `ports[${String(mesh)}].mode`,
            text: 'must be "host" with endpointMode "dnsrr", got "ingress": without one address for all tasks the mesh cannot forward to them',
          },
        ]
      : []),
  ];
}

/** The routing mesh publishes each port of the swarm only once. */
export function takenFaults(
  ports: readonly SwarmPort[],
  others: readonly { readonly name: string; readonly ports: readonly EnginePort[] }[],
): Fault[] {
  return ports.flatMap((each, index) =>
    enginePorts([each]).flatMap((mine): Fault[] => {
      const other = others.find(({ ports: theirs }) =>
        theirs.some(
          (one) =>
            one.PublishedPort !== undefined &&
            one.PublishedPort === mine.PublishedPort &&
            one.Protocol === mine.Protocol &&
            (one.PublishMode === "ingress" || mine.PublishMode === "ingress"),
        ),
      );
      return other === undefined
        ? []
        : [
            {
              path: `ports[${String(index)}].host`,
              text: `must be free, got ${String(mine.PublishedPort)}/${mine.Protocol}, which service "${other.name}" already uses; choose another port`,
            },
          ];
    }),
  );
}

/** Ports that no container can publish. */

import * as pulumi from "@pulumi/pulumi";
import { BridgeNetwork, Container } from "../../../components";
import { image, type Refusal, two, web } from "./refusal";

const ports = (...each: unknown[]) => web({ ports: each });
const host = { networkMode: "host", unsafe: { hostNetwork: "finds devices by broadcast" } };

export const portRefusals: readonly Refusal[] = [
  [
    "a single port instead of a list",
    web({ ports: { container: 80 } }),
    ['container "web" has 1 invalid argument', "  ports: must be a list, got an object"],
  ],
  [
    "a list that is known late",
    web({ ports: pulumi.output([]) }),
    [
      'container "web" has 1 invalid argument',
      "  ports: must be a list, got an Output, but the value must be known at preview time",
    ],
  ],
  [
    "a port that is known late",
    ports({ container: pulumi.output(80) }),
    [
      'container "web" has 1 invalid argument',
      '  ports[0].container: must be a whole number from 1 to 65535 or a range such as "8000-8005", got an Output, but the value must be known at preview time',
    ],
  ],
  [
    "a number",
    ports(80),
    [
      'container "web" has 1 invalid argument',
      "  ports[0]: must be an object such as { container: 80, host: 8080 }, got 80",
    ],
  ],
  [
    "Docker's text",
    ports("8080:80"),
    [
      'container "web" has 1 invalid argument',
      '  ports[0]: must be an object such as { container: 80, host: 8080 }, got "8080:80"',
    ],
  ],
  [
    "null",
    ports(null),
    [
      'container "web" has 1 invalid argument',
      "  ports[0]: must be an object such as { container: 80, host: 8080 }, got null",
    ],
  ],
  [
    "no container port",
    ports({ host: 8080 }),
    [
      'container "web" has 1 invalid argument',
      '  ports[0].container: is required: a whole number from 1 to 65535 or a range such as "8000-8005"',
    ],
  ],
  [
    "port 0",
    ports({ container: 0 }),
    [
      'container "web" has 1 invalid argument',
      '  ports[0].container: must be a whole number from 1 to 65535 or a range such as "8000-8005", got 0',
    ],
  ],
  [
    "a negative port",
    ports({ container: -80 }),
    [
      'container "web" has 1 invalid argument',
      '  ports[0].container: must be a whole number from 1 to 65535 or a range such as "8000-8005", got -80',
    ],
  ],
  [
    "a port above the last",
    ports({ container: 80, host: 65_536 }),
    [
      'container "web" has 1 invalid argument',
      '  ports[0].host: must be a whole number from 1 to 65535 or a range such as "8000-8005", got 65536',
    ],
  ],
  [
    "half a port",
    ports({ container: 80.5 }),
    [
      'container "web" has 1 invalid argument',
      '  ports[0].container: must be a whole number from 1 to 65535 or a range such as "8000-8005", got 80.5',
    ],
  ],
  [
    "not a number",
    ports({ container: NaN }),
    [
      'container "web" has 1 invalid argument',
      '  ports[0].container: must be a whole number from 1 to 65535 or a range such as "8000-8005", got NaN',
    ],
  ],
  [
    "a number as text",
    ports({ container: "80" }),
    [
      'container "web" has 1 invalid argument',
      '  ports[0].container: must be a whole number from 1 to 65535 or a range such as "8000-8005", got "80"; write 80 without quotes',
    ],
  ],
  [
    "a range that runs backwards",
    ports({ container: "9000-8000" }),
    [
      'container "web" has 1 invalid argument',
      '  ports[0].container: must be a whole number from 1 to 65535 or a range such as "8000-8005", got "9000-8000"',
    ],
  ],
  [
    "a range of ports on one port",
    ports({ container: "8000-8002", host: 9000 }),
    [
      'container "web" has 1 invalid argument',
      "  ports[0].host: must span 3 ports as container does, got 9000",
    ],
  ],
  [
    "a port on a range of ports",
    ports({ container: 80, host: "9000-9001" }),
    [
      'container "web" has 1 invalid argument',
      '  ports[0].host: must span 1 port as container does, got "9000-9001"',
    ],
  ],
  [
    "upper case",
    ports({ container: 80, protocol: "TCP" }),
    [
      'container "web" has 1 invalid argument',
      '  ports[0].protocol: must be "tcp", "udp" or "sctp", got "TCP"; did you mean "tcp"?',
    ],
  ],
  [
    "an unknown protocol",
    ports({ container: 80, protocol: "icmp" }),
    [
      'container "web" has 1 invalid argument',
      '  ports[0].protocol: must be "tcp", "udp" or "sctp", got "icmp"; did you mean "tcp"?',
    ],
  ],
  [
    "a key of Docker",
    ports({ container: 80, hostPort: 8080 }),
    [
      'container "web" has 1 invalid argument',
      '  ports[0]: "hostPort" is not a known key; known: container, host, protocol, expose, address',
    ],
  ],
  [
    "an unknown audience",
    ports({ container: 80, expose: "world" }),
    [
      'container "web" has 1 invalid argument',
      '  ports[0].expose: must be "loopback" or "public", got "world"',
    ],
  ],
  [
    "a name as the address",
    ports({ container: 80, address: "localhost" }),
    [
      'container "web" has 1 invalid argument',
      '  ports[0].address: must be an IPv4 or IPv6 address, got "localhost"',
    ],
  ],
  [
    "an address that looks like IPv6",
    ports({ container: 80, address: ":::::", expose: "public" }),
    [
      'container "web" has 1 invalid argument',
      '  ports[0].address: must be an IPv4 or IPv6 address, got ":::::"',
    ],
  ],
  [
    "an open address that is not called public",
    ports({ container: 80, address: "0.0.0.0" }),
    [
      'container "web" has 1 invalid argument',
      '  ports[0].address: must be a loopback address, got "0.0.0.0"; to open it beyond this host add expose: "public"',
    ],
  ],
  [
    "a public port on loopback",
    ports({ container: 80, address: "127.0.0.1", expose: "public" }),
    [
      'container "web" has 1 invalid argument',
      '  ports[0].expose: must be "loopback" for the loopback address "127.0.0.1", got "public"',
    ],
  ],
  [
    "one port published twice",
    ports({ container: 80, host: 8080 }, { container: 80, host: 8081 }),
    [
      'container "web" has 1 invalid argument',
      "  ports[1].container: must be published once, got 80/tcp again; put a proxy in front to serve it twice",
    ],
  ],
  [
    "a port published twice by a range",
    ports({ container: "80-82", host: "8080-8082" }, { container: 81, host: 9000 }),
    [
      'container "web" has 1 invalid argument',
      "  ports[1].container: must be published once, got 81/tcp again; put a proxy in front to serve it twice",
    ],
  ],
  [
    "one port of the host used twice",
    ports({ container: 80, host: 8080 }, { container: 81, host: 8080 }),
    [
      'container "web" has 1 invalid argument',
      "  ports[1].host: must be free, got 127.0.0.1:8080/tcp again; choose another port",
    ],
  ],
  [
    "one port of the host, once on all addresses",
    ports({ container: 80, host: 8080, expose: "public" }, { container: 81, host: 8080 }),
    [
      'container "web" has 1 invalid argument',
      "  ports[1].host: must be free, got 127.0.0.1:8080/tcp again; choose another port",
    ],
  ],
  [
    "a port of the host that another container has",
    two({ ports: [{ container: 80, host: 8080 }] }, { ports: [{ container: 81, host: 8080 }] }),
    [
      'container "second" has 1 invalid argument',
      '  ports: cannot publish 127.0.0.1:8080/tcp: container "first" publishes 127.0.0.1:8080/tcp; choose another host port',
    ],
  ],
  [
    "a port that another container has on all addresses",
    two(
      { ports: [{ container: 80, host: 8080, expose: "public" }] },
      { ports: [{ container: 80, host: 8080 }] },
    ),
    [
      'container "second" has 1 invalid argument',
      '  ports: cannot publish 127.0.0.1:8080/tcp: container "first" publishes 0.0.0.0:8080/tcp; choose another host port',
    ],
  ],
  [
    "two ports within a range of another container",
    two(
      { ports: [{ container: "80-82", host: "8080-8082" }] },
      { ports: [{ container: "1-2", host: "8081-8082" }] },
    ),
    [
      'container "second" has 2 invalid arguments',
      '  ports: cannot publish 127.0.0.1:8081/tcp: container "first" publishes 127.0.0.1:8081/tcp; choose another host port',
      '  ports: cannot publish 127.0.0.1:8082/tcp: container "first" publishes 127.0.0.1:8082/tcp; choose another host port',
    ],
  ],
  [
    "a port that another container has on all IPv6 addresses",
    two(
      { ports: [{ container: 53, host: 53, protocol: "udp", expose: "public", address: "::" }] },
      { ports: [{ container: 53, host: 53, protocol: "udp", address: "::1" }] },
    ),
    [
      'container "second" has 1 invalid argument',
      '  ports: cannot publish [::1]:53/udp: container "first" publishes [::]:53/udp; choose another host port',
    ],
  ],
  [
    "ports on the host's network",
    web({ ...host, ports: [{ container: 80 }] }),
    [
      'container "web" has 1 invalid argument',
      '  ports: cannot be published with networkMode "host"; the container already uses the ports of the host',
    ],
  ],
  [
    "ports without a network",
    web({ networkMode: "none", ports: [{ container: 80 }] }),
    [
      'container "web" has 1 invalid argument',
      '  ports: cannot be published with networkMode "none"; connect it to a network',
    ],
  ],
  [
    "ports on an internal network",
    () =>
      new Container("web", {
        image: image(),
        networks: [new BridgeNetwork("backend", { internal: true })],
        ports: [{ container: 80 }],
      }),
    [
      'container "web" has 1 invalid argument',
      "  ports: cannot be published from internal networks alone; add a network that is not internal",
    ],
  ],
];

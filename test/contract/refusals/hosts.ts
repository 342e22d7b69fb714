/** Docker hosts that cannot be reached safely, and things that are on several hosts at once. */

import * as pulumi from "@pulumi/pulumi";
import { BridgeNetwork, Container, Image, Registry, RegistryPush, Volume } from "../../../components";
import { DockerHost } from "../../../components/host/docker-host";
import type { Refusal } from "./refusal";

const host = (args: unknown) => () => new DockerHost("prod", args as never);
const certificate = "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----";
const key = "-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----";
const far = () => new DockerHost("prod", { address: "ssh://deploy@203.0.113.5" });

export const hostRefusals: readonly Refusal[] = [
  [
    "a host without an address",
    host({}),
    [
      'docker host "prod" has 1 invalid argument',
      '  address: is required: "ssh://user@host", "unix:///path/to/docker.sock" or "tcp://host:2376"',
    ],
  ],
  [
    "an address that is known late",
    host({ address: pulumi.output("ssh://h") }),
    [
      'docker host "prod" has 1 invalid argument',
      '  address: must be "ssh://user@host", "unix:///path/to/docker.sock" or "tcp://host:2376", got an Output, but the value must be known at preview time',
    ],
  ],
  [
    "TCP without TLS",
    host({ address: "tcp://203.0.113.5:2375" }),
    [
      'docker host "prod" has 1 invalid argument',
      '  tls: is required for tcp://203.0.113.5:2375: anyone who can reach a port without TLS has root access to that host; give { ca, certificate, key }, or use "ssh://203.0.113.5"',
    ],
  ],
  [
    "a certificate and a key without the authority",
    host({ address: "tcp://h:2376", tls: { certificate, key } }),
    [
      'docker host "prod" has 1 invalid argument',
      '  tls.ca: is required: the certificate of the authority that signed the host\'s (without it the host would not be verified), as PEM text; of a file: readFileSync(path, "utf8")',
    ],
  ],
  [
    "the path of a key, and a number, and a word of another tool",
    host({
      address: "tcp://h:2376",
      tls: { ca: certificate, certificate: 5, key: "/home/hunter2.pem" },
      host: "h",
    }),
    [
      'docker host "prod" has 3 invalid arguments',
      '  tls.certificate: must be the certificate of this client, as PEM text; of a file: readFileSync(path, "utf8"), got a number; write it in quotes',
      '  tls.key: must be the private key of that certificate, as PEM text; of a file: readFileSync(path, "utf8"), got text',
      '  "host" is not a known key; known: address, context, tls, ssh, identity',
    ],
  ],
  [
    "TLS and SSH for a socket",
    host({ address: "unix:///run/docker.sock", tls: { ca: certificate, certificate, key }, ssh: {} }),
    [
      'docker host "prod" has 2 invalid arguments',
      "  tls: is for tcp:// only; omit it for unix:///run/docker.sock",
      "  ssh: is for ssh:// only; omit it for unix:///run/docker.sock",
    ],
  ],
  [
    "an SSH that would ask",
    host({ address: "ssh://h", ssh: { options: { BatchMode: "no" } } }),
    [
      'docker host "prod" has 1 invalid argument',
      '  ssh.options.BatchMode: must be the name of an option of ssh_config, such as ProxyJump, got "BatchMode"',
    ],
  ],
  [
    "a key in a relative file, and options of two lines",
    host({ address: "ssh://h", ssh: { identityFile: "keys/prod", options: { ProxyJump: "a\nb" } } }),
    [
      'docker host "prod" has 2 invalid arguments',
      '  ssh.identityFile: must be an absolute path or one below "~/", got "keys/prod"',
      '  ssh.options.ProxyJump: must be the value of an option of SSH, on one line, got "a\\nb"',
    ],
  ],
  [
    "a password in an address",
    host({ address: "ssh://deploy:hunter2@h" }),
    [
      'docker host "prod" has 1 invalid argument',
      "  address: must not hold a password, which SSH does not take from there; use a key of SSH",
    ],
  ],
  [
    "two names of one host",
    () => [far(), new DockerHost("again", { address: "ssh://deploy@203.0.113.5:22" })],
    [
      'docker host "again" has 1 invalid argument',
      '  address: must be a different host, got ssh://deploy@203.0.113.5, which docker host "prod" already uses; use that one',
    ],
  ],
  [
    "a volume on something that is no host",
    () => new Volume("data", { host: "ssh://h" as never }),
    ['volume "data" has 1 invalid argument', '  host: must be a DockerHost, got "ssh://h"'],
  ],
  [
    "a container on another host than all that it uses",
    () => {
      const on = { host: far() };
      return new Container("web", {
        image: new Image("app", { reference: "nginx:1.27", ...on }),
        networks: [new BridgeNetwork("net", on)],
        mounts: [{ volume: new Volume("data", on), path: "/data" }],
      });
    },
    [
      'container "web" has 1 invalid argument',
      "  host: must be the host of all that the container uses, got the default host while image is on ssh://deploy@203.0.113.5, networks[0] is on ssh://deploy@203.0.113.5, mounts[0] is on ssh://deploy@203.0.113.5; give all of them the same host",
    ],
  ],
  [
    "an image pulled by one host with the login of another",
    () => {
      const registry = new Registry("team", {
        address: "r.example.com",
        username: "ada",
        password: "hunter2",
      });
      return new Image("app", { reference: "r.example.com/app", registry, host: far() });
    },
    [
      'image "app" has 1 invalid argument',
      "  host: must be the host of all that the image uses, got ssh://deploy@203.0.113.5 while registry is on the default host; give all of them the same host",
    ],
  ],
  [
    "an image pushed by a host that does not have it",
    () => {
      const registry = new Registry("team", {
        address: "r.example.com",
        username: "ada",
        password: "hunter2",
      });
      const image = new Image("app", { reference: "nginx:1.27", host: far() });
      return new RegistryPush("push", { image, registry, repository: "team/app" });
    },
    [
      'registry push "push" has 1 invalid argument',
      "  registry.host: must be the host of all that the registry push uses, got the default host while image is on ssh://deploy@203.0.113.5; give all of them the same host",
    ],
  ],
];

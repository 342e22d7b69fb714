/** Rules about the operation of a container. */

import { cis, isSecretName, listing, type RuleOf, when } from "../rule";
import { isDatabase } from "../roles";
import { isPublic, showBinding } from "../../container/ports/port";

const rootUser = (user: string): boolean => /^(|0|root)(:.*)?$/.test(user);

export const operationRules: readonly RuleOf<"container">[] = [
  {
    id: "root-user",
    kind: "container",
    title: "The program runs as root",
    severity: "medium",
    reference: cis("4.1"),
    text: "for the kernel, root in a container is root on the host wherever a file or device is shared",
    remediation: "set a user, here or with USER in the Dockerfile",
    needsImage: true,
    check: ({ user, image }) => {
      if (user !== undefined) return when(rootUser(user), "runs as root");
      if (image.user !== undefined) return when(rootUser(image.user), "runs as root, as its image says");
      return when(true, "has no user, and the user of its image is unknown");
    },
  },
  {
    id: "writable-root",
    kind: "container",
    title: "The root file system is writable",
    severity: "low",
    reference: cis("5.13"),
    text: "an attacker can change the program, and data written there is lost at the next replacement",
    remediation:
      "mount it read-only, with a tmpfs or a volume where the program writes; with secrets as files, which Docker can copy only into a writable root, keep it and set a user other than root",
    check: ({ readOnlyRoot }) => when(!readOnlyRoot, "can write to its root file system"),
  },
  {
    id: "no-memory-limit",
    kind: "container",
    title: "There is no memory limit",
    severity: "medium",
    reference: cis("5.11"),
    text: "one memory leak can take down the whole host",
    remediation: "set a limit above the peak usage of the program",
    check: ({ memoryBytes }) => when((memoryBytes ?? 0) <= 0, "has no memory limit"),
  },
  {
    id: "no-health-check",
    kind: "container",
    title: "There is no health check",
    severity: "medium",
    reference: cis("4.6, 5.27"),
    text: "without a health check Docker cannot detect that a program hangs",
    remediation: "add a health check, here or with HEALTHCHECK in the Dockerfile",
    needsImage: true,
    check: ({ healthCheck, image, isJob }) =>
      when(
        !isJob && (healthCheck === "none" || (healthCheck === "inherited" && image.healthCheck !== true)),
        "has no health check",
      ),
  },
  {
    id: "no-restart",
    kind: "container",
    title: "It is not restarted",
    severity: "low",
    reference: cis("5.15"),
    text: "after a crash or a restart of the host, it stays down until someone starts it",
    remediation: 'set the restart policy "unless-stopped" or "on-failure"',
    check: ({ restart, isJob }) => when(!isJob && restart === "no", "is not restarted after it exits"),
  },
  {
    id: "unbounded-log",
    kind: "container",
    title: "The log size is not limited",
    severity: "low",
    reference: "Docker docs, json-file driver",
    text: "Docker does not rotate json-file logs by default, so they can fill the disk",
    remediation: 'set the logging option max-size, or use the driver "local"',
    check: ({ logDriver, logOptions }) =>
      when(
        (logDriver ?? "json-file") === "json-file" && logOptions["max-size"] === undefined,
        "has a log without max-size",
      ),
  },
  {
    id: "secret-in-environment",
    kind: "container",
    title: "A secret is in the environment",
    severity: "high",
    reference: cis("4.10"),
    text: "docker inspect, child processes and crash reports show the environment",
    remediation: "mount it as a file in /run/secrets, and set its path in the variable with _FILE",
    check: ({ environment }) =>
      listing(
        "has",
        environment.filter(({ name, value }) => isSecretName(name) && value !== "").map(({ name }) => name),
      ),
  },
  {
    id: "public-port",
    kind: "container",
    title: "A port is published beyond loopback",
    severity: "medium",
    reference: cis("5.14"),
    text: "Docker opens published ports past the host's firewall",
    remediation: "bind it to 127.0.0.1 behind a gateway, or to the one address that is meant",
    check: ({ ports }) => listing("publishes", ports.filter(isPublic).map(showBinding)),
  },
  {
    id: "privileged-port",
    kind: "container",
    title: "A port below 1024 of the host is used",
    severity: "low",
    reference: cis("5.8"),
    text: "clients trust those ports as services of the host",
    remediation: "publish a higher port, and use 80 and 443 only for the gateway",
    check: ({ ports }) =>
      listing("publishes", ports.filter(({ host }) => host !== undefined && host < 1024).map(showBinding)),
  },
  {
    id: "database-published",
    kind: "container",
    title: "A database is published beyond loopback",
    severity: "high",
    reference: cis("5.9"),
    text: "exposed databases are found and attacked within minutes",
    remediation: "publish it on 127.0.0.1 or do not publish it: containers reach it through a shared network",
    check: (subject) =>
      isDatabase(subject) ? listing("publishes", subject.ports.filter(isPublic).map(showBinding)) : [],
  },
  {
    id: "anonymous-volume",
    kind: "container",
    title: "A volume has no name",
    severity: "low",
    reference: "Docker docs, volumes",
    text: "its data is not found again after the container is replaced",
    remediation: "give the volume a name, or mount a tmpfs",
    check: ({ mounts }) =>
      listing(
        "mounts a volume without a name at",
        mounts.filter(({ kind, source }) => kind === "volume" && source === "").map(({ path }) => path),
      ),
  },
  {
    id: "latest-image",
    kind: "container",
    title: "An image has no tag, or latest",
    severity: "medium",
    reference: `${cis("5.28")}, hadolint DL3007`,
    text: "the running version can change without a change of the program",
    remediation: "use a version as the tag",
    needsImage: true,
    check: ({ image: { reference, built } }) =>
      when(
        reference !== undefined &&
          !built &&
          !reference.includes("@") &&
          /(^|\/)[^:/]+(:latest)?$/.test(reference),
        `is of ${reference ?? ""}`,
      ),
  },
  {
    id: "undigested-image",
    kind: "container",
    title: "An image has no digest",
    severity: "low",
    reference: cis("4.2"),
    text: "a tag can be moved to another image; a digest cannot",
    remediation: "append the digest to the tag: name:tag@sha256:...",
    needsImage: true,
    check: ({ image: { reference, built } }) =>
      when(reference !== undefined && !built && !reference.includes("@"), `is of ${reference ?? ""}`),
  },
  {
    id: "default-bridge",
    kind: "container",
    title: "The default bridge is used",
    severity: "medium",
    reference: cis("5.30"),
    text: "all containers on it can reach each other, across stacks, and have no DNS names",
    remediation: "connect it to a network of its stack, or to none",
    check: ({ networkMode, networks, swarm }) =>
      when(
        networkMode === "bridge" ||
          networkMode === "default" ||
          (networkMode === undefined && networks.length === 0 && swarm === undefined),
        "is on the default bridge",
      ),
  },
];

/** Dockerfiles. */

import { inLine, installs, linesOf, runs } from "../lines";
import { cis, isSecretName, type RuleOf } from "../rule";
import { lineage, stagesOf, userOf } from "../stages";
import type { DockerfileSubject } from "../subject";

const words = (rest: string): string[] => rest.split(/\s+/).filter((word) => !word.startsWith("--"));

/** FROM lines with an image, except `scratch`, earlier stages and variables. */
const bases = (subject: DockerfileSubject): { readonly base: string; readonly line: number }[] =>
  stagesOf(subject)
    .filter(({ base, parent }) => parent === undefined && base !== "scratch" && !base.includes("$"))
    .map(({ base, from }) => ({ base, line: from.line }));

export const dockerfileRules: readonly RuleOf<"dockerfile">[] = [
  {
    id: "base-latest",
    kind: "dockerfile",
    title: "A base image has no tag, or latest",
    severity: "medium",
    reference: "hadolint DL3006, DL3007",
    text: "the same Dockerfile can build a different image tomorrow",
    remediation: "use a version as the tag of FROM",
    check: (subject) =>
      bases(subject)
        .filter(({ base }) => !base.includes("@") && /(^|\/)[^:/]+(:latest)?$/.test(base))
        .map(({ base, line }) => ({ text: `is built on ${base}`, line })),
  },
  {
    id: "base-undigested",
    kind: "dockerfile",
    title: "A base image has no digest",
    severity: "low",
    reference: cis("4.2"),
    text: "a tag can be moved to another image; a digest cannot",
    remediation: "write FROM name:tag@sha256:...",
    check: (subject) =>
      bases(subject)
        .filter(({ base }) => !base.includes("@"))
        .map(({ base, line }) => ({ text: `is built on ${base}`, line })),
  },
  {
    id: "image-user-root",
    kind: "dockerfile",
    title: "The image's user is root",
    severity: "medium",
    reference: `${cis("4.1")}, hadolint DL3002`,
    text: "every container runs as root unless it sets another user",
    remediation: "end the Dockerfile with a USER other than root",
    check: (subject) => {
      const user = userOf(subject);
      if (user !== undefined) return /^(0|root)(:|$)/.test(user.rest) ? [inLine("ends as root")(user)] : [];
      const first = lineage(subject)[0];
      return first === undefined ? [] : [{ text: "has no USER", line: first.from.line }];
    },
  },
  {
    id: "add-local",
    kind: "dockerfile",
    title: "ADD copies a file",
    severity: "low",
    reference: `${cis("4.9")}, hadolint DL3020`,
    text: "ADD also unpacks archives and downloads URLs; COPY only copies",
    remediation: "write COPY",
    check: ({ instructions }) =>
      linesOf(
        "uses ADD where COPY is enough",
        instructions.filter(
          ({ name, rest }) =>
            name === "ADD" &&
            !/^(--\S+\s+)*\[?"?(https?|git|ssh):|git@|\.git\b/.test(rest) &&
            !/\.(tar|tgz|tbz2?|txz|gz|bz2|xz|zst)\b/.test(rest),
        ),
      ),
  },
  {
    id: "add-unchecked",
    kind: "dockerfile",
    title: "ADD downloads without a checksum",
    severity: "medium",
    reference: "hadolint DL3020",
    text: "the content can change at any time",
    remediation: "write ADD --checksum=sha256:...",
    check: ({ instructions }) =>
      linesOf(
        "downloads without a checksum",
        instructions.filter(
          ({ name, rest }) =>
            name === "ADD" && /(^|[\s"])https?:\/\//.test(rest) && !rest.includes("--checksum="),
        ),
      ),
  },
  {
    id: "shell-form-command",
    kind: "dockerfile",
    title: "The command is in shell form",
    severity: "medium",
    reference: "hadolint DL3025",
    text: "a shell runs the program and does not pass on the stop signal",
    remediation: 'write a list: CMD ["program", "argument"]',
    check: (subject) =>
      lineage(subject).flatMap(({ instructions }) =>
        linesOf(
          "has a command in shell form",
          instructions.filter(
            ({ name, rest }) => (name === "CMD" || name === "ENTRYPOINT") && !/^\[.*\]$/s.test(rest.trim()),
          ),
        ),
      ),
  },
  {
    id: "copy-before-install",
    kind: "dockerfile",
    title: "All files are copied before dependencies are installed",
    severity: "medium",
    reference: "Docker docs, build cache",
    text: "every changed file reinstalls all dependencies",
    remediation: "copy the dependency list, install, then copy the rest",
    check: (subject) =>
      stagesOf(subject).flatMap(({ instructions }) => {
        const copied = instructions.findIndex(
          ({ name, rest }) =>
            (name === "COPY" || name === "ADD") &&
            !rest.includes("--from=") &&
            /^(\.\/?|\["\.\/?",)$/.test(words(rest)[0] ?? ""),
        );
        return copied < 0
          ? []
          : linesOf(
              "installs after copying all files",
              instructions
                .slice(copied)
                .filter(
                  ({ name, rest }) =>
                    name === "RUN" &&
                    (installs.test(rest) ||
                      /\b(npm (ci|install)|yarn install|pnpm (i|install)|pip3? install -r|bundle install|composer install|go mod download|apk add)\b/.test(
                        rest,
                      )),
                ),
            );
      }),
  },
  {
    id: "secret-in-build",
    kind: "dockerfile",
    title: "A secret is a build argument or variable",
    severity: "high",
    reference: `${cis("4.10")}, docker build SecretsUsedInArgOrEnv`,
    text: "docker history shows it to everyone who has the image",
    remediation: "pass it to the running container, or use RUN --mount=type=secret",
    check: ({ instructions }) =>
      instructions
        .filter(({ name }) => name === "ARG" || name === "ENV")
        .flatMap(({ name, rest, line }) =>
          variables(name, rest)
            .filter(isSecretName)
            .map((variable) => ({ text: `has ${name} ${variable}`, line })),
        ),
  },
  {
    id: "sudo",
    kind: "dockerfile",
    title: "The build uses sudo",
    severity: "low",
    reference: "hadolint DL3004",
    text: "a build already runs as root, and sudo in an image lets its user become root",
    remediation: "switch with USER",
    check: (subject) =>
      linesOf(
        "uses sudo",
        runs(subject).filter(({ rest }) => /(^|&&|;|\|)\s*sudo\s/.test(rest)),
      ),
  },
  {
    id: "download-into-shell",
    kind: "dockerfile",
    title: "A download is piped into a shell",
    severity: "medium",
    reference: "hadolint DL4006",
    text: "the build runs unverified code, and only half of it if the connection breaks",
    remediation: "download a fixed version, verify its checksum, then run it",
    check: (subject) =>
      linesOf(
        "pipes a download into a shell",
        runs(subject).filter(({ rest }) =>
          /\b(curl|wget)\b[^|;&]*\|\s*(sudo\s+)?(ba|da|z|a)?sh\b/.test(rest),
        ),
      ),
  },
  {
    id: "relative-workdir",
    kind: "dockerfile",
    title: "WORKDIR is relative",
    severity: "low",
    reference: "hadolint DL3000",
    text: "the path depends on the base image",
    remediation: "write an absolute path",
    check: ({ instructions }) =>
      linesOf(
        "has a relative WORKDIR",
        instructions.filter(({ name, rest }) => name === "WORKDIR" && !/^["']?([/$]|[A-Za-z]:)/.test(rest)),
      ),
  },
  {
    id: "several-commands",
    kind: "dockerfile",
    title: "A stage has several commands",
    severity: "low",
    reference: "hadolint DL4003, DL4004",
    text: "only the last one has an effect",
    remediation: "keep the intended one",
    check: (subject) =>
      stagesOf(subject).flatMap(({ instructions }) =>
        ["CMD", "ENTRYPOINT"].flatMap((kind) =>
          linesOf(`has ${kind} again`, instructions.filter(({ name }) => name === kind).slice(1)),
        ),
      ),
  },
];

function variables(instruction: string, rest: string): string[] {
  if (!/^[\w-]+=/.test(rest)) return [rest.split(/[\s=]/)[0] ?? ""];
  return instruction === "ARG"
    ? rest.split(/\s+/).map((word) => word.split("=")[0] ?? "")
    : [...rest.matchAll(/(?:^|\s)([\w-]+)=/g)].map((match) => match[1] ?? "");
}

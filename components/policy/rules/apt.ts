/** Debian packages in Dockerfiles. */

import { installs, linesOf, runs } from "../lines";
import { cis, type RuleOf } from "../rule";

export const aptRules: readonly RuleOf<"dockerfile">[] = [
  {
    id: "apt-lists-left",
    kind: "dockerfile",
    title: "The package lists of apt stay in the image",
    severity: "low",
    reference: "hadolint DL3009",
    text: "they take tens of megabytes that no container needs",
    remediation: "end the same RUN with rm -rf /var/lib/apt/lists/*, or use a cache mount",
    check: (subject) =>
      linesOf(
        "keeps the package lists of apt",
        runs(subject).filter(
          ({ rest }) =>
            /\bapt(-get)?\b[^&|;]*\bupdate\b/.test(rest) &&
            !/rm\s+-\w*r\w*[^&|;]*\/var\/lib\/apt\/lists/.test(rest) &&
            !/--mount=\S*target=\/var\/lib\/apt/.test(rest),
        ),
      ),
  },
  {
    id: "apt-recommends",
    kind: "dockerfile",
    title: "apt installs recommended packages",
    severity: "low",
    reference: `${cis("4.3")}, hadolint DL3015`,
    text: "more packages need more updates and increase the attack surface",
    remediation: "write apt-get install --no-install-recommends",
    check: (subject) =>
      linesOf(
        "installs without --no-install-recommends",
        runs(subject).filter(
          ({ rest }) =>
            installs.test(rest) && !/--no-install-recommends|Install-Recommends=(false|0)/i.test(rest),
        ),
      ),
  },
  {
    id: "apt-update-alone",
    kind: "dockerfile",
    title: "apt-get update is in a separate layer",
    severity: "medium",
    reference: cis("4.7"),
    text: "the layer is cached, so a later install gets outdated packages or fails",
    remediation: "write apt-get update && apt-get install ... in one RUN",
    check: (subject) =>
      linesOf(
        "updates without installing",
        runs(subject).filter(
          ({ rest }) =>
            /\bapt(-get)?\b[^&|;]*\bupdate\b/.test(rest) &&
            !/\bapt(-get)?\b[^&|;]*\b(install|upgrade|build-dep)\b/.test(rest),
        ),
      ),
  },
];

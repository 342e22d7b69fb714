/** Rules about volumes. */

import { riskOfPath } from "../../container/security/host-path";
import { cis, listing, type RuleOf, when } from "../rule";

export const volumeRules: readonly RuleOf<"volume">[] = [
  {
    id: "volume-of-host-path",
    kind: "volume",
    title: "A volume is a sensitive path of the host",
    severity: "high",
    reference: cis("5.6"),
    text: "it is a hidden bind mount that the mount rules do not detect",
    remediation: "use a volume without the option device, or a dedicated folder",
    check: ({ options: { o = "", device = "" } }) =>
      when(
        o.split(",").some((each) => each === "bind" || each === "rbind") && riskOfPath(device) !== undefined,
        `is ${device}`,
      ),
  },
  {
    id: "secret-in-volume-options",
    kind: "volume",
    title: "A password is among the options of a volume",
    severity: "high",
    reference: cis("4.10"),
    text: "docker volume inspect shows it to every Docker user",
    remediation: "mount the share on the host with a credentials file, and bind its folder",
    check: ({ options }) =>
      listing(
        "has the option",
        Object.entries(options).flatMap(([key, value]) =>
          [...value.matchAll(/(?:^|,)(password|pass|secret)=[^,]/gi)]
            .map((match) => `${key}=${match[1] ?? ""}`)
            .concat(/^(password|secret|secret_?key|access_?key)$/i.test(key) && value !== "" ? [key] : []),
        ),
      ),
  },
  {
    id: "unlocked-network-share",
    kind: "volume",
    title: "A network share is mounted without locks",
    severity: "low",
    reference: "nfs(5)",
    text: "with nolock two hosts can write to a file at once, and databases lose data",
    remediation: "remove the option nolock",
    check: ({ options: { type = "", o = "" } }) =>
      when(/^nfs4?$/.test(type) && o.split(",").includes("nolock"), "has the option nolock"),
  },
];

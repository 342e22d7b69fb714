/** The generated tables of rules in docs/policy.md. */

import type { Rule } from "./rule";
import { rules } from "./rules";

const titles: Readonly<Record<Rule["kind"], string>> = {
  container: "Containers",
  service: "Services of a Swarm",
  dockerfile: "Dockerfiles",
  network: "Networks",
  volume: "Volumes",
  stack: "Stacks as a whole",
};

/** The generated part of docs/policy.md. */
export function rulesTable(): string {
  const sections = (Object.keys(titles) as Rule["kind"][]).map((kind) =>
    [
      `### ${titles[kind]}`,
      "",
      "| rule | severity | what is wrong | why | instead | reference |",
      "| --- | --- | --- | --- | --- | --- |",
      ...rules
        .filter((rule) => rule.kind === kind)
        .map(
          ({ id, severity, title, text, remediation, reference }) =>
            `| \`${id}\` | ${severity} | ${title} | ${text} | ${remediation} | ${reference} |`,
        ),
      "",
    ].join("\n"),
  );
  return `## The rules\n\n${sections.join("\n")}`;
}

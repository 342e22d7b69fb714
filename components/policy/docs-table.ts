/** The rules as the page of the documentation lists them. */

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

/** Of docs/policy.md all that follows its own words. */
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

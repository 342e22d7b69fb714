/** The keys that cannot be honoured, as docs/compose.md and docs/swarm.md have them. */

import type { Limit } from "./support/limit";

export function limitsTable(limits: readonly Limit[]): string {
  const row = ({ key, values, why, instead }: Limit): string => {
    const only = values === undefined ? "" : `: ${values.map((value) => `\`${value}\``).join(", ")}`;
    return `| \`${key}\`${only} | ${why} | ${instead} |`;
  };
  const table = (severity: Limit["severity"]): string =>
    [
      "| key | why | instead |",
      "| --- | --- | --- |",
      ...limits.filter((limit) => limit.severity === severity).map(row),
    ].join("\n");
  return `## Refused\n\n${table("error")}\n\n## Warned about\n\n${table("warning")}\n`;
}

/** The tables of unsupported keys in docs/compose.md and docs/swarm.md. */

import type { Limit } from "../keys/aspects/limit";

export function limitsTable(limits: readonly Limit[]): string {
  const list = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(", ");
  const row = ({ key, values, except, when, why, instead }: Limit): string => {
    const only = when ?? (values && list(values)) ?? (except && `all but ${list(except)}`);
    return `| \`${key}\`${only === undefined ? "" : `: ${only}`} | ${why} | ${instead} |`;
  };
  const table = (severity: Limit["severity"]): string =>
    [
      "| key | why | instead |",
      "| --- | --- | --- |",
      ...limits
        .filter((limit) => limit.severity === severity)
        .sort((one, other) => (one.key < other.key ? -1 : Number(one.key > other.key)))
        .map(row),
    ].join("\n");
  return `## Refused\n\n${table("error")}\n\n## Warned about\n\n${table("warning")}\n`;
}

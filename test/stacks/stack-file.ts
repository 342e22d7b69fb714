/** The stack files of the repository, as Pulumi hands them to a program; every secret reads as one text. */

import { readFileSync } from "node:fs";
import { resolve } from "node:path";

export const stacks = ["dev", "staging", "prod"] as const;

export const secretText = "correct-horse-battery";

const secretNames = ["databasePassword", "databaseRootPassword", "brokerPassword"];

/** Settings by their full key, each value as text. */
export function configOf(stack: string): Record<string, string> {
  const file = readFileSync(resolve(__dirname, `../../stacks/Pulumi.${stack}.yaml`), "utf8");
  const entries = [...file.matchAll(/^ {2}([\w:]+): ?(.*)\n((?: {4}.*\n)*)/gm)].map(
    ([, key = "", value = "", nested = ""]): [string, string] => [
      key,
      value === "" ? JSON.stringify(objectOf(nested)) : value.replace(/^"(.*)"$/, "$1"),
    ],
  );
  const secrets = secretNames.map((name) => [`dockwright:${name}`, secretText]);
  return Object.fromEntries([...entries, ...secrets]) as Record<string, string>;
}

function objectOf(nested: string): Record<string, number | string> {
  return Object.fromEntries(
    [...nested.matchAll(/^ {4}(\w+): (\S+)$/gm)].map(([, key = "", value = ""]) => [
      key,
      /^\d+$/.test(value) ? Number(value) : value,
    ]),
  );
}

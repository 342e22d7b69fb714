/** What the rules find, as users see it: by a policy pack, and printed by a command. */

import fs from "node:fs";
import path from "node:path";

import type { Finding } from "../../../components/policy/judge";
import { installPackage, type StagedPackage } from "../../../tools/stage-package";

/** A pack as a user has it: the packed library, @pulumi/policy, three lines. */
export function pack(library: StagedPackage, folder: string, name: string, options: string): string {
  const home = path.join(folder, name);
  fs.mkdirSync(home);
  fs.writeFileSync(path.join(home, "PulumiPolicy.yaml"), "runtime: nodejs\n");
  fs.writeFileSync(path.join(home, "package.json"), `{ "version": "1.0.0", "main": "index.ts" }`);
  fs.writeFileSync(
    path.join(home, "index.ts"),
    `import { PolicyPack } from "@pulumi/policy";
import { policies } from "dockwright/policy";

new PolicyPack("team", { policies: policies(${options}) });
`,
  );
  installPackage(library, home);
  return home;
}

/** The ids that a pack told in a preview. */
export function idsTold(text: string): string[] {
  const told = [...text.matchAll(/(?:(?:container|service|network) )?([\w-]+): [^\n]*?\((\S+), [^\n]*\)/g)];
  return [...new Set(told.map(([, on, rule]) => `${rule ?? ""}:${on ?? ""}`))].sort();
}

/** What a command prints, and its exit code. */
export async function printed(
  command: () => number | Promise<number>,
): Promise<{ code: number; out: string }> {
  let out = "";
  const stream = jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += String(text);
    return true;
  });
  try {
    return { code: await command(), out };
  } finally {
    stream.mockRestore();
  }
}

/** Of findings as JSON. */
export const idsIn = (json: string): string[] =>
  (JSON.parse(json) as { findings: Finding[] }).findings.map(({ id }) => id).sort();

/** Compose files generated at random: dockwright and Docker Compose make the same of each, or both refuse it. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";

import { type Generated, generated } from "../support/arbitrary";
import { ask, type Question } from "../support/oracle";
import { own } from "../support/own";
import { write } from "../support/write";

/** `npm run test:compose-files` looks at 5,000. */
const RUNS = Number(process.env["COMPOSE_FILES"] ?? 200);

/** Two at a time. */
const LANES = 2;

const root = mkdtempSync(join(tmpdir(), "compose-files-"));

afterAll(() => rmSync(root, { recursive: true }));

function ready(folder: string, { file, override, profile }: Generated): Question {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const write_ = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write_("compose.yaml", write(file));
  if (override !== undefined) write_("override.yaml", write(override));
  write_("some.env", 'A=some\nB="${V1}\\t"\nC=${A}-${V3:-x}\n');
  write_("more.env", "A=more\n# nothing\nD='it is'\nE\nV1=own\n");
  return {
    folder,
    files: override === undefined ? ["compose.yaml"] : ["compose.yaml", "override.yaml"],
    args: profile === undefined ? [] : ["--profile", profile],
    environment: { V1: "one", V2: "", PATH_X: "1" },
  };
}

test(
  `${String(RUNS)} files are equal`,
  async () => {
    const accepted: boolean[] = [];
    const lane = async (number: number): Promise<void> => {
      const property = fc.asyncProperty(generated, async (project) => {
        const question = ready(join(root, `p${String(number)}`), project);
        const answer = await ask(question);
        const { project: ours, error } = own(question);
        accepted.push(answer.project !== undefined);
        if (isDeepStrictEqual(ours, answer.project)) return;
        expect({ error, project: ours }).toEqual({
          error: answer.stderr === "" ? "" : error,
          project: answer.project,
        });
      });
      await fc.assert(property, { numRuns: Math.ceil(RUNS / LANES) });
    };
    await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
    // A generator whose files are mostly refused would prove little.
    expect(accepted.filter(Boolean).length / accepted.length).toBeGreaterThan(0.5);
  },
  120_000 + RUNS * 2_000,
);

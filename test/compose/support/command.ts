/** The commands about Compose files, as they are typed, in this process. */

import { join } from "node:path";

import { parseArguments } from "../../../components/cli/arguments";
import { config } from "../../../components/cli/config";
import { convert } from "../../../components/cli/convert";
import { types } from "../../../components/cli/types";

export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export const folderOf = (fixture: string): string => join(__dirname, "../fixtures", fixture);

/** Types a command in the folder of a fixture. */
export function type(fixture: string, ...words: readonly string[]): Said {
  const request = parseArguments(words);
  const said = { out: "", err: "" };
  const streams = (["out", "err"] as const).map((name) =>
    jest.spyOn(process[`std${name}`], "write").mockImplementation((text) => {
      said[name] += String(text);
      return true;
    }),
  );
  const code = answer(request, folderOf(fixture));
  for (const stream of streams) stream.mockRestore();
  return { code, ...said };
}

function answer(request: ReturnType<typeof parseArguments>, folder: string): number {
  const environment = { HOME: "/home/user" };
  if (request.kind === "config") return config(request, environment, folder);
  if (request.kind === "convert") return convert(request, environment, folder);
  if (request.kind === "types") return types(request, environment, folder);
  throw new Error(`no command about Compose files: ${request.kind}`);
}

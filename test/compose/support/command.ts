/** The commands about Compose files, as they are typed, in this process. */

import { join } from "node:path";

import type { Context } from "../../../components/cli/command";
import * as config from "../../../components/cli/commands/config";
import * as convert from "../../../components/cli/commands/convert";
import * as types from "../../../components/cli/commands/types";

export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export const folderOf = (fixture: string): string => join(__dirname, "../fixtures", fixture);

/** Types a command in the folder of a fixture. */
export function type(fixture: string, ...words: readonly string[]): Said {
  const said = { out: "", err: "" };
  const streams = (["out", "err"] as const).map((name) =>
    jest.spyOn(process[`std${name}`], "write").mockImplementation((text) => {
      said[name] += String(text);
      return true;
    }),
  );
  const code = answer(words, { environment: { HOME: "/home/user" }, folder: folderOf(fixture) });
  for (const stream of streams) stream.mockRestore();
  return { code, ...said };
}

function answer([name, ...words]: readonly string[], context: Context): number {
  if (name === "config") return config.run(config.parse(words), context);
  if (name === "convert") return convert.run(convert.parse(words), context);
  if (name === "types") return types.run(types.parse(words), context);
  throw new Error(`no command about Compose files: ${String(name)}`);
}

/** Runs `pulumi preview` and reads its output. */

import { spawn } from "node:child_process";
import { relative } from "node:path";

import { type Preview, readPreview } from "../../review/read";
import { projectFolder, type Target } from "./run";
import { say } from "../say";

/** Variables of an unreachable Docker Engine: a preview then uses only the program and Pulumi's state. */
export const noEngine: Variables = { DOCKER_HOST: "unix:///dev/null", DOCKER_CONTEXT: "" };

type Variables = Readonly<Record<string, string>>;

/**
 * Runs `pulumi preview`; changes nothing.
 *
 * @param variables - environment variables in addition to those of the process
 * @throws Error - the output of Pulumi is not valid.
 */
export async function askPreview(
  target: Target,
  options: readonly string[],
  variables: Variables = {},
): Promise<Preview> {
  const of = target.stack === undefined ? "the selected stack" : target.stack;
  say("review", `running pulumi preview for ${of}; nothing is changed`);
  const words = [
    "preview",
    "--json",
    "--show-sames",
    "--non-interactive",
    ...(target.stack === undefined ? [] : ["--stack", target.stack]),
    ...(target.folder === undefined ? [] : ["--cwd", target.folder]),
    ...options,
  ];
  const { code, out, told } = await output(words, variables);
  try {
    return inRepository(readPreview(out), target);
  } catch (error) {
    const cause = causeIn(told);
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(cause ?? `it exited with code ${String(code)}, and its output is not valid: ${why}`, {
      cause: error,
    });
  }
}

/** The errors of Pulumi, without the output before them. */
export function causeIn(told: string): string | undefined {
  const lines = told.split("\n");
  const first = lines.findIndex((line) => line.startsWith("error: "));
  if (first < 0) return undefined;
  const kept = lines.slice(first).filter((line) => line.trim() !== "");
  return kept.join("\n        ").slice("error: ".length);
}

/** Makes file names relative to the working directory, as GitHub and editors expect. */
export function inRepository(preview: Preview, target: Target): Preview {
  const below = relative(process.cwd(), projectFolder(target)).split("\\").join("/");
  if (below === "" || below.startsWith("..")) return preview;
  const steps = preview.steps.map((step) =>
    step.source === undefined
      ? step
      : { ...step, source: { ...step.source, file: `${below}/${step.source.file}` } },
  );
  return { ...preview, steps };
}

function output(
  words: readonly string[],
  variables: Variables,
): Promise<{ code: number | null; out: string; told: string }> {
  return new Promise((resolve, reject) => {
    // A command passes on its environment.
    // eslint-disable-next-line no-restricted-properties -- the rule is for components
    const env = { ...process.env, ...variables };
    const child = spawn("pulumi", words, { stdio: ["ignore", "pipe", "pipe"], env });
    const chunks: Buffer[] = [];
    let told = "";
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      told += text;
      // An error is reported once, as the cause.
      if (!/^error: /m.test(told)) process.stderr.write(text);
    });
    child.once("error", (error: NodeJS.ErrnoException) => {
      const missing = "the pulumi command was not found; install it (https://www.pulumi.com/docs/install/)";
      reject(error.code === "ENOENT" ? new Error(missing, { cause: error }) : error);
    });
    child.once("close", (code) => {
      resolve({ code, out: Buffer.concat(chunks).toString("utf8"), told });
    });
  });
}

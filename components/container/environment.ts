/** Environment variables, files and secrets of a container. */

import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { containerPath, input, mapOf, mustBe, strict, text } from "../core/schema";
import { hidden, whenKnown } from "../core/later";
import type { Fault } from "../core/text/message";
import { isReadOnly, type Mount } from "./mounts/mount";

/** Variable names and values. A secret Output stays encrypted in Pulumi's state, but `docker inspect` shows its value. */
export type Environment = Readonly<Record<string, pulumi.Input<string>>>;

/** A file that is copied into the container before it starts. */
export interface ContainerFile {
  /** The text of the file. Give exactly one of `content` and `contentBase64`. */
  readonly content?: pulumi.Input<string>;
  /** The bytes of the file in base64. */
  readonly contentBase64?: pulumi.Input<string>;
  /** File mode as octal text. @defaultValue `"0444"` */
  readonly mode?: string;
}

export const environment: z.ZodType<Environment> = mapOf(
  input(
    z
      .string({ error: (issue) => valueText(issue.input) })
      .regex(/^[^\0]*$/, "must not contain a NUL character"),
  ),
  text("a variable name: not empty, without = and without spaces", (value) => /^[^=\s\0]+$/.test(value)),
  "kind",
);

function valueText(found: unknown): string {
  if (found === undefined) return "must be text, got undefined; give it a value or leave the name out";
  return `${mustBe("text", found, "kind")}; write numbers and booleans in quotes`;
}

/** Messages never show values: a secret can be given as plain text. */
export const secrets: z.ZodType<Readonly<Record<string, pulumi.Input<string>>>> = mapOf(
  input(z.string({ error: (issue) => mustBe("text", issue.input, "kind") }).min(1, "must not be empty")),
  text("a file name: letters, digits, and . _ -", (value) => /^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(value)),
  "kind",
);

export const files: z.ZodType<Readonly<Record<string, ContainerFile>>> = mapOf(
  strict(
    {
      content: input(
        z
          .string({ error: (issue) => mustBe("text", issue.input, "kind") })
          .min(1, "must not be empty: Docker's provider refuses an empty file"),
      ).optional(),
      contentBase64: input(
        text("base64 and not empty", (value) => /^[A-Za-z0-9+/]+={0,2}$/.test(value), "kind"),
      ).optional(),
      mode: text('octal permissions such as "0444"', (value) => /^0[0-7]{3}$/.test(value)).optional(),
    },
    { what: 'an object such as { content: "..." }', shown: "kind" },
  ).superRefine((file, context) => {
    if ((file.content === undefined) === (file.contentBase64 === undefined)) {
      context.addIssue({ code: "custom", message: "must have exactly one of content and contentBase64" });
    }
  }),
  text(
    'an absolute path of a file such as "/etc/app.conf"',
    (value) => containerPath.safeParse(value).success && value !== "/",
  ),
  "kind",
);

/** `NAME=value`, sorted by name so that the order in the program has no effect. */
export function environmentInputs(variables: Environment): pulumi.Input<string>[] {
  return Object.entries(variables)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => whenKnown(value, (known) => `${name}=${known}`));
}

/** Files and secrets as the provider's uploads. Secrets are at Docker's usual path: `/run/secrets/<name>`. */
export function uploadInputs(
  written: Readonly<Record<string, ContainerFile>>,
  secretFiles: Readonly<Record<string, pulumi.Input<string>>>,
): UploadInput[] {
  const fileUploads = Object.entries(written).map(([file, { content, contentBase64, mode = "0444" }]) => ({
    file,
    ...(content !== undefined && { content }),
    ...(contentBase64 !== undefined && { contentBase64 }),
    permissions: mode,
  }));
  const secretUploads = Object.entries(secretFiles).map(([name, content]) => ({
    file: `/run/secrets/${name}`,
    content: hidden(content),
    permissions: "0444",
  }));
  return [...fileUploads, ...secretUploads].sort((a, b) => (a.file < b.file ? -1 : 1));
}

interface UploadInput {
  readonly file: string;
  readonly content?: pulumi.Input<string>;
  readonly contentBase64?: pulumi.Input<string>;
  readonly permissions: string;
}

/** Faults of files that a mount would hide, or that cannot be written; `at` is the path in the arguments. */
export function fileFaults(
  written: readonly { readonly path: string; readonly at: string }[],
  mounts: readonly Mount[],
  readOnlyRoot: boolean,
): Fault[] {
  return written.flatMap(({ path, at }, index) => {
    const twin = written.findIndex((other) => other.path === path);
    const above = mounts.find((each) => each.path === path || path.startsWith(`${each.path}/`));
    const text =
      twin < index
        ? `must be written once, got "${path}", which ${written[twin]?.at ?? ""} already writes`
        : above?.path === path
          ? `must not be where something is mounted, got "${path}"; choose another path`
          : above !== undefined && "tmpfs" in above
            ? `must not lie below the tmpfs at "${above.path}", which would hide it; choose another path`
            : above !== undefined && isReadOnly(above)
              ? `must not lie below the read-only mount at "${above.path}"; choose another path`
              : readOnlyRoot
                ? "cannot be copied into a read-only root file system; leave out readOnlyRoot, or mount a bind that already has the file"
                : undefined;
    return text === undefined ? [] : [{ path: at, text }];
  });
}

/** `NAME=value`. */
export function variableOf(line: string): { readonly name: string; readonly value: string } {
  const at = line.indexOf("=");
  return at < 0 ? { name: line, value: "" } : { name: line.slice(0, at), value: line.slice(at + 1) };
}

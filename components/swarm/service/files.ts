/** Secrets and configs of a service as files of its tasks. */

import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import {
  containerPath,
  input,
  isStructure,
  judge,
  mapOf,
  mustBe,
  reference,
  strict,
  text,
  wholeNumber,
} from "../../core/schema";
import { isLater } from "../../core/later";
import { formatPath } from "../../core/text/message";
import type {
  ConfigFile,
  FileAccess,
  SecretFile,
  SwarmConfigReference,
  SwarmSecretReference,
  SwarmServiceArgs,
} from "../args";

const access = {
  mode: text('octal permissions such as "0400"', (value) => /^0[0-7]{3}$/.test(value)).optional(),
  uid: wholeNumber(0, 4_294_967_294).optional(),
  gid: wholeNumber(0, 4_294_967_294).optional(),
};

const filePath = text(
  'an absolute path of a file such as "/etc/app.conf"',
  (value) => containerPath.safeParse(value).success && value !== "/",
);

/** The size limit of Swarm. */
const MOST_KIB = 500;

const content = z
  .string({ error: (issue) => mustBe("text", issue.input, "kind") })
  .min(1, "must not be empty")
  .refine(
    (value) => Buffer.byteLength(value) <= MOST_KIB * 1024,
    `must be at most ${String(MOST_KIB)} KiB, the limit of Swarm; store larger content in a volume`,
  );

/** Content that is never shown in a message. */
export const secretText = input(content);
export const configText = input(content);
export const base64Text = input(
  text("base64 and not empty", (value) => /^[A-Za-z0-9+/]+={0,2}$/.test(value), "kind"),
);

const secretReference = reference<SwarmSecretReference>("secretId", "a SwarmSecret");
const isSecretReference = (value: unknown): value is SwarmSecretReference =>
  secretReference.safeParse(value).success;

const secretContent = z.custom<SecretFile["secret"]>().superRefine((value: unknown, context) => {
  if (!isSecretReference(value)) judge(secretText, value, context);
});

const fullSecret = strict({ secret: secretContent, path: filePath.optional(), ...access }, { shown: "kind" });

export const secretFiles: z.ZodType<NonNullable<SwarmServiceArgs["secrets"]>> = mapOf(
  z.custom<NonNullable<SwarmServiceArgs["secrets"]>[string]>().superRefine((value: unknown, context) => {
    const detailed = isStructure(value) && !isSecretReference(value);
    judge(detailed ? fullSecret : secretContent, value, context);
  }),
  text("a file name: letters, digits, and . _ -", (value) => /^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(value)),
  "kind",
);

export const configFiles: z.ZodType<NonNullable<SwarmServiceArgs["files"]>> = mapOf(
  strict(
    {
      content: configText.optional(),
      contentBase64: base64Text.optional(),
      config: reference<SwarmConfigReference>("configId", "a SwarmConfig").optional(),
      ...access,
    },
    { what: 'an object such as { content: "..." }', shown: "kind" },
  ).superRefine((file, context) => {
    const given = [file.content, file.contentBase64, file.config].filter((each) => each !== undefined);
    if (given.length !== 1)
      context.addIssue({
        code: "custom",
        message: `must have exactly one of content, contentBase64 and config, got ${String(given.length)}`,
      });
  }),
  filePath,
  "kind",
);

/** A secret with all its options. */
export function secretFile(given: NonNullable<SwarmServiceArgs["secrets"]>[string]): SecretFile {
  return typeof given === "string" || isLater(given) || isSecretReference(given)
    ? { secret: given as SecretFile["secret"] }
    : (given as SecretFile);
}

/** The text of a secret that must be created first; undefined for an existing one. */
export function ownText({ secret }: SecretFile): pulumi.Input<string> | undefined {
  return isSecretReference(secret) ? undefined : secret;
}

export const secretPath = (name: string, { path }: SecretFile): string => path ?? `/run/secrets/${name}`;

/** Every file of a task, with its path in the arguments. */
export function writtenFiles({ secrets = {}, files = {} }: SwarmServiceArgs): { path: string; at: string }[] {
  return [
    ...Object.keys(files).map((path) => ({ path, at: formatPath(["files", path]) })),
    ...Object.entries(secrets).map(([name, given]) => ({
      path: secretPath(name, secretFile(given)),
      at: formatPath(["secrets", name]),
    })),
  ];
}

/** A file of a task, in the format of the Engine. */
export function engineFile(path: string, { mode = "0444", uid = 0, gid = 0 }: FileAccess) {
  // A name without a folder is a file in /run/secrets.
  const Name = path.replace(/^\/run\/secrets\/(?=[^/]+$)/, "");
  return { Name, UID: String(uid), GID: String(gid), Mode: Number.parseInt(mode, 8) };
}

/** The path of a config is absolute, as for the Engine. */
export function engineConfigFile(path: string, access: ConfigFile) {
  return { ...engineFile(path, access), Name: path };
}

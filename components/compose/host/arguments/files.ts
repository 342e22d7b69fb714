/** Secrets and configs of a service: files in the container, with the source of their content. */

import type { Project, Service } from "../../model/model";
import type { FileObject, FileReference } from "../../model/parts";
import type { Finding } from "../finding";

/** Where a text comes from. */
export type Origin = { readonly file: string } | { readonly variable: string } | { readonly content: string };

export interface PlannedFile {
  /** The absolute path in the container. */
  readonly path: string;
  readonly from: Origin;
  readonly isSecret: boolean;
  /** The key of the secret or config. */
  readonly source: string;
  readonly mode?: string;
}

export function fileArgs(
  { secrets = [], configs = [] }: Service,
  model: Project,
  fault: Finding,
): { files?: readonly PlannedFile[]; secrets?: Readonly<Record<string, Origin>> } {
  const files = [
    ...secrets.flatMap((each, index) => planned("secrets", each, index, model.secrets ?? {}, fault)),
    ...configs.flatMap((each, index) => planned("configs", each, index, model.configs ?? {}, fault)),
  ];
  // With the default path and mode it is a secret in the sense of a Container.
  const usual = files.filter(isUsual);
  const others = files.filter((file) => !isUsual(file));
  return {
    ...(others.length > 0 && { files: others }),
    ...(usual.length > 0 && {
      secrets: Object.fromEntries(usual.map(({ path, from }) => [path.slice(SECRETS.length), from])),
    }),
  };
}

function planned(
  kind: "secrets" | "configs",
  { source = "", target = source, mode }: FileReference,
  index: number,
  objects: Readonly<Record<string, FileObject>>,
  fault: Finding,
): PlannedFile[] {
  const from = originOf(objects[source] ?? {});
  if (from === undefined) {
    fault(
      [kind, index],
      `needs a file, a variable or a content for ${source}: a plain Docker host does not store a ${kind}`,
    );
    return [];
  }
  const folder = kind === "secrets" ? SECRETS : "/";
  const path = target.startsWith("/") ? target : `${folder}${target}`;
  return [
    {
      path,
      from,
      isSecret: kind === "secrets",
      source,
      ...(mode !== undefined && { mode: fourDigits(mode) }),
    },
  ];
}

const SECRETS = "/run/secrets/";

const isUsual = ({ isSecret, path, mode = "0444" }: PlannedFile): boolean =>
  isSecret && mode === "0444" && /^\/run\/secrets\/[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(path);

export function originOf({ file, environment, content }: FileObject): Origin | undefined {
  if (file !== undefined) return { file };
  if (environment !== undefined) return { variable: environment };
  return content === undefined ? undefined : { content };
}

export const fourDigits = (mode: string): string => mode.replace(/^0*/, "").padStart(4, "0");

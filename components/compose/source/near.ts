import { relative } from "node:path";

/** A path for a program in a folder: relative if it is inside the folder, so that it is valid on every machine. */
export function nearPath(folder: string, absolute: string): string {
  const near = relative(folder, absolute);
  if (near === "") return ".";
  return near.startsWith("..") ? absolute : near;
}

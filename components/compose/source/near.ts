import { relative } from "node:path";

/** A path as one writes it in a folder: relative where it lies within, so that it is right on every machine. */
export function nearPath(folder: string, absolute: string): string {
  const near = relative(folder, absolute);
  if (near === "") return ".";
  return near.startsWith("..") ? absolute : near;
}

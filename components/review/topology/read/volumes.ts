/** Reads volumes and host paths, and their mounts. */

import type { State } from "../../step";
import { readContainer } from "../../../provider/container";
import { isUnknown, referencesTo } from "./inputs";
import { byText, type Placed } from "./placed";
import type { Mount, Volume } from "../model";
import { both } from "../both";

export interface VolumesRead {
  readonly volumes: readonly Volume[];
  readonly mountsOf: (container: Placed) => Mount[];
}

/** The volumes of the program, and the other volumes and paths that its containers mount. */
export function volumesOf(placed: readonly Placed[], containers: readonly Placed[]): VolumesRead {
  const declared = placed.map(({ step, name, change }) => ({
    references: [step.urn, ...referencesTo(step.before), ...referencesTo(step.after)],
    volume: {
      id: step.urn,
      name,
      kind: "volume" as const,
      change,
      note: change === "removed" && step.before?.retained === true ? "its data stays on the host" : "",
    },
  }));
  const others = new Map<string, Volume>();
  const known = (reference: string, kind: Volume["kind"]): string => {
    const own =
      kind === "volume" ? declared.find(({ references }) => references.includes(reference)) : undefined;
    if (own !== undefined) return own.volume.id;
    const id = `${kind} ${reference}`;
    others.set(id, {
      id,
      name: reference,
      kind,
      change: "same",
      note: kind === "volume" ? "not of this stack" : "path of the host",
    });
    return id;
  };
  const mounted = (state: State | undefined): Mount[] => {
    const sources = state?.dependsOn?.["volumes"] ?? [];
    return readContainer(state?.inputs ?? {}).mounts.flatMap(({ kind, source = "", readOnly }): Mount[] => {
      if (kind === "tmpfs" || source === "") return [];
      if (kind === "bind") return [{ volume: known(source, "path"), readOnly, change: "same" }];
      const reference = isUnknown(source) ? (sources[0] ?? "known after the update") : source;
      return [{ volume: known(reference, "volume"), readOnly, change: "same" }];
    });
  };
  const mounts = new Map(
    containers.map((each) => [
      each.step.urn,
      both(mounted(each.step.before), mounted(each.step.after), each.change, ({ volume }) => volume),
    ]),
  );
  return {
    volumes: [...declared.map(({ volume }) => volume), ...others.values()].sort(
      (a, b) => byText(a.kind, b.kind) * -1 || byText(a.name, b.name) || byText(a.id, b.id),
    ),
    mountsOf: ({ step }) => mounts.get(step.urn) ?? [],
  };
}

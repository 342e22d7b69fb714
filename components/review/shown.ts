/** The changes of a step in a report: by argument name, without duplicates of other changes. */

import { type Plan, types } from "./plan";
import type { FieldChange, Step } from "./step";
import { fieldWord, withoutEchoes } from "./words";

export function shownChanges(step: Step, changes: readonly FieldChange[], plan: Plan): FieldChange[] {
  return withoutEchoes(byNetworkName(step, changes, plan), step.type)
    .filter(({ path }) => !(step.type === types.routes && /^routes\[\d+\]\.to$/.test(path)))
    .map((each) => ({ ...each, path: fieldWord(each.path, step.type) }));
}

const ofNetwork = /^networksAdvanced\["(.+?)"\](.*)$/;

/** Networks are identified by ids, which are meaningless and change with every replacement. */
function byNetworkName(step: Step, changes: readonly FieldChange[], plan: Plan): FieldChange[] {
  if (step.type !== types.container) return [...changes];
  const merged = new Map<string, FieldChange>();
  for (const change of changes) {
    const [, id, member = ""] = ofNetwork.exec(change.path) ?? [];
    const path =
      id === undefined
        ? change.path
        : `networksAdvanced["${networkName(id, step, plan)}"]${member === ".name" ? "" : member}`;
    const known = merged.get(path);
    const both = known === undefined ? change : { ...known, ...change };
    merged.set(path, { ...both, path, kind: known === undefined ? change.kind : "update" });
  }
  return [...merged.values()].flatMap((change) => {
    const { path, kind, before, after } = change;
    if (!path.startsWith("networksAdvanced[")) return [change];
    // It is on a network of that name before and after the change.
    if (kind === "update" && (before === after || path.endsWith('"]'))) return [];
    if (!path.endsWith('"]')) return [change];
    return [
      {
        path,
        kind,
        replaces: change.replaces,
        ...(kind === "add" ? { after: "joined" } : { before: "joined" }),
      },
    ];
  });
}

function networkName(id: string, step: Step, plan: Plan): string {
  const networks = plan.steps.filter(({ type }) => type === types.network);
  const known = networks.find(({ before, after }) => before?.id === id || after?.id === id);
  const made = plan
    .sourcesOf(step, types.network, "networksAdvanced")
    .filter(({ operation }) => operation === "create" || operation === "replace");
  const [only] = made;
  if (known !== undefined) return plan.ownerOf(known).name;
  return made.length === 1 && only !== undefined ? plan.ownerOf(only).name : id;
}

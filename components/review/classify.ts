/** Determines the impacts of each step of a preview, and of each component from its parts. */

import { isClosingLine, readConsequences } from "../provider/consequence";
import { byWorst, type Impact, type ImpactKind, impactKinds } from "./impact";
import { withAnnounced } from "./judge/announced";
import { judgeAvailability } from "./judge/availability";
import { judgeData } from "./judge/data";
import { judgeExposure } from "./judge/exposure";
import { judgeRest, judgeRestarts, judgeSecrets } from "./judge/others";
import { judgeSwarm } from "./judge/swarm";
import { judgePrivilege } from "./judge/privilege";
import type { LiveFacts } from "./live";
import { isComponent, nameList, Plan, titleOf } from "./plan";
import type { Diagnostic, Preview } from "./read";
import type { FieldChange, SourcePosition, Step } from "./step";
import { shownChanges } from "./shown";

/** One step and its impacts. */
export interface JudgedStep {
  readonly step: Step;
  /** Worst first; empty without an impact. */
  readonly impacts: readonly Impact[];
}

/** An impact on a component, with the affected parts. */
export interface ComponentImpact extends Impact {
  readonly on: readonly string[];
}

/** A changed part of a component, with the fields by argument name. */
export interface ChangedPart {
  readonly title: string;
  readonly operation: Step["operation"];
  readonly changes: readonly FieldChange[];
}

export interface ComponentReview {
  readonly urn: string;
  /** `container "web"`. */
  readonly title: string;
  readonly name: string;
  readonly operation: Step["operation"];
  /** Worst first, at least one. */
  readonly impacts: readonly ComponentImpact[];
  readonly parts: readonly ChangedPart[];
  readonly source: SourcePosition | undefined;
}

export interface Review {
  readonly project: string;
  readonly stack: string;
  /** The changed components, worst first. */
  readonly components: readonly ComponentReview[];
  /** The number of unchanged components. */
  readonly unchanged: number;
  /** The messages of Pulumi and of the components. */
  readonly notes: readonly Diagnostic[];
  /** Why facts of the host are missing; undefined if they are present or not needed. */
  readonly blind: string | undefined;
}

/** Every step with its impacts, in the order of the preview. */
export function judgeSteps(preview: Preview, live?: LiveFacts): JudgedStep[] {
  const plan = new Plan(preview);
  return plan.steps.map((step) => ({ step, impacts: judgeStep(step, plan, live) }));
}

export function review(preview: Preview, live?: LiveFacts, blind?: string): Review {
  const plan = new Plan(preview);
  const owned = new Map<Step, JudgedStep[]>();
  for (const judged of judgeSteps(preview, live)) {
    const owner = plan.ownerOf(judged.step);
    owned.set(owner, [...(owned.get(owner) ?? []), judged]);
  }
  const all = [...owned].map(([owner, judged]) => componentReview(owner, judged, plan));
  const components = all.filter(({ impacts }) => impacts.length > 0).sort(byUrgency);
  const unchanged = [...owned.keys()].filter(
    (owner) => isComponent(owner) && !components.some(({ urn }) => urn === owner.urn),
  ).length;
  const { project, stack, diagnostics } = preview;
  // An announcement is reported with its component.
  const notes = diagnostics.filter(({ text }) => readConsequences(text).length === 0 && !isClosingLine(text));
  return { project, stack, components, unchanged, notes, blind };
}

function judgeStep(step: Step, plan: Plan, live: LiveFacts | undefined): Impact[] {
  const judged = [
    ...judgeData(step, plan, live),
    ...judgeAvailability(step, plan),
    ...judgePrivilege(step),
    ...judgeExposure(step, plan),
    ...judgeSecrets(step),
    ...judgeRestarts(step, plan),
    ...judgeSwarm(step),
    ...judgeRest(step, plan),
  ];
  return withAnnounced(judged, step, plan).sort(byWorst);
}

function componentReview(owner: Step, judged: readonly JudgedStep[], plan: Plan): ComponentReview {
  const impacts: ComponentImpact[] = [];
  for (const { step, impacts: found } of judged) {
    for (const each of found) {
      const known = impacts.findIndex(({ kind, reason }) => kind === each.kind && reason === each.reason);
      const same = impacts[known];
      const changes = shownChanges(step, each.changes, plan);
      if (same === undefined) impacts.push({ ...each, changes, on: [step.name] });
      else impacts[known] = { ...same, on: [...same.on, step.name].sort() };
    }
  }
  return {
    urn: owner.urn,
    title: titleOf(owner),
    name: owner.name,
    operation: owner.operation,
    impacts: impacts.sort(byWorst),
    parts: alikeTogether(
      judged
        .filter(({ impacts: found }) => found.length > 0)
        .map(({ step }) => ({
          title: titleOf(step),
          operation: step.operation,
          changes: shownChanges(step, step.changes, plan),
        })),
    ),
    source: owner.source ?? judged.find(({ step }) => step.source)?.step.source,
  };
}

/** Replicas differ only in their names. */
function alikeTogether(parts: readonly ChangedPart[]): ChangedPart[] {
  const groups = new Map<string, ChangedPart[]>();
  for (const part of parts) {
    const key = JSON.stringify([part.operation, part.changes]);
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return [...groups.values()].flatMap((alike) => {
    const [first] = alike;
    const titles = alike.map(({ title }) => title).sort();
    return first === undefined ? [] : [{ ...first, title: nameList(titles) }];
  });
}

function byUrgency(one: ComponentReview, other: ComponentReview): number {
  const [a, b] = [one.impacts[0], other.impacts[0]];
  const worse = a === undefined || b === undefined ? 0 : byWorst(a, b);
  return worse || (one.title < other.title ? -1 : 1);
}

/** The worst kind; undefined without a change. */
export function worstKind({ components }: Review): ImpactKind | undefined {
  return impactKinds.find((kind) =>
    components.some(({ impacts }) => impacts.some((each) => each.kind === kind)),
  );
}

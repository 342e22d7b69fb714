/** The verdict: one sentence at the top of a review. */

import type { ComponentImpact, ComponentReview, Review } from "./classify";
import type { ImpactKind } from "./impact";
import { nameList } from "./plan";

export function verdict(review: Review): string {
  const { components, notes } = review;
  const errors = notes.filter(({ severity }) => severity === "error");
  if (errors.length > 0) return "The preview failed, so the effects of an up are unknown.";
  if (components.length === 0) return "Nothing changes.";
  const risks = clauses(review);
  if (risks.length === 0) return `No risk found: ${quiet(review)}.`;
  return `${upper(risks.join("; "))}.`;
}

/** The risks, worst first. */
function clauses(review: Review): string[] {
  const of = (kind: ImpactKind, test: (each: ComponentImpact) => boolean = () => true): string[] =>
    titlesWith(review, (each) => each.kind === kind && test(each));
  const lost = of("data-loss");
  const gone = of("outage", ({ lasts }) => lasts);
  const down = of("outage", ({ lasts }) => !lasts);
  const power = of("privilege");
  const open = of("exposure");
  const taken = of("takeover");
  const stopped = of("down-now");
  const left = of("data-left-behind");
  const said = [
    clause(lost, (who) => `data of ${who} is lost`),
    clause(gone, (who, one) => `${who} stop${one ? "s" : ""} for good`),
    clause(down, (who, one) => `${who} ${one ? "has" : "have"} a brief outage`),
    clause(power, (who, one) => `${who} get${one ? "s" : ""} more privileges on the host`),
    clause(open, (who) => `${who} can be reached by more than before`),
    clause(taken, (who, one) => `${who} take${one ? "s" : ""} over what this stack did not create`),
    clause(stopped, (who, one) => `${who} ${one ? "is" : "are"} down now`),
    clause(left, (who) => `data of ${who} is left behind`),
  ].filter((each) => each !== undefined);
  // The name is not repeated if the previous clause has the same one.
  return said.map(({ who, one, say }, index) => say(one && said[index - 1]?.who === who ? "it" : who));
}

function clause(
  titles: readonly string[],
  say: (who: string, one: boolean) => string,
): { readonly who: string; readonly one: boolean; readonly say: (who: string) => string } | undefined {
  if (titles.length === 0) return undefined;
  const one = titles.length === 1;
  return { who: nameList(titles), one, say: (who) => say(who, one) };
}

/** The verdict if nothing needs attention. */
function quiet(review: Review): string {
  const of = (kind: ImpactKind): string[] => titlesWith(review, (each) => each.kind === kind);
  const replaced = of("replacement");
  const added = review.components.filter(onlyHas("addition")).map(({ title }) => title);
  const [removed, smaller] = [true, false].map((whole) =>
    review.components
      .filter(({ operation }) => (operation === "delete") === whole)
      .filter(onlyHas("removal", "in-place"))
      .filter(({ impacts }) => impacts.some(({ kind }) => kind === "removal"))
      .map(({ title }) => title),
  ) as [string[], string[]];
  const told = new Set([...replaced, ...added, ...removed, ...smaller]);
  const rest = review.components.filter(({ title }) => !told.has(title)).map(({ title }) => title);
  const is = (many: readonly string[]): string => (many.length === 1 ? "is" : "are");
  return [
    ...(replaced.length > 0 ? [`${nameList(replaced)} ${is(replaced)} replaced without an outage`] : []),
    ...(smaller.length > 0 ? [`${nameList(smaller)} get${smaller.length === 1 ? "s" : ""} smaller`] : []),
    ...(removed.length > 0 ? [`${nameList(removed)} ${is(removed)} removed`] : []),
    ...(added.length > 0 ? [`${nameList(added)} ${is(added)} added`] : []),
    ...(rest.length > 0 ? [`${nameList(rest)} change${rest.length === 1 ? "s" : ""} in place`] : []),
  ].join("; ");
}

function onlyHas(...kinds: ImpactKind[]): (component: ComponentReview) => boolean {
  return ({ impacts }) => impacts.every((each) => kinds.includes(each.kind));
}

function titlesWith({ components }: Review, test: (each: ComponentImpact) => boolean): string[] {
  return components.filter(({ impacts }) => impacts.some(test)).map(({ title }) => title);
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

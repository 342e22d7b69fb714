/** What was announced against what the Engine then did. Every difference, in either direction, is a line. Pure. */

import type { ComponentReview, Review } from "../../../components/review/classify";
import type { ImpactKind } from "../../../components/review/impact";
import type { Gap } from "./client";
import type { ContainerView, View } from "./view";

/** A client that asks every 20 ms and is refused for longer than this has seen an outage. */
export const OUTAGE_MS = 150;

export interface Round {
  readonly review: Review;
  /** What the last up left. */
  readonly earlier: View;
  /** The same when the preview looks: somebody may have done something by hand. */
  readonly before: View;
  readonly after: View;
  readonly gaps: readonly Gap[];
  /** Names on the host begin with it. */
  readonly scope: string;
  /** The names of the volumes that the program declares, before and after. */
  readonly declared: { readonly before: ReadonlySet<string>; readonly after: ReadonlySet<string> };
}

export interface Disagreement {
  /** `container c1-1`. */
  readonly what: string;
  readonly text: string;
}

export function disagreements(round: Round): Disagreement[] {
  const { earlier: before, after, review } = round;
  const about = (
    type: string,
    names: Iterable<string>,
    judge: (name: string, said: Said) => string[],
  ): Disagreement[] =>
    [...new Set(names)].flatMap((name) =>
      judge(name, new Said(review.components.find(({ urn }) => urn.endsWith(`:${type}::${name}`)))).map(
        (text) => ({
          what: `${type} ${name}`,
          text,
        }),
      ),
    );
  const isJob = (name: string): boolean =>
    (after.containers[name] ?? before.containers[name])?.isJob === true;
  const all = [
    ...keys(before.containers, after.containers),
    ...names(review, "Container"),
    ...names(review, "Job"),
  ];
  return [
    ...after.odd.map((text) => ({ what: "the host", text })),
    ...about(
      "Container",
      all.filter((name) => !isJob(name)),
      (name, said) => containerFaults(name, said, round),
    ),
    ...about("Job", all.filter(isJob), (name, said) =>
      jobFaults(said, before.containers[name], after.containers[name]),
    ),
    ...about(
      "BridgeNetwork",
      [...keys(before.networks, after.networks), ...names(review, "BridgeNetwork")],
      (name, said) => networkFaults(name, said, round),
    ),
    ...about("Volume", [...keys(before.volumes, after.volumes), ...names(review, "Volume")], (name, said) =>
      volumeFaults(name, said, round),
    ),
    ...about("Image", [...keys(before.images, after.images), ...names(review, "Image")], (name, said) =>
      imageFaults(said, before.images[name] ?? [], after.images[name] ?? []),
    ),
  ];
}

const keys = (...all: readonly object[]): string[] => all.flatMap((each) => Object.keys(each));
const names = ({ components }: Review, type: string): string[] =>
  components.filter(({ urn }) => urn.includes(`:${type}::`)).map(({ name }) => name);

/** What the review says of one component. */
class Said {
  constructor(private readonly component: ComponentReview | undefined) {}

  has(kind: ImpactKind, lasts = false): boolean {
    return this.component?.impacts.some((each) => each.kind === kind && each.lasts === lasts) ?? false;
  }

  says(reason: RegExp): boolean {
    return this.component?.impacts.some((each) => reason.test(each.reason)) ?? false;
  }

  get all(): string {
    const kinds = this.component?.impacts.map(({ kind, lasts }) => (lasts ? `lasting ${kind}` : kind)) ?? [];
    return kinds.length === 0 ? "nothing" : kinds.join(", ");
  }
}

/** One line where one of both is so and the other is not. */
function both(said: Said, announced: boolean, happened: boolean, what: string): string[] {
  if (announced === happened) return [];
  return [
    announced
      ? `announced, and did not happen: ${what} (said: ${said.all})`
      : `happened unannounced: ${what} (said: ${said.all})`,
  ];
}

function containerFaults(name: string, said: Said, round: Round): string[] {
  const [old, now] = [round.earlier.containers[name], round.after.containers[name]];
  const stays = old !== undefined && now !== undefined;
  const others = Object.entries(round.after.containers).some(
    ([other, { service }]) => other !== name && service === (old ?? now)?.service,
  );
  const faults = [
    ...both(said, said.has("addition"), old === undefined && now !== undefined, "a new container"),
    ...both(
      said,
      said.has("outage", true),
      old !== undefined && now === undefined && !others,
      "nothing is left of it",
    ),
    ...both(
      said,
      said.has("removal"),
      old !== undefined && now === undefined && others,
      "one of several goes",
    ),
    ...both(
      said,
      said.has("replacement") || said.has("down-now") || (said.has("outage") && !said.has("addition")),
      stays && old.id !== now.id,
      "another container",
    ),
    ...(now === undefined || now.running ? [] : [`it is not running: it ended with ${String(now.exitCode)}`]),
    ...risks(said, old, now),
  ];
  if (!stays) return faults;
  const inPlace = old.id === now.id && old.told !== now.told;
  return [
    ...faults,
    ...both(said, said.has("in-place"), inPlace, "a change of the container that runs"),
    ...(old.id === now.id && old.startedAt !== now.startedAt ? ["it was started again unannounced"] : []),
    ...both(said, said.has("secret-rotation"), isOther(old.written, now.written), "a changed secret or file"),
    ...leftBehind(said, old, now, round),
    ...(said.has("down-now") ? [] : outages(said, old.service, others, round)),
  ];
}

const isOther = (old: string | undefined, now: string | undefined): boolean =>
  old !== undefined && now !== undefined && old !== now;

function risks(said: Said, old: ContainerView | undefined, now: ContainerView | undefined): string[] {
  if (now === undefined) return [];
  const more = now.powers.filter((each) => old?.powers.includes(each) === false);
  const open = now.open.filter((each) => old?.open.includes(each) !== true);
  return [
    // Of a new container only what goes beyond Docker's defaults is told.
    ...(old === undefined
      ? []
      : both(said, said.has("privilege"), more.length > 0, `more power: ${more.join(", ")}`)),
    ...both(said, said.has("exposure"), open.length > 0, `open to others: ${open.join(", ")}`),
  ];
}

/** A volume that it had and that the program still has, and it has not. */
function leftBehind(
  said: Said,
  old: ContainerView,
  now: ContainerView,
  { declared, scope }: Round,
): string[] {
  const left = Object.entries(old.volumes).filter(
    ([path, volume]) => now.volumes[path] !== volume && declared.after.has(volume.slice(scope.length + 1)),
  );
  return both(
    said,
    said.has("data-left-behind"),
    left.length > 0,
    `without ${left.map(([path]) => path).join(", ")}`,
  );
}

/** Of several containers of one service the client sees the last one go. */
function outages(said: Said, service: string, others: boolean, { gaps }: Round): string[] {
  const longest = Math.max(
    0,
    ...gaps.filter((gap) => gap.service === service).map(({ milliseconds }) => milliseconds),
  );
  const seen = longest > OUTAGE_MS;
  const what = `an outage of ${String(longest)} ms`;
  // Another container takes something from it, sooner or later than its own new one is ready.
  if (said.says(/maybe before its new container is ready/)) return [];
  if (said.has("outage")) return others ? [] : both(said, true, seen, what);
  return others ? [] : both(said, false, seen, what);
}

function jobFaults(said: Said, old: ContainerView | undefined, now: ContainerView | undefined): string[] {
  const ran = now !== undefined && now.id !== old?.id;
  return [
    ...both(said, said.has("addition"), ran && old === undefined, "a first run"),
    ...both(said, said.says(/^runs once more/), ran && old !== undefined, "another run"),
    ...both(
      said,
      said.says(/does not run again/),
      !ran && now !== undefined && old?.told !== now.told,
      "a change",
    ),
    ...both(said, said.has("removal"), old !== undefined && now === undefined, "its removal"),
    ...(ran && now.exitCode !== 0 ? [`it ended with ${String(now.exitCode)}`] : []),
  ];
}

function networkFaults(name: string, said: Said, { earlier: before, after }: Round): string[] {
  const [old, now] = [before.networks[name], after.networks[name]];
  const anew = old !== undefined && now !== undefined && old.id !== now.id;
  return [
    ...both(said, said.has("addition"), old === undefined && now !== undefined, "a new network"),
    ...both(said, said.has("removal"), old !== undefined && now === undefined, "its removal"),
    ...both(said, said.has("restarts-others") || said.has("in-place"), anew, "another network"),
    ...both(said, said.has("exposure"), anew && old.internal && !now.internal, "a way out"),
  ];
}

function volumeFaults(name: string, said: Said, { earlier: before, after, declared }: Round): string[] {
  const [old, now] = [before.volumes[name], after.volumes[name]];
  const comes = declared.after.has(name) && !declared.before.has(name);
  const goes = declared.before.has(name) && !declared.after.has(name);
  return [
    ...both(said, said.has("addition"), comes && now !== undefined, "a new volume"),
    ...both(said, said.has("data-loss"), old !== undefined && now !== old, "its data is lost"),
    ...both(said, said.has("data-left-behind"), goes && now !== undefined, "it stays with its data"),
  ];
}

/** Earlier builds are kept for a way back, so only a new one is seen. */
function imageFaults(said: Said, old: readonly string[], now: readonly string[]): string[] {
  const built = now.some((tag) => !old.includes(tag));
  return both(said, said.has("addition") || said.has("in-place"), built, "a new build");
}

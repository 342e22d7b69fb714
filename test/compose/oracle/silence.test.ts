/** P11: no key of a Compose file is dropped in silence. */

import { judgeProject, judgeStack } from "../../../components/compose/judge";
import { loadCompose } from "../../../components/compose/load";
import { printProject } from "../../../components/compose/print";
import { ComposeError } from "../../../components/compose/source/faults";
import { swarmLimits } from "../../../components/compose/support/limits";
import { isOfLoader, patterns, projectsWith } from "../support/every-key";

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type Target = "host" | "swarm";
type Step = string | number;

const FILES: Readonly<Record<string, string>> = {
  "/shop/some.env": "A=some\n",
  "/shop/more.env": "A=more\n",
  "/shop/key": "k",
  "/shop/conf": "c",
  "/shop/more.yaml": JSON.stringify({
    services: { more: { image: "nginx:${A:-none}", volumes: ["./x:/x"] } },
  }),
};

/** Undefined for a file that is not a project. */
function load(file: Json, target: Target) {
  const text = JSON.stringify(file);
  try {
    return loadCompose({
      files: ["compose.yaml"],
      environment: { V1: "one", V2: "" },
      workingDirectory: "/shop",
      profiles: ["p1"],
      read: (path) => (path === "/shop/compose.yaml" ? text : FILES[path]),
      ...(target === "swarm" && { limits: swarmLimits }),
    });
  } catch (error) {
    if (error instanceof ComposeError) return undefined;
    throw error;
  }
}

interface Verdict {
  readonly plan: string;
  /** The places that errors and warnings name. */
  readonly named: readonly string[];
}

function judge(file: Json, target: Target): Verdict | undefined {
  const loaded = load(file, target);
  if (loaded === undefined) return undefined;
  const { plan, errors, warnings } =
    target === "host" ? judgeProject(loaded) : judgeStack(loaded, [], "registry:5000");
  return {
    plan: JSON.stringify(plan),
    named: [...errors, ...warnings].map(({ path }) => `${path.join(".")}.`),
  };
}

/** In the long forms, which the table of keys describes. */
function inLongForms(file: Json): Json | undefined {
  const loaded = load(file, "host");
  return loaded && (JSON.parse(printProject(loaded.model, "json")) as Json);
}

/** Every place in a value, outermost first. */
function* places(value: Json, place: readonly Step[] = []): Generator<readonly Step[]> {
  if (place.length > 0) yield place;
  if (typeof value !== "object" || value === null) return;
  for (const [key, each] of Object.entries(value))
    yield* places(each, [...place, Array.isArray(value) ? Number(key) : key]);
}

function without(value: Json, [step, ...rest]: readonly Step[]): Json {
  const kept = Object.entries(value as object).flatMap(([key, each]: [string, Json]) => {
    if (key !== String(step)) return [[key, each] as const];
    return rest.length === 0 ? [] : [[key, without(each, rest)] as const];
  });
  return Array.isArray(value) ? kept.map(([, each]) => each) : Object.fromEntries(kept);
}

/** Not a finding about a whole service, network or volume. */
function isOfKey(named: string): boolean {
  return named.split(".").length > 3;
}

function fits(pattern: string, place: readonly Step[]): boolean {
  const steps = pattern.split(".");
  return (
    steps.length === place.length &&
    steps.every((step, index) => step === "*" || step === String(place[index]))
  );
}

/** Whether what a file says at a place makes a difference. */
function matters(file: Json, place: readonly Step[], whole: Verdict, target: Target): boolean {
  const name = `${place.join(".")}.`;
  const isNamed = whole.named.some(
    (each) => each.startsWith(name) || (isOfKey(each) && name.startsWith(each)),
  );
  return isNamed || judge(without(file, place), target)?.plan !== whole.plan;
}

/** Whether some value of a key makes a difference; undefined if no project has it. */
function isNoticed(pattern: string, target: Target): boolean | undefined {
  let isThere: boolean | undefined;
  for (const file of projectsWith(pattern) as Iterable<Json>)
    // The loader alone decides on some keys, such as profiles: only the file itself has them.
    for (const form of [inLongForms(file), file]) {
      const found = form === undefined ? [] : [...places(form)].filter((place) => fits(pattern, place));
      const whole = form === undefined || found.length === 0 ? undefined : judge(form, target);
      if (form === undefined || whole === undefined) continue;
      isThere ??= false;
      if (found.some((place) => matters(form, place, whole, target))) return true;
    }
  return isThere;
}

test.each(["host", "swarm"] as const)("P11 every key changes the plan or is named: %s", (target) => {
  const silent = patterns
    .filter((each) => !isOfLoader(each))
    .map((each) => [each, isNoticed(each, target)] as const);
  const wrong = silent
    .filter(([, is]) => is !== true)
    .map(([key, is]) => `${key} ${is === false ? "is silent" : "is in no sample"}`);
  expect(wrong).toEqual([]);
});

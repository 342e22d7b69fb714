/** What a replacement means for whoever uses a container, out of the inputs that its provider is given. */

import { onlyOne, type UpdateOrder } from "./update";

type Inputs = Readonly<Record<string, unknown>>;

/**
 * Why the old container stops before the new one starts, as a clause; undefined where the new one starts beside it.
 *
 * @param order undefined where it is not known
 */
export function stopsFirst(inputs: Inputs, order: UpdateOrder | undefined): string | undefined {
  if (order === "start-first") return undefined;
  const ports = list(inputs["ports"]).flatMap(({ external }) =>
    external === undefined ? [] : [String(external)],
  );
  const written = list(inputs["volumes"])
    .filter(({ readOnly }) => readOnly !== true)
    .map(({ containerPath }) => String(containerPath));
  const why = [
    ...(ports.length > 0 ? [`${onlyOne.hostPort} (${ports.join(", ")})`] : []),
    ...(inputs["networkMode"] === "host" ? [onlyOne.hostNetwork] : []),
    ...(list(inputs["networksAdvanced"]).some(({ ipv4Address }) => Boolean(ipv4Address))
      ? [onlyOne.address]
      : []),
    ...(written.length > 0 ? [`${onlyOne.data} (${listed(written)})`] : []),
  ];
  if (why.length > 0) return `the old one stops first, because ${why.join(" and ")}`;
  return order === undefined
    ? "the old one stops first"
    : "the old one stops first, as its update or its fixed name asks for";
}

/** How long nothing runs. Both ends are bounds; the usual gap is a second or two more than the program takes to stop and to start. */
export function gap(stopSeconds: number, healthcheck: unknown): string {
  const ready = readyWithin(healthcheck);
  return ready === undefined
    ? `nothing runs until it has stopped (at most ${String(stopSeconds)} s) and the new one runs`
    : `nothing runs until it has stopped (at most ${String(stopSeconds)} s) and the new one is healthy (at most ${String(ready)} s)`;
}

/** Seconds; undefined without a health check of its own. */
function readyWithin(check: unknown): number | undefined {
  const { tests, interval, timeout, startPeriod, retries } = bag(check);
  const [first = "NONE"] = Array.isArray(tests) ? (tests as string[]) : [];
  if (first === "NONE") return undefined;
  const again = seconds(interval) + seconds(timeout);
  return Math.ceil(seconds(startPeriod) + again * ((typeof retries === "number" ? retries : 3) + 1));
}

/** Of a duration as Go prints it, such as `1m30s`. */
function seconds(value: unknown): number {
  const text = typeof value === "string" ? value : "0s";
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };
  return [...text.matchAll(/([\d.]+)(h|ms|m|s)/g)].reduce(
    (sum, [, number, unit = "s"]) => sum + Number(number) * (units[unit] ?? 0),
    0,
  );
}

/** As a sentence lists them: `a, b and 3 more`. */
function listed(names: readonly string[], most = 3): string {
  const unique = [...new Set(names)];
  const shown = unique.length > most + 1 ? unique.slice(0, most) : unique;
  const rest = unique.length - shown.length;
  const all = rest > 0 ? [...shown, `${String(rest)} more`] : shown;
  const last = all.pop() ?? "";
  return all.length === 0 ? last : `${all.join(", ")} and ${last}`;
}

function list(value: unknown): readonly Inputs[] {
  return Array.isArray(value) ? value.map(bag) : [];
}

function bag(value: unknown): Inputs {
  return typeof value === "object" && value !== null ? (value as Inputs) : {};
}

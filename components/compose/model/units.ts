/** Durations and byte sizes, as Compose reads and writes them. */

const NANOSECONDS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
  w: 604_800_000_000_000n,
};

const LONGEST = 2n ** 63n - 1n;

/** Nanoseconds; undefined for an invalid duration. `1h5m30s20ms`, also days and weeks. */
export function parseDuration(text: string): bigint | undefined {
  const [, sign = "", body = ""] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  if (body === "0") return 0n;
  if (body === "" || !/^((\d+\.?\d*|\.\d+)[^\d.]+)+$/.test(body)) return undefined;
  let total = 0n;
  for (const [, number = "", unit = ""] of body.matchAll(/(\d+\.?\d*|\.\d+)([^\d.]+)/g)) {
    const size = NANOSECONDS[unit];
    if (size === undefined) return undefined;
    const [whole = "", fraction = ""] = number.split(".");
    total += BigInt(whole === "" ? 0 : whole) * size;
    if (fraction !== "")
      total += BigInt(Math.trunc(Number(fraction) * (Number(size) / 10 ** fraction.length)));
    if (total > LONGEST) return undefined;
  }
  return sign === "-" ? -total : total;
}

/** `1m30s`, `1h0m0s`, `1.5ms`: the form in which Docker and Pulumi return it, so that it never shows as a change. */
export function formatDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return "0s";
  if (nanoseconds < 0n) return `-${formatDuration(-nanoseconds)}`;
  if (nanoseconds < 1_000n) return `${String(nanoseconds)}ns`;
  if (nanoseconds < 1_000_000n) return `${decimal(nanoseconds, 3)}µs`;
  if (nanoseconds < 1_000_000_000n) return `${decimal(nanoseconds, 6)}ms`;
  const minutes = nanoseconds / 60_000_000_000n;
  const seconds = `${decimal(nanoseconds % 60_000_000_000n, 9)}s`;
  if (minutes === 0n) return seconds;
  const hours = minutes / 60n;
  return hours === 0n
    ? `${String(minutes)}m${seconds}`
    : `${String(hours)}h${String(minutes % 60n)}m${seconds}`;
}

function decimal(value: bigint, places: number): string {
  const digits = String(value).padStart(places + 1, "0");
  const fraction = digits.slice(-places).replace(/0+$/, "");
  return digits.slice(0, -places) + (fraction === "" ? "" : `.${fraction}`);
}

const POWERS: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3, t: 4, p: 5 };

/** Bytes; undefined for an invalid size. `512m`, `1.5 GiB`: the units are always powers of 1024. */
export function parseBytes(text: string): number | undefined {
  const match = /^(\d+\.?\d*|\.\d+) ?(?:(b)|([kmgtp])(?:b|ib)?)?$/i.exec(text);
  if (match === null) return undefined;
  const [, number = "", , unit] = match;
  const factor = unit === undefined ? 1 : 1024 ** (POWERS[unit.toLowerCase()] ?? 0);
  return Math.trunc(Number(number) * factor);
}

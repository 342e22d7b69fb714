/** A size as people read it, in units of a thousand: `12.3 MB`. */
export function byteText(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const number = bytes / 1000 ** power;
  return `${power === 0 ? String(number) : number.toFixed(1)} ${units[power] ?? ""}`;
}

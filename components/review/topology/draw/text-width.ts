/** The width of a text without a font, from the widths of Inter, which are similar to other screen fonts. */

/** Hundredths of the font size, for the characters from blank to tilde; semibold, which is wider. */
const widths =
  "25 32 52 64 65 100 66 33 37 37 54 67 32 47 32 38 66 42 62 64 67 61 64 58 64 64 32 33 67 67 67 54 100 73 66 74 72 61 59 75 75 28 58 70 57 92 76 77 65 77 65 65 66 74 73 102 72 71 65 37 38 37 48 47 35 57 62 58 62 59 39 63 61 26 26 57 26 90 61 61 62 62 40 55 35 61 59 84 57 59 57 45 36 45 67"
    .split(" ")
    .map(Number);

const OTHER = 100;

export function textWidth(text: string, size: number): number {
  const hundredths = [...text].reduce(
    (sum, sign) => sum + (widths[(sign.codePointAt(0) ?? 0) - 32] ?? OTHER),
    0,
  );
  return (hundredths * size) / 100;
}

/** The text, truncated in the middle if needed. The end is kept, because it distinguishes images and replicas. */
export function fitted(text: string, size: number, room: number): string {
  if (textWidth(text, size) <= room) return text;
  const signs = [...text];
  for (let left = signs.length - 1; left > 2; left--) {
    const tail = Math.floor(left / 2);
    const shorter = `${signs.slice(0, left - tail).join("")}…${signs.slice(signs.length - tail).join("")}`;
    if (textWidth(shorter, size) <= room) return shorter;
  }
  return "…";
}

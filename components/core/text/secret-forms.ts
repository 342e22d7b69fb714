/** The forms in which a program can print a secret: the whole text, a line, a field, decoded, encoded. */

/** Shorter text occurs everywhere: masking it would hide the message, not a secret. */
const SHORTEST = 4;

/** Every text that reveals the secret, or a relevant part of it. */
export function formsOf(secret: string): string[] {
  const texts = [secret, ...decodedForms(secret)];
  const units = texts.flatMap((text) => [text, text.trim(), ...valuesIn(text)]);
  const plain = [...units, ...texts.flatMap(linesOf)].map((text) => text.trim());
  return [...new Set([...plain, ...units.flatMap(encodedForms)])].filter((form) => form.length >= SHORTEST);
}

/** A log adds a prefix to every line, so it never contains a multi-line value as a whole. */
function linesOf(text: string): string[] {
  return text.split(/[\r\n]+/);
}

/** The decoded value, which the program gets with `contentBase64`. */
function decodedForms(secret: string): string[] {
  const compact = secret.replace(/\s+/g, "");
  const bytes = /^[A-Za-z0-9+/_-]{8,}={0,2}$/.test(compact) ? Buffer.from(compact, "base64").toString() : "";
  return [...(isPrintable(bytes) ? [bytes] : []), ...percentDecoded(secret)];
}

function isPrintable(text: string): boolean {
  return text !== "" && !/[\ufffd\u0000-\u0008\u000e-\u001f\u007f]/.test(text);
}

function percentDecoded(text: string): string[] {
  if (!/%[0-9a-f]{2}/i.test(text)) return [];
  try {
    return [decodeURIComponent(text)];
  } catch {
    return [];
  }
}

/**
 * A password in a URL, and the values of fields with a name such as `password`, in an env file, YAML, JSON or a
 * connection string.
 */
function valuesIn(text: string): string[] {
  const addresses = [...text.matchAll(/:\/\/[^\s:/@]{0,256}:([^\s/@]{1,1024})@/g)].flatMap(
    ([, password = ""]) => [password, ...percentDecoded(password)],
  );
  const fields = [...text.matchAll(FIELD)].flatMap(([, quoted, single, bare]) => [
    ...(quoted === undefined ? [] : [quoted, unescaped(quoted)]),
    single ?? bare ?? "",
  ]);
  return [...addresses, ...fields];
}

/** Every repetition is bounded, because a secret can be a large file. */
const FIELD =
  /(?:pass|pwd|secret|token|key|credential|auth)[\w.-]{0,40}["']?\s{0,4}[:=]\s{0,4}(?:"((?:[^"\\]|\\.){1,4096})"|'([^']{1,4096})'|([^\s"',;&]{1,4096}))/gi;

function unescaped(quoted: string): string {
  try {
    return String(JSON.parse(`"${quoted}"`));
  } catch {
    return quoted;
  }
}

function encodedForms(text: string): string[] {
  if (text.length < SHORTEST) return [];
  const bytes = Buffer.from(text);
  // Only valid UTF-8 can be percent-encoded.
  const percents = encodeURIComponent(bytes.toString());
  return [
    JSON.stringify(text).slice(1, -1),
    percents,
    percents.replaceAll("%20", "+"),
    ...base64Forms(bytes).flatMap((form) => [form, form.replaceAll("+", "-").replaceAll("/", "_")]),
    ...(bytes.length >= HEX ? [bytes.toString("hex")] : []),
  ];
}

/** The minimum number of bytes whose encoding is unlikely to occur by accident. */
const HEX = 6;
/** The line lengths of `base64` and PEM. */
const COLUMNS = [76, 64];

/** Base64 of the text, also with line breaks, and as a part of a longer text such as `user:password`. */
function base64Forms(bytes: Buffer): string[] {
  const alone = bytes.toString("base64");
  const wrapped = COLUMNS.filter((width) => alone.length > width).flatMap(
    (width) => alone.match(new RegExp(`.{1,${String(width)}}`, "g")) ?? [],
  );
  const within = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    // The digits at both ends also encode bits of the adjacent text.
    const first = [0, 2, 3][before] as number;
    const last = [0, 3, 2][(before + bytes.length) % 3] as number;
    return text.slice(first, text.length - last);
  });
  return [alone, ...wrapped, ...within.filter((form) => form.length >= 8)];
}

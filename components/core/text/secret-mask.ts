/** Masks secrets in errors, because a program can print the secrets that it was given. */

import { formsOf } from "./secret-forms";

const MASK = "[secret]";

/** The minimum length of a truncated secret that is masked. */
const CUT = 8;

type Span = readonly [from: number, to: number];

/**
 * Masks secrets in the raw output of a program, before it is indented, prefixed or truncated: afterwards, multi-line values
 * would not be found.
 */
export function secretMask(secrets: readonly string[]): (raw: string) => string {
  const forms = [...new Set(secrets.flatMap(formsOf))];
  return (raw) => {
    const spans = forms.flatMap((form) => [...within(raw, form), ...atEdges(raw, form)]);
    let shown = "";
    let done = 0;
    for (const [from, to] of joined(spans)) {
      shown += `${raw.slice(done, from)}${MASK}`;
      done = to;
    }
    return shown + raw.slice(done);
  };
}

function within(raw: string, form: string): Span[] {
  const spans: Span[] = [];
  for (let at = raw.indexOf(form); at >= 0; at = raw.indexOf(form, at + form.length))
    spans.push([at, at + form.length]);
  return spans;
}

/** The Engine truncates the output of a probe after 4096 bytes and a log at its start: a secret can be truncated there. */
function atEdges(raw: string, form: string): Span[] {
  const end = raw.replace(/(?:\.\.\.)?\s*$/, "").length;
  const begin = raw.length - raw.trimStart().length;
  const longest = Math.min(form.length - 1, end - begin);
  const spans: Span[] = [];
  for (let size = longest; size >= CUT; size -= 1) {
    if (form[size - 1] === raw[end - 1] && raw.startsWith(form.slice(0, size), end - size)) {
      spans.push([end - size, end]);
      break;
    }
  }
  for (let size = longest; size >= CUT; size -= 1) {
    if (form[form.length - size] === raw[begin] && raw.startsWith(form.slice(form.length - size), begin)) {
      spans.push([begin, begin + size]);
      break;
    }
  }
  return spans;
}

/** Merges overlapping and adjacent ranges. */
function joined(spans: readonly Span[]): Span[] {
  const all: [number, number][] = [];
  for (const [from, to] of [...spans].sort(([a], [b]) => a - b)) {
    const last = all.at(-1);
    if (last === undefined || from > last[1]) all.push([from, to]);
    else last[1] = Math.max(last[1], to);
  }
  return all;
}

/** The text format for a terminal. */

import { visibly } from "../../core/text/visible";
import type { ComponentReview, Review } from "../classify";
import { type ImpactKind, impactWord, reasonText } from "../impact";
import type { FieldChange } from "../step";
import { verdict } from "../verdict";
import { isMasked, needsAttention, shortValue, stayText } from "./rows";

const WIDTH = 100;

export function text(given: Review, colours: boolean): string {
  const review = visibly(given);
  const paint = colours ? painted : (given: string): string => given;
  const worst = review.components[0]?.impacts[0]?.kind;
  const notes = review.notes.map(({ severity, text: said }) =>
    wrap(`${severity}: ${said}`, "", "  ").join("\n"),
  );
  return [
    paint(verdict(review), worst === undefined ? "bold" : colourOf(worst)),
    "",
    ...review.components.flatMap((component) => [...block(component, paint), ""]),
    ...(notes.length > 0 ? [...notes, ""] : []),
    ...[stayText(review), review.blind ?? ""].filter((line) => line !== ""),
    "",
  ].join("\n");
}

type Paint = (given: string, colour: Colour) => string;

function block({ title, impacts, parts: changed, source, name }: ComponentReview, paint: Paint): string[] {
  const place = source === undefined ? "" : `  ${paint(`${source.file}:${String(source.line)}`, "dim")}`;
  const several = changed.length > 1;
  return [
    `${paint(title, "bold")}${place}`,
    ...impacts.flatMap((impact) => {
      const parts = impact.on.every((each) => each === name) ? "" : impact.on.join(", ");
      const why = [parts, reasonText(impact)].filter((part) => part !== "").join(": ");
      const word = paint(impactWord(impact), colourOf(impact.kind));
      const [first = "", ...rest] = wrap(why, " ".repeat(impactWord(impact).length + 4), "      ");
      return [`  ${word}  ${first.trimStart()}`.trimEnd(), ...rest];
    }),
    ...changed.flatMap((part) => [
      ...(several && part.changes.length > 0 ? [`      ${paint(`${part.title}:`, "dim")}`] : []),
      ...part.changes.map((change) => `      ${several ? "  " : ""}${changeText(change, paint)}`),
    ]),
  ];
}

function changeText(change: FieldChange, paint: Paint): string {
  const { path, before, after } = change;
  if (isMasked(change)) return `${path}: secret changed`;
  if (before === undefined && after === undefined) return path;
  const old = before === undefined ? paint("nothing", "dim") : paint(shortValue(before), "red");
  const now = after === undefined ? paint("nothing", "dim") : paint(shortValue(after), "green");
  return `${path}: ${old} -> ${now}`;
}

function wrap(given: string, first: string, rest: string): string[] {
  const lines: string[] = [];
  let line = first;
  for (const word of given.split(/\s+/)) {
    const start = lines.length === 0 ? first : rest;
    if (line.length > start.length && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = `${rest}${word}`;
    } else line = line === start ? `${start}${word}` : `${line} ${word}`;
  }
  return [...lines, line];
}

const codes = { bold: "1", dim: "2", red: "31", green: "32", yellow: "33" } as const;

type Colour = keyof typeof codes;

function painted(given: string, colour: Colour): string {
  return given === "" ? "" : `\u001b[${codes[colour]}m${given}\u001b[0m`;
}

function colourOf(kind: ImpactKind): Colour {
  if (kind === "data-loss" || kind === "privilege" || kind === "exposure") return "red";
  if (needsAttention(kind)) return "yellow";
  return kind === "removal" ? "bold" : "green";
}

/** A comment on a pull request: the verdict, the table, and collapsed details. */

import { visibly } from "../../core/text/visible";
import type { ChangedPart, ComponentReview, Review } from "../classify";
import { impactWord, reasonText } from "../impact";
import type { FieldChange } from "../step";
import { verdict } from "../verdict";
import { isMasked, rowsOf, shortValue, stayText } from "./rows";

/** GitHub refuses a longer comment. */
export const MOST_CHARACTERS = 65_536;

/** The first line, which identifies the comment of an earlier run. */
const marker = (review: Review): string => `<!-- dockwright review ${review.project}/${review.stack} -->`;

/** @param picture - a Mermaid diagram */
export function markdown(given: Review, picture?: string): string {
  const review = visibly(given);
  const head = [marker(review), `**${text(review.stack)}: ${text(verdict(review))}**`, ""].join("\n");
  const table = tableOf(review);
  const drawing = picture === undefined ? [] : [folded("picture", fence(picture, "mermaid"))];
  const end = [stayText(review), text(review.blind ?? "")].filter((part) => part !== "").join(" ");
  const blocks = [...notesOf(review), ...drawing, ...review.components.map(detailsOf)];
  return fit(head, table, blocks, `\n${end}\n`);
}

/** If it is too long, details are removed first, then rows of the table; never the verdict. */
function fit(head: string, table: readonly string[], blocks: readonly string[], end: string): string {
  const left = (count: number, what: string): string =>
    count === 0 ? "" : `\n${String(count)} ${what} omitted here; \`dockwright review\` prints all.\n`;
  let size = head.length + end.length + 200;
  const take = (all: readonly string[]): string[] => {
    const taken: string[] = [];
    for (const each of all) {
      size += each.length + 1;
      if (size > MOST_CHARACTERS) break;
      taken.push(each);
    }
    return taken;
  };
  const rows = take(table);
  const details = rows.length < table.length ? [] : take(blocks);
  return [
    head,
    ...rows,
    left(table.length - rows.length, "rows are"),
    ...details,
    rows.length < table.length ? "" : left(blocks.length - details.length, "details are"),
    end,
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function tableOf(review: Review): string[] {
  const rows = rowsOf(review);
  if (rows.length === 0) return [];
  return [
    "| impact | what | why |",
    "| --- | --- | --- |",
    ...rows.map(({ word, what, why }) => `| ${word} | ${text(what)} | ${text(why)} |`),
  ];
}

function notesOf({ notes }: Review): string[] {
  if (notes.length === 0) return [];
  const lines = notes.map((note) => `${note.severity}: ${note.text}`).join("\n");
  const what = notes.some(({ severity }) => severity === "error") ? "errors" : "messages";
  return [folded(what, fence(lines, "text"))];
}

function detailsOf(component: ComponentReview): string {
  const { title, impacts, parts, source } = component;
  const place = source === undefined ? "" : ` <code>${text(source.file)}:${String(source.line)}</code>`;
  const words = [...new Set(impacts.map(impactWord))].join(", ");
  const reasons = impacts.map((impact) => {
    const why = [onlyParts(component, impact.on), reasonText(impact)]
      .filter((part) => part !== "")
      .join(": ");
    return `- ${impactWord(impact)}${why === "" ? "" : `: ${text(why)}`}`;
  });
  const diff = parts.flatMap(diffOf);
  const body = [...reasons, "", ...(diff.length > 0 ? [fence(diff.join("\n"), "diff")] : [])].join("\n");
  return folded(`${text(title)}: ${words}${place}`, body);
}

/** The affected parts; the component itself is not repeated. */
function onlyParts({ name }: ComponentReview, on: readonly string[]): string {
  return on.every((each) => each === name) ? "" : on.join(", ");
}

function diffOf({ title, operation, changes }: ChangedPart): string[] {
  const sign = { create: "+", delete: "-", replace: "!", update: "!", same: "#" }[operation];
  const done = { create: "create", delete: "delete", replace: "replace", update: "change", same: "keep" }[
    operation
  ];
  return [`${sign} ${done} ${title}`, ...changes.flatMap(lines)];
}

function lines(change: FieldChange): string[] {
  const { path, before, after } = change;
  if (isMasked(change)) return [`!   ${path}: secret changed`];
  return [
    ...(before === undefined ? [] : [`-   ${path}: ${shortValue(before)}`]),
    ...(after === undefined ? [] : [`+   ${path}: ${shortValue(after)}`]),
    ...(before === undefined && after === undefined ? [`!   ${path}`] : []),
  ];
}

function folded(summary: string, body: string): string {
  return `\n<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** A code fence that is longer than any fence inside. */
function fence(body: string, language: string): string {
  const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${language}\n${body}\n${ticks}`;
}

/** Text for a single line or table cell on GitHub, without mentions. */
function text(given: string): string {
  return given
    .replace(/[\\`*_|[\]#]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("@", "&#64;")
    .replace(/\s*\n\s*/g, " ");
}

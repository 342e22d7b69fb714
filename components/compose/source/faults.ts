/** The faults of a Compose project: each with its location, all in one error. */

import { showValue } from "../../core/text/message";
import { visible } from "../../core/text/visible";
import { locate, type Node, type Path, type Place } from "./node";

export interface ComposeFault {
  readonly place: Place | undefined;
  readonly path: Path;
  /** The rule, the found value and the remedy: lower case, no final period. */
  readonly text: string;
}

/** One error for all faults, each as `file:line:column: path: text`. */
export class ComposeError extends Error {
  override readonly name = "ComposeError";
  readonly faults: readonly ComposeFault[];
  constructor(found: readonly ComposeFault[]) {
    const faults = inOrder(found);
    const count = faults.length === 1 ? "1 fault" : `${String(faults.length)} faults`;
    super([`the Compose project has ${count}`, ...faults.map((fault) => formatFault(fault))].join("\n"));
    this.faults = faults;
  }
}

/** From top to bottom of each file. */
function inOrder(faults: readonly ComposeFault[]): ComposeFault[] {
  const files = [...new Set(faults.map(({ place }) => place?.file))];
  const rank = ({ place }: ComposeFault): number[] => [
    files.indexOf(place?.file),
    place?.line ?? 0,
    place?.column ?? 0,
  ];
  return [...faults].sort((one, other) => {
    const ranks = rank(other);
    return (
      rank(one)
        .map((each, index) => each - (ranks[index] ?? 0))
        .find((each) => each !== 0) ?? 0
    );
  });
}

export function formatFault({ place, path, text }: ComposeFault): string {
  const parts = [
    place === undefined ? "" : `${place.file}:${String(place.line)}:${String(place.column)}`,
    formatComposePath(path),
    text,
  ];
  return visible(`  ${parts.filter((part) => part !== "").join(": ")}`);
}

/** `services.my-web.ports[0]`: for people, not in the syntax of a program. */
export function formatComposePath(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === "number") return `[${String(step)}]`;
      const word = /^[^\s."[\]]+$/.test(step) ? step : JSON.stringify(step);
      return index === 0 ? word : `.${word}`;
    })
    .join("");
}

/** A warning. */
export interface ComposeWarning {
  readonly place: Place | undefined;
  readonly path: Path;
  readonly text: string;
}

/** Collects faults and warnings during loading. */
export class Findings {
  readonly faults: ComposeFault[] = [];
  readonly warnings: ComposeWarning[] = [];

  fault(place: Place | undefined, path: Path, text: string): void {
    // Later checks would repeat the faults of a service.
    const [section, name] = path;
    const told = this.faults.some(
      (fault) =>
        name !== undefined && fault.path[0] === section && fault.path[1] === name && this.#sealed.has(fault),
    );
    if (!told) this.faults.push({ place, path, text });
  }

  /** A fault at a path of a tree; `ofKey` if the key itself is wrong. */
  faultAt(root: Node, path: Path, text: string, ofKey = false): void {
    const { place, text: told } = faultIn(root, path, text, ofKey);
    this.fault(place, path, told);
  }

  warn(place: Place | undefined, path: Path, text: string): void {
    const known = this.warnings.some(
      (warning) => warning.text === text && formatComposePath(warning.path) === formatComposePath(path),
    );
    if (!known) this.warnings.push({ place, path, text });
  }

  /** From here on, a service or a volume with a fault is not checked any further. */
  seal(): void {
    for (const fault of this.faults) this.#sealed.add(fault);
  }

  throwIfAny(): void {
    if (this.faults.length > 0) throw new ComposeError(this.faults);
  }

  readonly #sealed = new Set<ComposeFault>();
}

/** A fault at a path of a tree, with its location. */
export function faultIn(root: Node, path: Path, text: string, ofKey = false): ComposeFault {
  const { place, node } = locate(root, path);
  const at = !ofKey && node?.kind === "scalar" && node.value !== null ? node.place : place;
  return { place: at, path, text: hideValue(text, node) };
}

/** A value as written in its file, because the value of a variable can be a secret. */
export function shown(node: Node): string {
  if (node.kind === "list") return `a list of ${String(node.items.length)}`;
  if (node.kind === "map") return "a mapping";
  const value = node.written ?? node.value;
  return showValue(value);
}

/** If the text contains a variable, the message shows the text as written, because the value can be a secret. */
function hideValue(text: string, node: Node | undefined): string {
  if (node?.kind !== "scalar" || node.written === undefined) return text;
  return text.replace(
    /, got ("(?:[^"\\]|\\.)*"|[^;]+)/,
    `, got the value of ${JSON.stringify(node.written)}`,
  );
}

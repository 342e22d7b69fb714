/** Writes values as TypeScript source, with line breaks where a line would be too long. */

/** Source code instead of a value, such as a variable. */
export class Code {
  constructor(readonly text: string) {}
}

/** An object that spreads other objects first. */
export class Spread {
  constructor(
    readonly from: readonly string[],
    readonly members: Readonly<Record<string, unknown>>,
  ) {}
}

/** A value with comments above it. */
export class Noted {
  constructor(
    readonly value: unknown,
    readonly lines: readonly string[],
  ) {}
}

const WIDTH = 100;
/** The end of a call statement: `);`. */
const AFTER = 2;

/** @param indent the indentation of the first line @param taken the length of the text before it on that line */
export function source(value: unknown, indent = 0, taken = 0): string {
  const flat = onOneLine(value);
  if (indent * 2 + taken + flat.length <= WIDTH && !flat.includes("\n")) return flat;
  const inner = "  ".repeat(indent + 1);
  const outer = "  ".repeat(indent);
  if (Array.isArray(value)) {
    const items = value.map((each) => `${above(each, inner)}${inner}${source(bare(each), indent + 1)},\n`);
    return `[\n${items.join("")}${outer}]`;
  }
  const members = membersOf(value);
  if (members === undefined) return flat;
  const lines = members.map(([key, member]) =>
    key === "..."
      ? `${inner}...${String(member)},\n`
      : `${above(member, inner)}${inner}${line(key, bare(member), indent + 1)},\n`,
  );
  return `{\n${lines.join("")}${outer}}`;
}

/**
 * A call; if it does not fit on a line, it is broken in its last argument, or between the arguments.
 *
 * @param before the length of the text before it on its line
 */
export function call(callee: string, values: readonly unknown[], indent = 0, before = 0): string {
  const [last, ...others] = [...values].reverse();
  const first = others.reverse().map(onOneLine).join(", ");
  const start = `${callee}(${first === "" ? "" : `${first}, `}`;
  const hugged = `${start}${source(last, indent, before + start.length + AFTER)})`;
  const line = hugged.split("\n")[0] ?? "";
  const fits = indent * 2 + before + line.length + (line === hugged ? AFTER - 1 : 0) <= WIDTH;
  if (fits && others.every((value) => !(value instanceof Spread))) return hugged;
  const inner = "  ".repeat(indent + 1);
  const each = values.map((value) => `${inner}${source(value, indent + 1)},\n`);
  return `${callee}(\n${each.join("")}${"  ".repeat(indent)})`;
}

/** The lines of a comment. */
export function remark(lines: readonly string[], indent = ""): string {
  return lines.map((text) => `${indent}//${text === "" ? "" : ` ${text}`}\n`).join("");
}

const above = (value: unknown, indent: string): string =>
  value instanceof Noted ? remark(value.lines, indent) : "";
const bare = (value: unknown): unknown => (value instanceof Noted ? value.value : value);

function line(key: string, value: unknown, indent: number): string {
  const name = propertyName(key);
  if (value instanceof Code && value.text === name) return name;
  return `${name}: ${source(value, indent, name.length + 2)}`;
}

function onOneLine(value: unknown): string {
  if (value instanceof Code) return value.text;
  // A value with a comment needs separate lines.
  if (value instanceof Noted) return `\n${onOneLine(value.value)}`;
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(", ")}]`;
  const members = membersOf(value);
  if (members === undefined) return JSON.stringify(value);
  if (members.length === 0) return "{}";
  const shown = members.map(([key, member]) => {
    if (key === "...") return `...${String(member)}`;
    const name = propertyName(key);
    return member instanceof Code && member.text === name ? name : `${name}: ${onOneLine(member)}`;
  });
  return `{ ${shown.join(", ")} }`;
}

function membersOf(value: unknown): [string, unknown][] | undefined {
  const [from, members] = value instanceof Spread ? [value.from, value.members] : [[], value];
  if (typeof members !== "object" || members === null || value instanceof Code) return undefined;
  return [
    ...from.map((name): [string, unknown] => ["...", name]),
    ...Object.entries(members).filter(([, member]) => member !== undefined),
  ];
}

function propertyName(key: string): string {
  // Without brackets, this key would set the prototype.
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}

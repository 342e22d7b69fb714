/** Names of variables for the objects of a program. */

const RESERVED = new Set(
  "await break case catch class config const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public pulumi return static super switch this throw true try typeof var void while with yield".split(
    " ",
  ),
);

/** Gives every object a name of its own: that of the file in camel case, with its kind where two would have the same. */
export class Variables {
  private readonly taken = new Set<string>();
  private readonly names = new Map<string, string>();

  of(kind: "image" | "network" | "volume" | "service", key: string): string {
    const id = `${kind} ${key}`;
    const known = this.names.get(id);
    if (known !== undefined) return known;
    const plain = camelCase(key);
    const long = `${plain}${kind[0]?.toUpperCase() ?? ""}${kind.slice(1)}`;
    const wanted = kind === "service" ? [plain, long] : [long];
    const numbered = Array.from({ length: 99 }, (_, index) => `${long}${String(index + 2)}`);
    const name =
      [...wanted, ...numbered].find((each) => !this.taken.has(each) && !RESERVED.has(each)) ?? long;
    this.taken.add(name);
    this.names.set(id, name);
    return name;
  }
}

function camelCase(key: string): string {
  const words = key.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const joined = words
    .map(
      (word, index) =>
        (index === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1),
    )
    .join("");
  return /^[a-z]/i.test(joined) ? joined : `the${joined}`;
}

import { refuse } from "./words";

/** The name of a new stage. */
export function stageName(name: string, stages: readonly string[]): string {
  if (!/^[a-z][a-z0-9_.-]*$/.test(name) || name === "scratch" || name === "context") {
    refuse(
      "FROM as",
      "be lower-case letters, digits and _ . -, beginning with a letter, and not a reserved word",
      name,
      'write for example "build"',
    );
  }
  if (stages.includes(name))
    refuse("FROM as", "be a new name", name, "an earlier stage has it: choose another");
  return name;
}

/** What `FROM --platform` accepts. */
export function platform(value: string): string {
  if (!/^[a-z0-9_]+(\/[a-z0-9_]+){0,2}$/.test(value))
    refuse("FROM platform", "be os/architecture", value, 'write for example "linux/arm64"');
  return value;
}

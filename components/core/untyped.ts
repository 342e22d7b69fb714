/** Untyped values in their expected types; anything else is undefined. */

export type Bag = Readonly<Record<string, unknown>>;

export function bagOf(value: unknown): Bag {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Bag) : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

export function textsOf(value: unknown): string[] {
  return listOf(value).filter((each): each is string => typeof each === "string");
}

export function mapOf(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(bagOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

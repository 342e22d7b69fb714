import { didYouMean } from "../../components/core/text/nearest";

const known = ["ports", "mounts", "memoryMiB", "environment", "healthCheck"];
test.each([
  ["port", "ports"],
  ["prots", "ports"],
  ["memoryMib", "memoryMiB"],
  ["env", "environment"],
  ["healthcheck", "healthCheck"],
])("%s is a typing error for %s", (word, meant) => {
  expect(didYouMean(word, known)).toBe(`; did you mean "${meant}"?`);
});

test.each(["zzzzzz", "volumes", "x", ""])("%j is none", (word) => {
  expect(didYouMean(word, known)).toBe("");
});

test("nothing is meant where nothing is known", () => {
  expect(didYouMean("a", [])).toBe("");
});

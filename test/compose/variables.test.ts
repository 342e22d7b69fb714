/** Variables in text, and files of variables. */

import { DotenvError, parseDotenv, parseRawVariables } from "../../components/compose/variables/dotenv";
import { substitute, TemplateError } from "../../components/compose/variables/template";

const known: Record<string, string> = { SET: "value", EMPTY: "" };
const lookup = (name: string): string | undefined => known[name];

describe("variables in text", () => {
  test.each([
    ["$SET", "value"],
    ["${SET}", "value"],
    ["<$UNSET>", "<>"],
    ["${UNSET:-x}", "x"],
    ["${EMPTY:-x}", "x"],
    ["${EMPTY-x}", ""],
    ["${SET:+x}", "x"],
    ["${EMPTY:+x}", ""],
    ["${EMPTY+x}", "x"],
    ["${SET?no}", "value"],
    ["${UNSET:-${EMPTY:-deep}}", "deep"],
    ["${UNSET:-a $SET b}-${SET}", "a value b-value"],
    ["$$SET", "$SET"],
    ["a $ b $1 c$", "a $ b $1 c$"],
    ["${UNSET:-http://x:80/?a=b}", "http://x:80/?a=b"],
    ['${UNSET:-{"a":"b"}}', '{"a":"b"}'],
  ])("%s is %j", (template, text) => {
    expect(substitute(template, lookup).text).toBe(text);
  });

  test("unset variables are reported", () => {
    expect(substitute("$A ${B} ${C:-c} ${D:-$E}", lookup).unset).toEqual(["A", "B", "E"]);
  });

  test.each([
    ["${", "malformed"],
    ["${}", "malformed"],
    ["${SET!}", "malformed"],
    ["${UNSET?}", "requires the variable UNSET"],
    ["${UNSET:?say which}", "requires the variable UNSET: say which"],
    ["${EMPTY:?}", "requires the variable EMPTY"],
    ["${UNSET:?not ${SET}}", "requires the variable UNSET: not ${SET}"],
  ])("%s is wrong", (template, why) => {
    expect(() => substitute(template, lookup)).toThrow(TemplateError);
    expect(() => substitute(template, lookup)).toThrow(why);
  });
});

describe("files of variables", () => {
  test.each([
    ["A=1", { A: "1" }],
    ["export A = 1", { A: "1" }],
    ["A: 1", { A: "1" }],
    ["A=x # comment", { A: "x" }],
    ["A=x#y", { A: "x#y" }],
    ["A='$SET'", { A: "$SET" }],
    ['A="$SET"', { A: "value" }],
    ["A=1\nB=${A}2", { A: "1", B: "12" }],
    ['A="first\nsecond"', { A: "first\nsecond" }],
    ['A="\\t\\$SET"', { A: "\t$SET" }],
    ["A='it\\'s'", { A: "it's" }],
    ["\ufeffA=1", { A: "1" }],
    ["SET\nUNSET\n", { SET: "value" }],
    ["# nothing\n\n", {}],
    ["A=\nB=", { A: "", B: "" }],
  ])("%j", (text, variables) => {
    expect(parseDotenv(text, lookup)).toEqual(variables);
  });

  test.each([
    ["A=1\nB%=2", 2, "cannot contain"],
    ["A B=1", 1, "a space"],
    ['A="never', 1, "is not closed"],
    ["\nA=${B?none}", 3, "requires the variable B: none"],
  ])("%j is wrong", (text, line, why) => {
    let error: unknown;
    try {
      parseDotenv(text, lookup);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(DotenvError);
    expect(error).toMatchObject({ line });
    expect((error as Error).message).toContain(why);
  });

  test("raw means nothing but name and value", () => {
    expect(parseRawVariables('A="$SET" # x\n  B=1 \nSET\nC', lookup)).toEqual({
      A: '"$SET" # x',
      B: "1 ",
      SET: "value",
    });
    expect(() => parseRawVariables("A B=1", lookup)).toThrow("a space");
  });
});

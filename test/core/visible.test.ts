import { failureText } from "../../components/core/text/failure-report";
import { faultText, showValue } from "../../components/core/text/message";
import { jsonText, visible, visibleLog } from "../../components/core/text/visible";

const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;
const hostile = "a\u001b[2J\u009b1A\u202eb\u2066c\rd\u0007\u200b\u2028\u{e0041}";

test("what would not be seen is written out, the rest stays", () => {
  expect(visible(hostile)).toBe(
    "a\\u001b[2J\\u009b1A\\u202eb\\u2066c\\u000dd\\u0007\\u200b\\u2028\\udb40\\udc41",
  );
  expect(visible("tab\tline\nümläut 日本 👩‍💻")).toBe("tab\tline\nümläut 日本 👩‍💻");
});

test("JSON holds exactly what was given, and nothing unseen", () => {
  const text = jsonText({ a: [hostile] });
  expect(text).not.toMatch(UNSEEN);
  expect(JSON.parse(text)).toEqual({ a: [hostile] });
});

test("the colours of a log and the line ends of a terminal are left out", () => {
  expect(visibleLog("\u001b[1;31mERROR\u001b[0m no db\r\n10%\r20%\n\u001b]0;title\u0007")).toBe(
    "ERROR no db\n10%\\u000d20%\n\\u001b]0;title\\u0007",
  );
});

test("no error shows them raw: of arguments, of a value, of a container that fails", () => {
  const failureReport = {
    image: hostile,
    status: "exited",
    exitCode: 1,
    outOfMemory: false,
    error: hostile,
    restarts: 0,
    probes: [{ exitCode: 1, output: hostile }],
    log: [hostile, "next"],
  };
  const failure = failureText({ what: 'container "web"', why: hostile, failureReport, now: "n", next: "n" });
  for (const text of [
    showValue(hostile),
    faultText("container", "web", [{ path: hostile, text: hostile }]),
    failure,
  ])
    expect(text).not.toMatch(UNSEEN);
  expect(failure).toContain("    | a\\u001b[2J");
});

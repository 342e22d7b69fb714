import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe as line, findingsOfRule, judge } from "../../components/policy/judge";
import { rules } from "../../components/policy/rules";
import { isSecretName, severities } from "../../components/policy/rule";
import { emptyStack } from "../../components/policy/subject";
import { rulesTable } from "../../components/policy/docs-table";
import { aContainer, cases } from "./support/cases";

test("each rule has a case, and each case a rule", () => {
  expect(Object.keys(cases).sort()).toEqual(rules.map(({ id }) => id).sort());
  expect(rules.length).toBeGreaterThanOrEqual(40);
});

test("docs/policy.md holds the list; npm run docs:policy writes it", () => {
  const plain = (text: string): string => text.replace(/ +/g, " ").replace(/-+/g, "-").trim();
  expect(plain(readFileSync(join(__dirname, "../../docs/policy.md"), "utf8"))).toContain(plain(rulesTable()));
});

describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  const { finds, passes } = cases[id] ?? { finds: emptyStack, passes: emptyStack };

  test("finds what it is for", () => {
    const found = findingsOfRule(rule, finds);
    expect(found.length).toBeGreaterThan(0);
    expect(found.map(line).join("\n")).toMatch(new RegExp(`\\(${id}, .+\\)$`, "m"));
  });

  test("lets pass what is right", () => {
    expect(findingsOfRule(rule, passes)).toEqual([]);
  });

  test("says what and why, in the style of every message", () => {
    expect(severities).toContain(rule.severity);
    for (const text of [rule.text, rule.remediation]) expect(text).not.toMatch(/[^.]\.$|\n|^(A|The|It) /);
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });
});

test("a Dockerfile's finding has its line", () => {
  const [found] = judge(cases["apt-update-alone"]?.finds ?? emptyStack).filter(
    ({ rule }) => rule === "apt-update-alone",
  );
  expect(found).toMatchObject({ id: "apt-update-alone:app", place: "Dockerfile:2" });
});

test("the value of a secret is never told", () => {
  const environment = [{ name: "API_KEY", value: "example-of-a-secret" }];
  const found = judge({ ...emptyStack, containers: [aContainer({ environment })] });
  expect(found[0]?.id).toBe("secret-in-environment:web");
  expect(JSON.stringify(found)).not.toContain("example-of-a-secret");
});

test("findings come worst first, and replicas count once", () => {
  const twice = [aContainer({ privileged: true }), aContainer({ privileged: true })];
  const found = judge({ ...emptyStack, containers: twice });
  expect(found[0]?.id).toBe("privileged:web");
  expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
});

test.each(["PASSWORD", "MYSQL_ROOT_PASSWORD", "github_token", "AWS_SECRET_ACCESS_KEY", "API_KEYS", "apikey"])(
  "%s is the name of a secret",
  (name) => expect(isSecretName(name)).toBe(true),
);

test.each(["PASSWORD_FILE", "TOKEN_URL", "TOKENIZER", "SECRETARY", "KEYBOARD", "SESSION_TOKEN_TTL"])(
  "%s is none",
  (name) => expect(isSecretName(name)).toBe(false),
);

/** What a report must be, whatever is in it. */

import { review } from "../../components/review/classify";
import { MOST_CHARACTERS, markdown } from "../../components/review/format/markdown";
import { json } from "../../components/review/format/json";
import { sarif } from "../../components/review/format/sarif";
import { mermaid } from "../../components/review/topology/draw/mermaid";
import { svg } from "../../components/review/topology/draw/svg";
import { text } from "../../components/review/format/text";
import { container, preview, type Resource } from "./digest";
import { reviewed } from "./reports";

const many = (count: number, size: number): Resource[] =>
  Array.from({ length: count }, (_, index) => ({
    op: "replace" as const,
    type: container,
    name: `web-${String(index)}`,
    of: `Container web-${String(index)}`,
    order: "stop-first" as const,
    before: { envs: [`A=${"x".repeat(size)}`] },
    after: {
      envs: [`A=${"y".repeat(size)}`],
      ports: [{ internal: 80, external: 1000 + index, ip: "127.0.0.1" }],
    },
  }));

describe("Markdown", () => {
  test.each([
    [40, 100],
    [400, 200],
    [4000, 10],
  ])("of %d components fits into a comment, and keeps its verdict", (count, size) => {
    const comment = markdown(review(preview(many(count, size))));
    expect(comment.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    expect(comment.split("\n")[1]).toMatch(
      /^\*\*prod: Container "web-0", container "web-1", .* have a brief outage\.\*\*$/,
    );
    // What is left out is counted.
    if (count > 40) expect(comment).toMatch(/\d+ (details|rows) are omitted here/);
    expect(comment.match(/<details>/g)?.length).toBe(comment.match(/<\/details>/g)?.length);
  });

  test("shows what a program says, and lets it neither close a block nor call anybody", () => {
    const value = "```\n</details> @everyone | <b>";
    const hostile: Resource = {
      op: "replace",
      type: container,
      name: "a|b@c<i>",
      of: "Container a|b@c<i>",
      order: "start-first",
      before: { envs: ["A=1"] },
      after: { envs: [`A=${value}`] },
    };
    const comment = markdown(review(preview([hostile])));
    expect(comment).toContain('container "a\\|b&#64;c&lt;i&gt;"');
    expect(comment).toContain("````diff\n");
    expect(comment).toContain("+   environment.A: ```\\n</details> @everyone | <b>\n````");
  });

  test("takes a picture, folded", () => {
    expect(markdown(reviewed("environment"), "flowchart LR")).toContain(
      "<details><summary>picture</summary>\n\n```mermaid\nflowchart LR\n```",
    );
  });
});

describe("a terminal", () => {
  test("gets colours where they are wanted, and none else", () => {
    const colour = /\u001b\[\d+m/;
    expect(text(reviewed("privileged"), true)).toMatch(colour);
    expect(text(reviewed("privileged"), false)).not.toMatch(colour);

    expect(text(reviewed("privileged"), true).replace(/\u001b\[\d+m/g, "")).toBe(
      text(reviewed("privileged"), false),
    );
  });
});

describe("SARIF", () => {
  interface Log {
    readonly version: string;
    readonly runs: readonly {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly locations: readonly {
          readonly physicalLocation: {
            readonly artifactLocation: { readonly uri: string };
            readonly region: { readonly startLine: number };
          };
        }[];
      }[];
    }[];
  }
  const log = (edit: string): Log => JSON.parse(sarif(reviewed(edit))) as Log;

  test("names the line where the component is declared", () => {
    const { version, runs } = log("privileged");
    const [run] = runs;
    expect(version).toBe("2.1.0");
    expect(run?.results.map(({ ruleId }) => ruleId)).toEqual(["outage", "privilege", "privilege"]);
    for (const { ruleId, ruleIndex, locations } of run?.results ?? []) {
      expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
      expect(locations[0]?.physicalLocation).toEqual({
        artifactLocation: { uri: "index.ts" },
        region: { startLine: 62 },
      });
    }
  });

  test("has no result where nothing needs attention", () => {
    expect(log("replicas-up").runs[0]?.results).toEqual([]);
  });
});

describe("control characters and marks of direction in names and values", () => {
  const hostile = "a\u001b[2J\u009b1A\u202eb\u2066c\u0007";
  const given = preview([
    {
      op: "replace",
      type: container,
      name: "web",
      of: "Container web",
      order: "stop-first",
      before: { image: `one${hostile}`, envs: [`A=${hostile}`] },
      after: {
        image: `two${hostile}`,
        envs: ["A=1"],
        volumes: [{ hostPath: `/etc/${hostile}`, containerPath: "/s" }],
      },
    },
  ]);
  const formatsOf = {
    text: () => text(review(given), false),
    markdown: () => markdown(review(given), mermaid(given.steps)),
    json: () => json(review(given)),
    sarif: () => sarif(review(given)),
    mermaid: () => mermaid(given.steps),
    svg: () => svg(given.steps),
  };

  test.each(Object.entries(formatsOf))("are not in %s as they are", (_, write) => {
    const report = write();

    expect(report).not.toMatch(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/u,
    );
    expect(report.length).toBeGreaterThan(20);
  });

  test("leave the colours of the report itself", () => {
    const painted = text(review(given), true);

    expect(painted.replace(/\u001b\[\d+m/g, "")).toBe(text(review(given), false));
  });
});

import { ESLintUtils, type TSESLint, TSESTree } from "@typescript-eslint/utils";
import { type Context, isResource, resolveConstant } from "./resource";

const { AST_NODE_TYPES: T } = TSESTree;

/**
 * A child's name is part of its URN. A literal one collides as soon as a program has two such components, and one made
 * from an index moves to another child when the list changes.
 */
export const childNameFromName: TSESLint.RuleModule<"literal" | "index"> = {
  meta: {
    type: "problem",
    docs: { description: "require the names of children to be made from the component's name" },
    messages: {
      literal: "the name of a child must be made from the component's `name`, for example `${name}-data`",
      index:
        "the name of a child must not be made from an index; use a key of the user's, for example its name or path",
    },
    schema: [],
  },
  create(context) {
    const services = ESLintUtils.getParserServices(context);
    return {
      NewExpression(node) {
        const first = node.arguments[0];
        if (first === undefined || !isResource(services, node)) return;
        const words = identifiers(context, first);
        if (!words.some((word) => /name$/i.test(word))) context.report({ node: first, messageId: "literal" });
        if (words.some((word) => /^(i|j|idx|index)$/.test(word)))
          context.report({ node: first, messageId: "index" });
      },
    };
  },
};

/** Every identifier that takes part in an expression, seen through the constants of the file. */
function identifiers(context: Context, node: TSESTree.Node): string[] {
  if (node.type === T.Identifier) {
    const value = resolveConstant(context, node);
    return value === node ? [node.name] : identifiers(context, value);
  }
  return (context.sourceCode.visitorKeys[node.type] ?? []).flatMap((key) => {
    const child = node[key as keyof TSESTree.Node] as unknown;
    return (Array.isArray(child) ? child : [child])
      .filter((each): each is TSESTree.Node => typeof each === "object" && each !== null)
      .flatMap((each) => identifiers(context, each));
  });
}

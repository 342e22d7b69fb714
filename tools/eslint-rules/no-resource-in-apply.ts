import { ESLintUtils, type TSESLint, TSESTree } from "@typescript-eslint/utils";
import { isResource } from "./resource";

/** A resource made inside `apply` is missing from a preview in which the output is not known yet. */
export const noResourceInApply: TSESLint.RuleModule<"inApply"> = {
  meta: {
    type: "problem",
    docs: { description: "forbid constructing resources inside `apply`" },
    messages: {
      inApply:
        "a resource made inside `apply` is missing from previews; construct it outside and pass the output as an input",
    },
    schema: [],
  },
  create(context) {
    const services = ESLintUtils.getParserServices(context);
    return {
      NewExpression(node) {
        if (isInsideApply(node) && isResource(services, node)) context.report({ node, messageId: "inApply" });
      },
    };
  },
};

function isInsideApply(node: TSESTree.Node): boolean {
  if (node.type === TSESTree.AST_NODE_TYPES.Program) return false;
  return isCallbackOfApply(node, node.parent) || isInsideApply(node.parent);
}

function isCallbackOfApply(node: TSESTree.Node, parent: TSESTree.Node): boolean {
  return (
    parent.type === TSESTree.AST_NODE_TYPES.CallExpression &&
    parent.arguments.some((argument) => argument === node) &&
    parent.callee.type === TSESTree.AST_NODE_TYPES.MemberExpression &&
    parent.callee.property.type === TSESTree.AST_NODE_TYPES.Identifier &&
    parent.callee.property.name === "apply"
  );
}

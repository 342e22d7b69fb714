import { type TSESLint, TSESTree } from "@typescript-eslint/utils";

const { AST_NODE_TYPES: T } = TSESTree;

/** Until `registerOutputs` is called, the engine shows a component as unfinished and knows none of its outputs. */
export const registerOutputsLast: TSESLint.RuleModule<"missing"> = {
  meta: {
    type: "problem",
    docs: {
      description: "require `this.registerOutputs(...)` as the last statement of a component's constructor",
    },
    messages: {
      missing: "the constructor of a component must end with `this.registerOutputs({ ... })`",
    },
    schema: [],
  },
  create(context) {
    return {
      ClassBody(body) {
        if (!extendsComponentResource(body.parent)) return;
        const constructor = body.body.find(isConstructorWithBody);
        const last = constructor?.value.body.body.at(-1);
        if (!isRegisterOutputs(last))
          context.report({ node: last ?? constructor ?? body.parent, messageId: "missing" });
      },
    };
  },
};

interface ConstructorWithBody extends TSESTree.MethodDefinitionNonComputedName {
  value: TSESTree.FunctionExpression;
}

function isConstructorWithBody(element: TSESTree.ClassElement): element is ConstructorWithBody {
  return (
    element.type === T.MethodDefinition &&
    element.kind === "constructor" &&
    element.value.type === T.FunctionExpression
  );
}

function extendsComponentResource({
  superClass,
}: TSESTree.ClassDeclaration | TSESTree.ClassExpression): boolean {
  if (superClass?.type === T.Identifier) return superClass.name === "ComponentResource";
  return (
    superClass?.type === T.MemberExpression &&
    superClass.property.type === T.Identifier &&
    superClass.property.name === "ComponentResource"
  );
}

function isRegisterOutputs(statement: TSESTree.Statement | undefined): boolean {
  return (
    statement?.type === T.ExpressionStatement &&
    statement.expression.type === T.CallExpression &&
    statement.expression.callee.type === T.MemberExpression &&
    statement.expression.callee.object.type === T.ThisExpression &&
    statement.expression.callee.property.type === T.Identifier &&
    statement.expression.callee.property.name === "registerOutputs"
  );
}

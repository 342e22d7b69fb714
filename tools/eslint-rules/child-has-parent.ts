import {
  ESLintUtils,
  type ParserServicesWithTypeInformation,
  type TSESLint,
  TSESTree,
} from "@typescript-eslint/utils";
import { type Context, isResource, resolveConstant } from "./resource";

const { AST_NODE_TYPES: T } = TSESTree;

/** A child without a parent is outside the component: its URN, providers, aliases and place in the preview. */
export const childHasParent: TSESLint.RuleModule<"noParent"> = {
  meta: {
    type: "problem",
    docs: { description: "require `parent` in the options of every resource" },
    messages: {
      noParent:
        "the last argument must carry a parent: `{ parent: this }`, a constant made of it, or a call such as `childOptions(this)` whose name ends in Options",
    },
    schema: [],
  },
  create(context) {
    const services = ESLintUtils.getParserServices(context);
    return {
      NewExpression(node) {
        if (!isResource(services, node)) return;
        const last = node.arguments.at(-1);
        if (last === undefined || node.arguments.length < 2 || !carriesParent(context, services, last)) {
          context.report({ node, messageId: "noParent" });
        }
      },
    };
  },
};

function carriesParent(
  context: Context,
  services: ParserServicesWithTypeInformation,
  node: TSESTree.Node,
): boolean {
  const value = resolveConstant(context, node);
  const again = (each: TSESTree.Node): boolean => carriesParent(context, services, each);
  switch (value.type) {
    case T.ObjectExpression:
      return value.properties.some((each) =>
        each.type === T.SpreadElement ? again(each.argument) : isParentProperty(each),
      );
    case T.ConditionalExpression:
      return again(value.consequent) && again(value.alternate);
    case T.CallExpression:
      if (!/options$/i.test(calledName(value.callee))) return promisesParent(services, value);
      return (
        isMemberOfThis(value.callee) ||
        value.arguments.some((each) => each.type === T.ThisExpression || again(each))
      );
    default:
      return promisesParent(services, value);
  }
}

function isParentProperty(property: TSESTree.Property): boolean {
  if (property.computed || property.key.type !== T.Identifier || property.key.name !== "parent") return false;
  return !(property.value.type === T.Identifier && property.value.name === "undefined");
}

/** Where the syntax does not tell, the type does: a `parent` that is neither optional nor possibly undefined. */
function promisesParent(services: ParserServicesWithTypeInformation, node: TSESTree.Node): boolean {
  const checker = services.program.getTypeChecker();
  const type = services.getTypeAtLocation(node);
  const parent = type.getProperty("parent");
  if (parent === undefined) return false;
  const parentType = checker.getTypeOfSymbolAtLocation(parent, services.esTreeNodeToTSNodeMap.get(node));
  return checker.getNonNullableType(parentType) === parentType && parentType.getProperties().length > 0;
}

function calledName(callee: TSESTree.Node): string {
  if (callee.type === T.Identifier) return callee.name;
  if (callee.type === T.MemberExpression && callee.property.type === T.Identifier)
    return callee.property.name;
  return "";
}

function isMemberOfThis(callee: TSESTree.Node): boolean {
  return callee.type === T.MemberExpression && callee.object.type === T.ThisExpression;
}

import {
  ASTUtils,
  type ParserServicesWithTypeInformation,
  type TSESLint,
  TSESTree,
} from "@typescript-eslint/utils";
import type ts from "typescript";

export type Context = TSESLint.RuleContext<string, readonly unknown[]>;

/** True for `new X(...)` where X derives from `pulumi.Resource`, whatever package or file X comes from. */
export function isResource(
  services: ParserServicesWithTypeInformation,
  node: TSESTree.NewExpression,
): boolean {
  return derivesFromResource(services.program.getTypeChecker(), services.getTypeAtLocation(node));
}

function derivesFromResource(checker: ts.TypeChecker, type: ts.Type): boolean {
  const symbol = type.getSymbol();
  if (symbol === undefined || !type.isClassOrInterface()) {
    const target = (type as Partial<ts.TypeReference>).target;
    return target !== undefined && target !== type && derivesFromResource(checker, target);
  }
  if (symbol.name === "Resource" && symbol.declarations?.some(isPulumiFile) === true) return true;
  return checker.getBaseTypes(type).some((base) => derivesFromResource(checker, base));
}

function isPulumiFile(declaration: ts.Declaration): boolean {
  return declaration.getSourceFile().fileName.includes("/@pulumi/pulumi/");
}

/** The expression itself, or what it was initialised with when it is a constant of this file. */
export function resolveConstant(context: Context, node: TSESTree.Node): TSESTree.Node {
  if (node.type === TSESTree.AST_NODE_TYPES.TSAsExpression) return resolveConstant(context, node.expression);
  if (node.type === TSESTree.AST_NODE_TYPES.TSSatisfiesExpression)
    return resolveConstant(context, node.expression);
  if (node.type !== TSESTree.AST_NODE_TYPES.Identifier) return node;
  const declaration = ASTUtils.findVariable(context.sourceCode.getScope(node), node)?.defs[0]?.node;
  if (declaration?.type !== TSESTree.AST_NODE_TYPES.VariableDeclarator || declaration.init === null)
    return node;
  const isConstant =
    declaration.parent.kind === "const" && declaration.id.type === TSESTree.AST_NODE_TYPES.Identifier;
  return isConstant ? resolveConstant(context, declaration.init) : node;
}

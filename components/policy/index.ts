/** The public API of `dockwright/policy`: rules, waivers, and policies for a Pulumi policy pack. */

export { policies, type PolicyOptions } from "./pack";
export type { ResourcePolicy, StackPolicy, StackResource, ValidatedResource } from "./policy";
export type { Finding, JudgeOptions } from "./judge";
export type { Severity } from "./rule";
export type { Waiver } from "./waiver";

/** The public API of `dockwright/testing`: records what a program registers, without an engine, a host or a network. */

export { run, type Run, type RunOptions } from "./run";
export type { Registered, RegisteredOptions } from "./registered";
export { UNKNOWN, valueOf } from "./protocol";
export { expectNoFindings, findingsOf, type FindingOptions } from "./policy";

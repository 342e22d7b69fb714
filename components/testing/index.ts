/** For tests of programs that are made of dockwright: what they register, without an engine, a host or a network. */

export { run, type Run, type RunOptions } from "./run";
export type { Registered, RegisteredOptions } from "./registered";
export { UNKNOWN, valueOf } from "./protocol";
export { expectNoFindings, findingsOf, type FindingOptions } from "./policy";

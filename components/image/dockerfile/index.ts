/** Dockerfiles: the typed builder, and the reader for the facts that components need. */

export { baseImages } from "./base-images";
export { Dockerfile, type StageOptions } from "./dockerfile";
export type { Command, CopyOptions, HealthCheckOptions, RunMount, RunOptions } from "./options";
export { declaredHealthCheck, declaredVolumes } from "./read";
export type { Expanded } from "./words";

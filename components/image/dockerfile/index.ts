/** Dockerfiles: written by a typed builder, and read as far as components need to know them. */

export { baseImages } from "./base-images";
export { Dockerfile, type StageOptions } from "./dockerfile";
export type { Command, CopyOptions, HealthCheckOptions, Origin, RunMount, RunOptions } from "./options";
export { declaredHealthCheck, declaredVolumes } from "./read";
export { expand, type Expanded, type Word } from "./words";

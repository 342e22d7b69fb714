/** Dockerfiles: written by a typed builder, and read as far as components need to know them. */

export { baseImages } from "./dockerfile/base-images";
export { Dockerfile, type StageOptions } from "./dockerfile/dockerfile";
export type {
  Command,
  CopyOptions,
  HealthCheckOptions,
  Origin,
  RunMount,
  RunOptions,
} from "./dockerfile/options";
export { declaredHealthCheck, declaredVolumes } from "./dockerfile/read";
export { expand, type Expanded, type Word } from "./dockerfile/words";

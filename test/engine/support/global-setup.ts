import { execFileSync } from "node:child_process";

/** Fails at once, with the remedy, where a real Docker Engine, a real Pulumi or the base image is missing. */
export default function setup(): void {
  for (const [program, args] of [
    ["docker", ["image", "inspect", "debian:bookworm-slim"]],
    ["pulumi", ["version"]],
  ] as const) {
    try {
      execFileSync(program, args, { stdio: "ignore" });
    } catch {
      throw new Error(
        `the engine tests need "${program} ${args.join(" ")}" to work; run "make test", which sets everything up`,
      );
    }
  }
}

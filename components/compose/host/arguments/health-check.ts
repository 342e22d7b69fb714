import type { HealthCheck } from "../../../container/health/health-check";
import type { Service } from "../../model/model";
import type { Finding } from "../finding";
import { secondsOf } from "./quantities";

/** With Docker's defaults, which are slower than those of dockwright. */
export function healthCheckArg(
  { healthcheck: check }: Service,
  fault: Finding,
): { healthCheck?: HealthCheck | "none" } {
  // `disable: false` alone changes nothing.
  if (check === undefined || Object.keys(check).length === 0) return {};
  const [kind, ...words] = check.test ?? [];
  if (check.disable === true || kind === "NONE") return { healthCheck: "none" };
  if (kind === undefined) {
    fault(["healthcheck", "test"], "is required: the image's own check cannot be changed in part");
    return {};
  }
  const command = kind === "CMD-SHELL" ? words.join(" ") : kind === "CMD" ? words : [kind, ...words];
  const seconds = (given: string | undefined, usual: number): number =>
    given === undefined ? usual : secondsOf(given) || usual;
  return {
    healthCheck: {
      command,
      intervalSeconds: seconds(check.interval, 30),
      timeoutSeconds: seconds(check.timeout, 30),
      retries: check.retries ?? 3,
      startPeriodSeconds: check.start_period === undefined ? 0 : secondsOf(check.start_period),
    },
  };
}

import type { RestartPolicy } from "../../../container/restart";
import type { Service } from "../../model/model";
import type { Finding } from "../finding";

/** `restart`, otherwise the policy in `deploy`; the default of Compose is no restart. */
export function restartArg({ restart, deploy }: Service, fault: Finding): RestartPolicy {
  const policy = deploy?.restart_policy;
  if (restart === undefined && policy !== undefined) {
    if (policy.condition === "none") return "no";
    if (policy.condition === "on-failure") return onFailure(policy.max_attempts);
    return "always";
  }
  const [word = "no", tries] = (restart ?? "no").split(":");
  if (word === "on-failure") return onFailure(tries === undefined ? undefined : Number(tries));
  if (word === "no" || word === "always" || word === "unless-stopped") return word;
  fault(
    ["restart"],
    `must be "no", "always", "unless-stopped" or "on-failure", got ${JSON.stringify(restart)}`,
  );
  return "no";
}

/** Whether the file says that it is not restarted: Compose then accepts that it ends. Without a word on it, an end is a failure here. */
export function mayComplete({ restart, deploy }: Service): boolean {
  const condition = restart === undefined ? deploy?.restart_policy?.condition : restart.split(":")[0];
  return ["no", "none", "on-failure"].includes(condition ?? "");
}

const onFailure = (tries = 0): RestartPolicy => (tries > 0 ? { onFailure: tries } : "on-failure");

import * as pulumi from "@pulumi/pulumi";

/** What Pulumi's state has of a resource, by its URN. */
export interface Recorded {
  readonly type: string;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/**
 * The state as it is, asked for by the way that stack references take. Costs time that grows with the state: only where something
 * on the host is odd. Only for a stack that has been up: of an empty one the engine cannot be asked.
 */
export async function recordedState(): Promise<ReadonlyMap<string, Recorded>> {
  const name = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
  const { outputs } = (await pulumi.runtime.invoke("pulumi:pulumi:readStackResourceOutputs", {
    stackName: name,
  })) as {
    readonly outputs: Readonly<Record<string, Recorded>>;
  };
  return new Map(Object.entries(outputs));
}

/** Simulates the Docker provider: it returns the inputs, plus the values that Docker sets, once they are known. */

import type { MockResourceArgs, MockResourceResult } from "@pulumi/pulumi/runtime";

import { dockerTypes } from "../provider/tokens";

type Inputs = Readonly<Record<string, unknown>>;

const digestOf = (name: string): string => `sha256:${name}`;

/** In a preview, values that Docker sets are unknown, including ids. */
export function answerOf({ type, name, inputs }: MockResourceArgs, preview: boolean): MockResourceResult {
  const given = inputs as Inputs;
  if (preview) return { id: undefined, state: { ...given } };
  return { id: `${name}-id`, state: { ...given, ...decided(type, name, given) } };
}

function decided(type: string, name: string, inputs: Inputs): Inputs {
  switch (type) {
    case dockerTypes.container:
      return {
        ports: ((inputs.ports ?? []) as Inputs[]).map((port) => ({ external: 32768, ...port })),
        networkDatas: ((inputs.networksAdvanced ?? []) as Inputs[]).map((network, index) => ({
          networkName: network.name,
          ipAddress: `172.20.0.${String(index + 2)}`,
        })),
      };
    case dockerTypes.image:
      return { imageId: digestOf(name), repoDigest: `${String(inputs.name)}@${digestOf(name)}` };
    case dockerTypes.registryImage:
      return { sha256Digest: digestOf(name) };
    default:
      return {};
  }
}

/** Checks on the local Engine whether objects of a state exist. */

import { connect } from "../../engine/connect";
import { isMissing } from "../../engine/errors";
import type { Presence } from "./interrupted";
import type { Recorded } from "./state";

type Docker = ReturnType<typeof connect>;

type Ask = (engine: Docker, resource: Recorded & { readonly id: string }) => Promise<boolean>;

const inspected =
  (of: (engine: Docker, id: string) => { inspect(): Promise<unknown> }): Ask =>
  async (engine, { id }) => {
    await of(engine, id).inspect();
    return true;
  };

/** By resource type of the provider. */
const kinds: Readonly<Record<string, Ask>> = {
  "docker:index/container:Container": inspected((engine, id) => engine.getContainer(id)),
  "docker:index/network:Network": inspected((engine, id) => engine.getNetwork(id)),
  "docker:index/volume:Volume": inspected((engine, id) => engine.getVolume(id)),
  "docker:index/service:Service": inspected((engine, id) => engine.getService(id)),
  "docker:index/secret:Secret": inspected((engine, id) => engine.getSecret(id)),
  "docker:index/serviceConfig:ServiceConfig": inspected((engine, id) => engine.getConfig(id)),
  /** Its id is the image id followed by the recorded name. */
  "docker:index/remoteImage:RemoteImage": async (engine, { id, inputs }) => {
    const name = inputs?.["name"];
    if (typeof name !== "string") throw new Error("an image without a name");
    const { Id } = await engine.getImage(name).inspect();
    return id.startsWith(Id);
  },
};

export function presence(engine: Docker = connect()): Presence {
  return async (resource) => {
    const { type, id } = resource;
    const ask = kinds[type];
    if (ask === undefined || id === undefined || id === "") return undefined;
    try {
      return await ask(engine, { ...resource, id });
    } catch (error) {
      // Every other answer, or none, leaves it unknown.
      return isMissing(error) ? false : undefined;
    }
  };
}

/** The form of the tables of refused programs, and the programs around one bad piece. */

import { BridgeNetwork, Container, Image, Registry, RegistryPush, Volume } from "../../../components";

/** What is wrong, a program that does it, and every line of the error. */
export type Refusal = readonly [why: string, program: () => unknown, says: readonly string[]];

/** Arguments that the types would not let through, as a JavaScript program or a cast gives them. */
type Wrong = Readonly<Record<string, unknown>>;

export const image = (name = "app"): Image => new Image(name, { reference: "nginx:1.27" });

/** A container `web` that is right but for these arguments. */
export const web = (args: Wrong) => () => new Container("web", { image: image(), ...args });

/** Two containers, `first` and `second`, in one program. */
export const two = (first: Wrong, second: Wrong) => () => {
  const shared = { image: image() };
  return [new Container("first", { ...shared, ...first }), new Container("second", { ...shared, ...second })];
};

export const volume = (args: unknown) => () => new Volume("data", args as never);

export const network = (args: unknown) => () => new BridgeNetwork("net", args as never);

export const picture = (args: unknown) => () => new Image("app", args as never);

export const registry = (args: unknown) => () => new Registry("team", args as never);

/** A push that is right but for these arguments. */
export const push = (args: Wrong) => () =>
  new RegistryPush("app", {
    image: image(),
    registry: new Registry("team", { address: "127.0.0.1:5000", username: "user", password: "password" }),
    repository: "team/app",
    ...args,
  });

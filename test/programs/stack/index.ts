import { SwarmStack } from "dockwright";

const shop = new SwarmStack("shop", { files: "compose.yaml" });

export const web = shop.services["web"]?.serviceName;

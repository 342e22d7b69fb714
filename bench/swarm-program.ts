/** The measured stack with dockwright: the services of the Compose file that lies beside it. */

import { SwarmStack } from "../components";

new SwarmStack("bench", { files: "compose.json", projectName: "bench" });

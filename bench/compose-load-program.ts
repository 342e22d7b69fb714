/** Loads the Compose file that is named some times, and prints how long each took, in milliseconds: the first one is cold. */

import { readIfThere } from "../components/compose/disk";
import { loadCompose } from "../components/compose/load";

const ROUNDS = 8;

const [file = ""] = process.argv.slice(2);
const times = Array.from({ length: ROUNDS }, () => {
  const start = performance.now();
  loadCompose({ files: [file], environment: {}, workingDirectory: process.cwd(), read: readIfThere });
  return performance.now() - start;
});
console.log(JSON.stringify(times));

/** Limits that Docker cannot keep. */

import { type Refusal, web } from "./refusal";

export const limitRefusals: readonly Refusal[] = [
  [
    "swap without a limit of memory",
    web({ memorySwapMiB: 64 }),
    ['container "web" has 1 invalid argument', "  memorySwapMiB: requires memoryMiB, which it includes"],
  ],
  [
    "less memory and swap than memory, and more kept for it than it may have",
    web({ memoryMiB: 64, memorySwapMiB: 32, memoryReservationMiB: 128 }),
    [
      'container "web" has 2 invalid arguments',
      "  memorySwapMiB: must be at least memoryMiB (64), got 32; it is memory and swap together",
      "  memoryReservationMiB: must be at most memoryMiB (64), got 128",
    ],
  ],
  [
    "a number as text",
    web({ memoryMiB: "64" }),
    [
      'container "web" has 1 invalid argument',
      '  memoryMiB: must be a whole number from 6 to 16777216 MiB, got "64"; write 64 without quotes',
    ],
  ],
  [
    "less memory than Docker accepts",
    web({ memoryMiB: 4 }),
    [
      'container "web" has 1 invalid argument',
      "  memoryMiB: must be a whole number from 6 to 16777216 MiB, got 4",
    ],
  ],
  [
    "a number of bytes",
    web({ memoryMiB: 536_870_912 }),
    [
      'container "web" has 1 invalid argument',
      "  memoryMiB: must be a whole number from 6 to 16777216 MiB, got 536870912",
    ],
  ],
  [
    "not a number",
    web({ memoryMiB: NaN }),
    [
      'container "web" has 1 invalid argument',
      "  memoryMiB: must be a whole number from 6 to 16777216 MiB, got NaN",
    ],
  ],
  [
    "null as a number",
    web({ memoryMiB: null }),
    [
      'container "web" has 1 invalid argument',
      "  memoryMiB: must be a whole number from 6 to 16777216 MiB, got null",
    ],
  ],
  [
    "no processor",
    web({ cpus: 0 }),
    ['container "web" has 1 invalid argument', "  cpus: must be a number of at least 0.01, got 0"],
  ],
  [
    "processors as text",
    web({ cpus: "0.5" }),
    [
      'container "web" has 1 invalid argument',
      '  cpus: must be a number of at least 0.01, got "0.5"; write 0.5 without quotes',
    ],
  ],
  [
    "shares below the least",
    web({ cpuShares: 1 }),
    ['container "web" has 1 invalid argument', "  cpuShares: must be a whole number from 2 to 262144, got 1"],
  ],
  [
    "processors backwards",
    web({ cpuSet: "5-2" }),
    [
      'container "web" has 1 invalid argument',
      '  cpuSet: must be processors such as "0-3" or "0,2", got "5-2"',
    ],
  ],
  [
    "no shared memory",
    web({ shmSizeMiB: 0 }),
    ['container "web" has 1 invalid argument', "  shmSizeMiB: must be a whole number of at least 1, got 0"],
  ],
  [
    "an unknown limit",
    web({ ulimits: { nofiles: { soft: 1, hard: 2 } } }),
    [
      'container "web" has 1 invalid argument',
      '  ulimits.nofiles: must be a limit\'s name, such as nofile or nproc, got "nofiles"',
    ],
  ],
  [
    "a soft limit above the hard one",
    web({ ulimits: { nofile: { soft: 3, hard: 2 } } }),
    ['container "web" has 1 invalid argument', "  ulimits.nofile.soft: must be at most hard (2), got 3"],
  ],
  [
    "half a limit",
    web({ ulimits: { nofile: { soft: 3 } } }),
    [
      'container "web" has 1 invalid argument',
      "  ulimits.nofile.hard: is required: a whole number of at least -1",
    ],
  ],
  [
    "one number for both limits",
    web({ ulimits: { nofile: 1024 } }),
    [
      'container "web" has 1 invalid argument',
      "  ulimits.nofile: must be an object such as { soft: 1024, hard: 4096 }, got 1024",
    ],
  ],
  [
    "a kernel parameter without a group",
    web({ sysctls: { somaxconn: "1024" } }),
    [
      'container "web" has 1 invalid argument',
      '  sysctls.somaxconn: must be a kernel parameter such as net.core.somaxconn, got "somaxconn"',
    ],
  ],
  [
    "a kernel parameter as a number",
    web({ sysctls: { "net.core.somaxconn": 1024 } }),
    [
      'container "web" has 1 invalid argument',
      '  sysctls["net.core.somaxconn"]: must be text that is not empty, got 1024; write it in quotes',
    ],
  ],
];

/** Mounts that no container can have. */

import { BridgeNetwork } from "../../../components";
import { image, type Refusal, web } from "./refusal";

const mounts = (...each: unknown[]) => web({ mounts: each });

export const mountRefusals: readonly Refusal[] = [
  [
    "a mount of no kind",
    mounts({ path: "/data" }),
    [
      'container "web" has 1 invalid argument',
      "  mounts[0]: must have exactly one of volume, bind or tmpfs, got path",
    ],
  ],
  [
    "a mount of two kinds",
    mounts({ bind: "/srv", tmpfs: true, path: "/data" }),
    [
      'container "web" has 1 invalid argument',
      "  mounts[0]: must have exactly one of volume, bind or tmpfs, got bind and tmpfs",
    ],
  ],
  [
    "Docker's text",
    mounts("/srv:/data"),
    [
      'container "web" has 1 invalid argument',
      '  mounts[0]: must have exactly one of volume, bind or tmpfs, got "/srv:/data"',
    ],
  ],
  [
    "a volume by name",
    mounts({ volume: "data", path: "/data" }),
    ['container "web" has 1 invalid argument', '  mounts[0].volume: must be a Volume, got "data"'],
  ],
  [
    "a volume that is missing",
    mounts({ volume: undefined, path: "/data" }),
    ['container "web" has 1 invalid argument', "  mounts[0].volume: is required: a Volume"],
  ],
  [
    "another component as a volume",
    () => web({ mounts: [{ volume: new BridgeNetwork("net"), path: "/a" }] })(),
    ['container "web" has 1 invalid argument', "  mounts[0].volume: must be a Volume, got a BridgeNetwork"],
  ],
  [
    "a component as a mount",
    () => web({ mounts: [new BridgeNetwork("net")] })(),
    [
      'container "web" has 1 invalid argument',
      "  mounts[0]: must have exactly one of volume, bind or tmpfs, got a BridgeNetwork",
    ],
  ],
  [
    "a relative path",
    mounts({ bind: "/srv", path: "data" }),
    [
      'container "web" has 1 invalid argument',
      '  mounts[0].path: must be an absolute path below "/" without a trailing slash, for example "/data", got "data"',
    ],
  ],
  [
    "a trailing slash",
    mounts({ bind: "/srv", path: "/data/" }),
    [
      'container "web" has 1 invalid argument',
      '  mounts[0].path: must be an absolute path below "/" without a trailing slash, for example "/data", got "/data/"',
    ],
  ],
  [
    "the root of the container",
    mounts({ tmpfs: true, path: "/" }),
    [
      'container "web" has 1 invalid argument',
      '  mounts[0].path: must be an absolute path below "/" without a trailing slash, for example "/data", got "/"',
    ],
  ],
  [
    "no path",
    mounts({ bind: "/srv" }),
    [
      'container "web" has 1 invalid argument',
      '  mounts[0].path: is required: an absolute path below "/" without a trailing slash, for example "/data"',
    ],
  ],
  [
    "a relative path of the host",
    mounts({ bind: "./srv", path: "/data" }),
    [
      'container "web" has 1 invalid argument',
      '  mounts[0].bind: must be an absolute path on the Docker host without a trailing slash, for example "/srv/data", got "./srv"',
    ],
  ],
  [
    "a path of the host with a colon",
    mounts({ bind: "/srv:ro", path: "/data" }),
    [
      'container "web" has 1 invalid argument',
      '  mounts[0].bind: must be an absolute path on the Docker host without a trailing slash, for example "/srv/data", got "/srv:ro"',
    ],
  ],
  [
    "a way around the list of sensitive paths",
    mounts({ bind: "//etc", path: "/data" }),
    [
      'container "web" has 1 invalid argument',
      '  mounts[0].bind: must be an absolute path on the Docker host without a trailing slash, for example "/srv/data", got "//etc"',
    ],
  ],
  [
    "a tmpfs that is none",
    mounts({ tmpfs: false, path: "/data" }),
    ['container "web" has 1 invalid argument', "  mounts[0].tmpfs: must be true, got false"],
  ],
  [
    "Docker's form of a tmpfs",
    mounts({ tmpfs: "/data" }),
    [
      'container "web" has 2 invalid arguments',
      '  mounts[0].tmpfs: must be true, got "/data"',
      '  mounts[0].path: is required: an absolute path below "/" without a trailing slash, for example "/data"',
    ],
  ],
  [
    "a size as text",
    mounts({ tmpfs: true, path: "/data", sizeMiB: "10" }),
    [
      'container "web" has 1 invalid argument',
      '  mounts[0].sizeMiB: must be a whole number of at least 1, got "10"; write 10 without quotes',
    ],
  ],
  [
    "permissions in letters",
    mounts({ tmpfs: true, path: "/data", mode: "rwx" }),
    [
      'container "web" has 1 invalid argument',
      '  mounts[0].mode: must be octal permissions such as "1777", got "rwx"',
    ],
  ],
  [
    "a slip of the hand",
    mounts({ bind: "/srv", path: "/data", readonly: true }),
    [
      'container "web" has 1 invalid argument',
      '  mounts[0]: "readonly" is not a known key; did you mean "readOnly"?',
    ],
  ],
  [
    "two mounts at one path",
    mounts({ bind: "/srv", path: "/data" }, { tmpfs: true, path: "/data" }),
    ['container "web" has 1 invalid argument', '  mounts[1].path: must be used once, got "/data" again'],
  ],
  [
    "a volume of the image that nothing is mounted at",
    () => web({ image: { imageId: image().imageId, declaredVolumes: ["/var/lib/mysql"] } })(),
    ['container "web" has 1 invalid argument', "  image: must be an Image, got an object"],
  ],
];

/** Paths of the Docker host by which a container that sees them takes over the host, or spies on it. */

import { posix } from "node:path";

/** Which risk a container takes that sees this path of the host. */
export function riskOfPath(path: string): "dockerSocket" | "hostPaths" | undefined {
  const place = canonical(path);
  if (isEngineSocket(place)) return "dockerSocket";
  return isSensitive(place) ? "hostPaths" : undefined;
}

/** One spelling for one place: `..`, the link /var/run, and where Docker Desktop and macOS keep the host's paths. */
function canonical(path: string): string {
  const normal = posix.normalize(path).replace(/^\/+/, "/");
  return (normal.length > 1 ? normal.replace(/\/$/, "") : normal)
    .replace(/^\/(?:host_mnt|private)(?=\/)/, "")
    .replace(/^\/var\/run(?=\/|$)/, "/run");
}

/** The socket of an Engine, or of what starts containers for one. */
const SOCKET =
  /(^|\/)(docker|containerd|podman|crio|buildkit|buildkitd|cri-dockerd|dockershim)([./][^/]*)?\.sock(\.raw)?$/;

/** A folder shows all that lies in it. */
const SOCKET_FOLDERS = [
  "/run",
  "/run/containerd",
  "/run/crio",
  "/run/docker",
  "/run/k3s",
  "/run/k3s/containerd",
  "/run/podman",
];

function isEngineSocket(path: string): boolean {
  return (
    SOCKET.test(path) ||
    SOCKET_FOLDERS.includes(path) ||
    // Of an Engine without root.
    /^\/run\/user(\/\d+(\/(docker|podman|containerd))?)?$/.test(path)
  );
}

const ROOTS = [
  "/boot",
  "/dev",
  // Users, cron, systemd, ssh, Kubernetes: what the host does and for whom.
  "/etc",
  "/lib",
  "/lib32",
  "/lib64",
  "/libx32",
  "/proc",
  "/root",
  "/sys",
  "/usr",
  "/bin",
  "/sbin",
  "/run/containerd",
  "/run/dbus",
  "/run/docker",
  "/run/k3s",
  "/run/systemd",
  "/run/udev",
  "/var/lib/cloud",
  "/var/lib/containerd",
  "/var/lib/containers",
  "/var/lib/docker",
  "/var/lib/k0s",
  "/var/lib/kubelet",
  "/var/lib/rancher",
  "/var/lib/systemd",
  "/var/root",
  "/var/snap/docker",
  "/var/spool/at",
  "/var/spool/cron",
];

/** A home as a whole: the keys in it, and the files that its owner's shell runs. A folder in it is one like any other. */
const HOME = /^\/(home|Users)(\/[^/]+)?$/;

/** Keys, logins, and what runs when their owner logs in, wherever that home is. */
const PRIVATE =
  /\/\.(aws|azure|bash_profile|bashrc|docker|git-credentials|gnupg|kube|netrc|npmrc|password-store|pgpass|profile|pulumi|pypirc|ssh|zshenv|zshrc|config\/(autostart|containers|gcloud|gh|git|helm|systemd)|local\/share\/(containers|docker|keyrings|systemd))(\/|$)/;

/** What the session of a user gives away: its bus may start any process. */
const SESSION = /^\/run\/user\/\d+\/(bus|dbus-1|gnupg|keyring|systemd)(\/|$)/;

function isSensitive(path: string): boolean {
  return (
    HOME.test(path) ||
    PRIVATE.test(path) ||
    SESSION.test(path) ||
    ROOTS.some((root) => lies(path, root) || lies(root, path))
  );
}

const lies = (inner: string, outer: string): boolean =>
  outer === "/" || inner === outer || inner.startsWith(`${outer}/`);

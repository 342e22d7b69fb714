/** Paths of the Docker host through which a container can take over or read the host. */

import { posix } from "node:path";

/** The risk of mounting a path of the host. */
export function riskOfPath(path: string): "dockerSocket" | "hostPaths" | undefined {
  const place = canonical(path);
  if (isEngineSocket(place)) return "dockerSocket";
  return isSensitive(place) ? "hostPaths" : undefined;
}

/** Normalises a path: `..`, the link /var/run, and the host paths of Docker Desktop and macOS. */
function canonical(path: string): string {
  const normal = posix.normalize(path).replace(/^\/+/, "/");
  return (normal.length > 1 ? normal.replace(/\/$/, "") : normal)
    .replace(/^\/(?:host_mnt|private)(?=\/)/, "")
    .replace(/^\/var\/run(?=\/|$)/, "/run");
}

/** The socket of a container engine or runtime. */
const SOCKET =
  /(^|\/)(docker|containerd|podman|crio|buildkit|buildkitd|cri-dockerd|dockershim)([./][^/]*)?\.sock(\.raw)?$/;

/** A folder includes everything below it. */
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
    // The socket of a rootless Engine.
    /^\/run\/user(\/\d+(\/(docker|podman|containerd))?)?$/.test(path)
  );
}

const ROOTS = [
  "/boot",
  "/dev",
  // Users, cron, systemd, ssh, Kubernetes.
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

/** A whole home directory: it contains keys, and files that the owner's shell runs. Other folders in it are not sensitive. */
const HOME = /^\/(home|Users)(\/[^/]+)?$/;

/** Keys, credentials and login scripts in any home directory. */
const PRIVATE =
  /\/\.(aws|azure|bash_profile|bashrc|docker|git-credentials|gnupg|kube|netrc|npmrc|password-store|pgpass|profile|pulumi|pypirc|ssh|zshenv|zshrc|config\/(autostart|containers|gcloud|gh|git|helm|systemd)|local\/share\/(containers|docker|keyrings|systemd))(\/|$)/;

/** The runtime directory of a user session: its bus can start any process. */
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

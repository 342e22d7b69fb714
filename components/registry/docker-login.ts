/**
 * The logins that the `docker` command has for registries.
 * Source: docker/cli, cli/config/configfile/file.go (GetAuthConfig) and cli/config/credentials.
 */

/** A login as the Engine takes it in X-Registry-Auth. */
export interface RegistryLogin {
  readonly serveraddress: string;
  readonly username?: string;
  readonly password?: string;
  /** In place of a password, where the registry gave one. */
  readonly identitytoken?: string;
}

/** The part of `~/.docker/config.json` that holds them. */
export interface LoginSettings {
  readonly auths?: Readonly<Record<string, StoredLogin>>;
  /** The credential helper for all registries. */
  readonly credsStore?: string;
  /** Those for single registries. */
  readonly credHelpers?: Readonly<Record<string, string>>;
}

interface StoredLogin {
  readonly auth?: string;
  readonly identitytoken?: string;
}

/** The name of Docker Hub among the logins. */
const HUB = "https://index.docker.io/v1/";

/** Its other names; the builder asks for the last one. */
const HUB_HOSTS = ["docker.io", "index.docker.io", "registry-1.docker.io"];

/** The name of a registry among the logins. @param registry of an image reference; undefined for Docker Hub */
export function loginKey(registry: string | undefined): string {
  return registry === undefined || HUB_HOSTS.includes(registry) ? HUB : registry;
}

/** The credential helper of a registry, without `docker-credential-`; undefined where the file has the logins. */
export function helperOf({ credHelpers = {}, credsStore }: LoginSettings, key: string): string | undefined {
  const helper = credHelpers[key] ?? credsStore;
  return helper === "" ? undefined : helper;
}

/** The login that the file itself has. */
export function storedLogin({ auths = {} }: LoginSettings, key: string): RegistryLogin | undefined {
  // Older versions of Docker wrote addresses with a scheme and a path.
  const name = key in auths ? key : Object.keys(auths).find((each) => hostOf(each) === hostOf(key));
  const { auth = "", identitytoken } = (name === undefined ? undefined : auths[name]) ?? {};
  if (auth === "" && identitytoken === undefined) return undefined;
  const [, username = "", password = ""] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(auth, "base64").toString("utf8")) ?? [];
  return loginOf(key, username.replace(/\0+$/, ""), password.replace(/\0+$/, ""), identitytoken);
}

/** The answer of a credential helper. A user `<token>` has an identity token in place of a password. */
export function answeredLogin(key: string, answer: string): RegistryLogin | undefined {
  const { Username = "", Secret = "" } = JSON.parse(answer) as { Username?: string; Secret?: string };
  if (Username === "" && Secret === "") return undefined;
  return Username === "<token>" ? loginOf(key, "", "", Secret) : loginOf(key, Username, Secret);
}

/** Helpers say in words that they have none, and exit with 1. */
export function hasNone(said: string): boolean {
  return /credentials not found/i.test(said);
}

function loginOf(
  serveraddress: string,
  username: string,
  password: string,
  identitytoken?: string,
): RegistryLogin {
  return {
    serveraddress,
    ...(username !== "" && { username }),
    ...(identitytoken === undefined ? { password } : { identitytoken }),
  };
}

function hostOf(address: string): string {
  return address.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
}

/** Guesses the role of a container. */

import type { ContainerSubject } from "./subject";

const images =
  /^(postgres|postgresql|postgis|timescaledb|pgvector|mysql|mariadb|percona|mongo|mongodb|redis|valkey|keydb|memcached|elasticsearch|opensearch|cassandra|couchdb|influxdb|clickhouse|clickhouse-server|cockroach|neo4j|etcd)$/;
const folders =
  /^\/var\/lib\/(mysql|postgresql|pgsql|mongodb|redis|cassandra|influxdb|clickhouse)(\/|$)|^\/data\/db$/;

/** By the name of its image, or by the path of its data. */
export function isDatabase({ image, mounts }: ContainerSubject): boolean {
  const [name = ""] = (image.reference ?? "").split("@");
  const repository = name.split("/").at(-1)?.split(":")[0] ?? "";
  return images.test(repository) || mounts.some(({ path }) => folders.test(path));
}

#!/bin/sh
# The first start makes the database, with the password of the secret.
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  initdb --username postgres --auth scram-sha-256 --pwfile "$POSTGRES_PASSWORD_FILE"
  echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
fi
exec postgres -c listen_addresses='*' -c unix_socket_directories=/tmp

# Docker Compose: `docker compose ps | logs | exec | stop | start` work on a deployed stack. The engine's own where it
# answers, else built from Go modules. A stack is deployed without it, so that doing without is no failure.

compose_version() { docker compose version --short 2>/dev/null; }

# Where the docker command looks for its plugins.
compose_place() {
  if [ "$(id -u)" -eq 0 ]; then echo /usr/local/lib/docker/cli-plugins; else echo "${DOCKER_CONFIG:-$HOME/.docker}/cli-plugins"; fi
}

# In a subshell, where a failure is not the end; it must end what it started like the shell around it.
compose_build() {
  trap end_work EXIT
  trap 'end_work; exit 130' INT
  trap 'end_work; exit 143' TERM
  build_go compose "Docker Compose $1" compose "$HERE/compose/docker-compose" \
    -ldflags "-s -w -X github.com/docker/compose/v2/internal.Version=$1" github.com/docker/compose/v2/cmd
}

step_compose() {
  local found version place
  if found=$(compose_version); then
    ready compose "$found"
    return
  fi
  if ! find_go >/dev/null; then
    say compose "docker compose is missing, and there is no Go to build it; it is optional. Docker Desktop includes it; elsewhere install the package docker-compose-plugin"
    return
  fi
  version=$(sed -n 's/^.*github.com\/docker\/compose\/v2 \(v[0-9.]*\).*/\1/p' "$ROOT/tools/engine/compose/go.mod" | head -n 1)
  place=$(compose_place)
  if [ ! -x "$HERE/compose/docker-compose" ] && ! (compose_build "$version"); then
    say compose "continuing without docker compose, which is optional"
    return
  fi
  mkdir -p "$place" && cp "$HERE/compose/docker-compose" "$place/docker-compose.part" && mv "$place/docker-compose.part" "$place/docker-compose"
  found=$(compose_version) || fail "docker compose does not run" "$place/docker-compose was installed, and the docker command does not take it" \
    "see Plugins in the output of docker info"
  rm -rf "$HERE/compose"
  say compose "$found, installed as $place/docker-compose"
}

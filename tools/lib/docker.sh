# Docker Engine: the one that answers; else, as root on Debian or Ubuntu, the distribution's own.

docker_answers() { docker version --format '{{.Server.Version}}' >"$HERE/log/docker-answer.log" 2>&1; }
docker_said() { tail -n 1 "$HERE/log/docker-answer.log" 2>/dev/null; }

step_docker() {
  mkdir -p "$HERE/log"
  if docker_answers; then
    ready docker "engine $(docker_said)"
    return
  fi
  if [ -n "${DOCKER_HOST:-}" ]; then
    fail "the Docker Engine at DOCKER_HOST=$DOCKER_HOST does not answer" "$(docker_said)" \
      "start that engine, or unset DOCKER_HOST to use this machine's"
  fi
  case "$(docker_said)" in
    *"permission denied"*) fail "the Docker Engine refuses this user" "$(docker_said)" \
      "add the user to the group docker (usermod -aG docker $(id -un), then log in again), or run as root" ;;
  esac
  docker_can_be_installed || fail "no Docker Engine answers" "$(docker_said)" \
    "install and start Docker (Docker Desktop, or your distribution's package), or set DOCKER_HOST; root on Debian or Ubuntu gets it installed by this command"
  if ! command -v dockerd >/dev/null 2>&1 || ! command -v docker >/dev/null 2>&1; then docker_install; fi
  docker_start
}

docker_can_be_installed() { [ "$(id -u)" -eq 0 ] && [ "$(uname -s)" = Linux ] && command -v apt-get >/dev/null 2>&1; }

# apt_install STEP PACKAGE... - the distribution's packages, nothing more than they need.
apt_install() {
  local step=$1 status=0 limit=900
  shift
  say "$step" "apt-get install $*"
  work "$step" "$limit" env DEBIAN_FRONTEND=noninteractive sh -c \
    'apt-get update && apt-get install -y --no-install-recommends "$@"' sh "$@" || status=$?
  [ "$status" -eq 0 ] || fail "apt-get could not install $*" "$(why_from_log "$status" "$limit")" \
    "check the apt sources and the network of this machine, or install $* by hand"
}

docker_install() {
  # Newer Debian keeps the client in a package of its own.
  local client=""
  if ! command -v docker >/dev/null 2>&1 && apt-cache show docker-cli 2>/dev/null | grep -q '^Package:'; then client=docker-cli; fi
  apt_install docker docker.io iptables ${client:+"$client"}
}

# Starts the engine so that it outlives this command and its terminal.
docker_start() {
  local tries=0
  if [ -d /run/systemd/system ]; then
    say docker "systemctl start docker"
    systemctl start docker >"$HERE/log/docker.log" 2>&1 || true
  else
    say docker "starting dockerd (log: .dockwright/dockerd.log)"
    rm -f /var/run/docker.pid # left by an engine that is gone; a living one would have answered
    setsid dockerd --pidfile "$HERE/dockerd.pid" >"$HERE/dockerd.log" 2>&1 </dev/null 9>&- &
    disown
  fi
  until docker_answers; do
    tries=$((tries + 1))
    [ "$tries" -lt 120 ] || fail "dockerd was started and does not answer after 60s" \
      "$(grep -E 'level=(error|fatal)|failed' "$HERE/dockerd.log" 2>/dev/null | tail -n 2 | tr '\n' ' ')$(docker_said)" \
      "read .dockwright/dockerd.log; in a container the engine needs --privileged"
    sleep 0.5
  done
  say docker "engine $(docker_said) answers"
}

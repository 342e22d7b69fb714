# A registry for the tests: Debian's docker-registry, unpacked and not installed (installed, it would listen on every
# address of the machine). Only test/engine/registry.test.ts needs it, so that doing without is no failure here.

step_registry() {
  local at="$HERE/registry"
  if [ -x "$at/usr/bin/docker-registry" ] || command -v docker-registry >/dev/null 2>&1; then
    ready registry "docker-registry, for the tests"
    return
  fi
  if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-deb >/dev/null 2>&1; then
    say registry "docker-registry is missing and only packaged for Debian and Ubuntu; only the registry test needs it"
    return
  fi
  say registry "unpacking Debian's docker-registry for the tests"
  mkdir -p "$at"
  # shellcheck disable=SC2016
  work registry 300 bash -euc '
    cd "$1"
    apt-get download docker-registry || { apt-get update && apt-get download docker-registry; }
    dpkg-deb -x docker-registry_*.deb .
    rm docker-registry_*.deb
  ' bash "$at" || say registry "the download failed (log: .dockwright/log/registry.log); only the registry test needs it"
}

# An SSH server for the tests of several hosts: Debian's openssh-server, unpacked and not installed (installed, it would
# let people into this machine). Only test/engine/hosts.test.ts needs it, so that doing without is no failure here.

step_sshd() {
  local at="$HERE/sshd"
  if [ -x "$at/usr/sbin/sshd" ] || PATH="$PATH:/usr/sbin" command -v sshd >/dev/null 2>&1; then
    ready sshd "an SSH server, for the tests"
    return
  fi
  if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-deb >/dev/null 2>&1; then
    say sshd "an SSH server is missing and only packaged for Debian and Ubuntu; only the test of several hosts needs it"
    return
  fi
  say sshd "unpacking Debian's openssh-server for the tests"
  mkdir -p "$at"
  # Beside it the one library that nothing else on a small machine needs.
  # shellcheck disable=SC2016
  work sshd 300 bash -euc '
    cd "$1"
    apt-get download openssh-server libwrap0 || { apt-get update && apt-get download openssh-server libwrap0; }
    for package in openssh-server_*.deb libwrap0_*.deb; do dpkg-deb -x "$package" .; done
    rm openssh-server_*.deb libwrap0_*.deb
  ' bash "$at" || say sshd "the download failed (log: .dockwright/log/sshd.log); only the test of several hosts needs it"
}

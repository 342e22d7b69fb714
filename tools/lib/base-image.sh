# The base image of the Dockerfiles: the engine's own copy, else pulled, else made of Debian's packages under the same name.

step_base_image() {
  if docker image inspect "$BASE_IMAGE" >/dev/null 2>&1; then
    ready base-image "$BASE_IMAGE"
    return
  fi
  say base-image "docker pull $BASE_IMAGE"
  if work base-image-pull 90 docker pull "$BASE_IMAGE"; then return; fi
  say base-image "no registry provides it (log: .dockwright/log/base-image-pull.log); building it from Debian packages"
  docker_can_be_installed || fail "the base image $BASE_IMAGE is not here" \
    "no registry answers, and only root on Debian or Ubuntu can make it from packages" \
    "docker load an image of that name, or make a registry reachable"
  command -v debootstrap >/dev/null 2>&1 || apt_install base-image debootstrap
  base_image_make
}

base_image_make() {
  local status=0 limit=900 mirror
  for mirror in "" $(apt_mirror); do # first debootstrap's own default
    status=0
    work base-image "$limit" "$ROOT/tools/lib/make-base-image" "$HERE/base" "$BASE_SUITE" "$BASE_IMAGE" "$mirror" || status=$?
    [ "$status" -ne 0 ] || return 0
  done
  fail "the base image $BASE_IMAGE could not be made" "$(why_from_log "$status" "$limit")" \
    "make a Debian mirror or a registry reachable, then run the command again"
}

# The mirror this machine's own apt uses for Debian, if any.
apt_mirror() {
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
    sed -n -E 's/^(deb|URIs:) .*(https?:[^ ]*\/debian\/?)( .*)?$/\2/p' | head -n 1
}

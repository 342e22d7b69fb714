# A copy of the reference deployment to break: with a project name and a port of its own, the toolchain of this clone.
# Sourced with ROOT, COPY (an empty folder), PROJECT and PORT set; goes to COPY and sets url.

copy_deployment() {
  local part
  git -C "$ROOT" ls-files -z --cached --others --exclude-standard |
    (cd "$ROOT" && tar -cf - --null --files-from - 2>/dev/null) | tar -xf - -C "$COPY"
  git -C "$ROOT" show HEAD:stacks/Pulumi.dev.yaml >"$COPY/stacks/Pulumi.dev.yaml"
  mkdir "$COPY/.dockwright"
  for part in "$ROOT"/.dockwright/*; do
    case "${part##*/}" in state | passphrase | log | *.pid | *.json) ;; *) ln -s "$part" "$COPY/.dockwright/" ;; esac
  done
  ln -s "$ROOT/node_modules" "$COPY/node_modules"
  cd "$COPY" || exit 1
  sed -i "s/^name: .*/name: $PROJECT/" Pulumi.yaml
  sed -i "s/dockwright:/$PROJECT:/; s/:port: .*/:port: $PORT/" stacks/Pulumi.dev.yaml
  url="http://127.0.0.1:$PORT/"
}

# Leaves the host as found.
remove_deployment() {
  (cd "$COPY" && tools/stack down >"$COPY/down.log" 2>&1)
  docker volume ls -q --filter "label=io.dockwright.project=$PROJECT" | xargs -r docker volume rm >/dev/null
  docker image ls --format '{{.Repository}}:{{.Tag}}' "$PROJECT-dev/*" | xargs -r docker image rm >/dev/null
  rm -rf "$COPY"
}

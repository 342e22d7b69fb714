# The docker resource plugin: Pulumi's download, else built from Go modules; installed under PULUMI_HOME either way,
# so that Pulumi takes it without a word.

step_plugin() {
  if [ -x "$PLUGIN_BIN" ]; then
    ready plugin "docker $PLUGIN_VERSION"
    return
  fi
  say plugin "downloading the docker plugin $PLUGIN_VERSION"
  if work plugin-download 180 pulumi plugin install resource docker "$PLUGIN_VERSION" && [ -x "$PLUGIN_BIN" ]; then return; fi
  say plugin "the download failed (log: .dockwright/log/plugin-download.log)"
  local built="$HERE/build/pulumi-resource-docker" status=0
  build_go plugin "the docker plugin $PLUGIN_VERSION" provider "$built" -ldflags "-s -w -X main.version=$PLUGIN_VERSION" .
  work plugin-install 60 pulumi plugin install resource docker "$PLUGIN_VERSION" --file "$built" --reinstall || status=$?
  [ "$status" -eq 0 ] && [ -x "$PLUGIN_BIN" ] || fail "the docker plugin could not be installed" "$(why_from_log "$status" 60)" \
    "check that $PULUMI_HOME can be written"
  rm -rf "$HERE/build"
}

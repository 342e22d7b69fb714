# The Pulumi CLI with its Node language host: one on PATH, else the official installer, else built from Go modules.

# A CLI of the same major version, not older, whose language host lies beside the real binary: elsewhere Pulumi
# would warn that it takes it from PATH.
pulumi_on_path() {
  local at version
  at=$(command -v pulumi 2>/dev/null) || return 1
  version=$(PULUMI_SKIP_UPDATE_CHECK=true "$at" version 2>/dev/null) || return 1
  node -e '
    const [have, want] = process.argv.slice(1).map((v) => v.replace(/^v/, "").split("-")[0].split(".").map(Number));
    const newer = have[1] - want[1] || have[2] - want[2];
    process.exit(have[0] === want[0] && newer >= 0 ? 0 : 1);
  ' "$version" "$PULUMI_VERSION" || return 1
  [ -x "$(dirname "$(node -p 'fs.realpathSync(process.argv[1])' "$at")")/pulumi-language-nodejs" ] || return 1
  echo "$version ($at)"
}

step_pulumi() {
  local found
  if [ -x "$PULUMI_ROOT/bin/pulumi" ]; then
    ready pulumi "$PULUMI_VERSION"
  elif found=$(pulumi_on_path); then
    ready pulumi "$found"
    return
  else
    pulumi_download || build_go pulumi "the Pulumi CLI $PULUMI_VERSION" cli "$PULUMI_ROOT/bin/pulumi" \
      -ldflags "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v$PULUMI_VERSION" \
      github.com/pulumi/pulumi/pkg/v3/cmd/pulumi
    PATH="$PULUMI_ROOT/bin:$PATH"
  fi
  language_host
}

pulumi_download() {
  say pulumi "downloading the Pulumi CLI $PULUMI_VERSION"
  if work pulumi-download 300 node "$ROOT/tools/lib/install-pulumi.js" "$PULUMI_ROOT" "$PULUMI_VERSION" && [ -x "$PULUMI_ROOT/bin/pulumi" ]; then return; fi
  say pulumi "the download failed (log: .dockwright/log/pulumi-download.log)"
  return 1
}

# The official installer brings its own language host. Beside a built CLI stands ours: compiled when its sources changed.
language_host() {
  local at="$PULUMI_ROOT/bin/pulumi-language-nodejs" out="$HERE/language-host"
  if [ -e "$at" ] && [ ! -f "$out/main.js" ]; then return; fi
  if [ -x "$at" ] && [ -z "$(find "$ROOT/tools/language-host" -newer "$at" -type f)" ]; then return; fi
  say pulumi "preparing the Node language host of tools/language-host"
  local status=0 limit=120
  work language-host "$limit" "$ROOT/tools/language-host/build" "$out.part" || status=$?
  [ "$status" -eq 0 ] || fail "the Node language host could not be compiled" "$(why_from_log "$status" "$limit")" \
    "correct tools/language-host, or remove node_modules and run the command again"
  rm -rf "$out"
  mv "$out.part" "$out" # at once: another deployment may be starting its host
  cp "$ROOT/tools/language-host/launcher" "$at.part"
  chmod 755 "$at.part"
  mv "$at.part" "$at"
}

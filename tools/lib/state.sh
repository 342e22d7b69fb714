# State: Pulumi's file backend in .dockwright/state, secrets encrypted with a generated passphrase only this user can read.

step_state() {
  mkdir -p "$HERE/state"
  if [ -n "${PULUMI_CONFIG_PASSPHRASE+set}" ] || [ -n "${PULUMI_CONFIG_PASSPHRASE_FILE:-}" ]; then
    ready state "${PULUMI_BACKEND_URL:-.dockwright/state}, your own passphrase"
    return
  fi
  if [ ! -s "$PASSPHRASE_FILE" ]; then
    (umask 077 && node -e 'process.stdout.write(require("crypto").randomBytes(32).toString("base64url"))' >"$PASSPHRASE_FILE.part")
    mv "$PASSPHRASE_FILE.part" "$PASSPHRASE_FILE"
    say state "wrote the passphrase of this clone's secrets to .dockwright/passphrase (keep a copy: without it they cannot be read)"
    return
  fi
  ready state "${PULUMI_BACKEND_URL:-.dockwright/state}"
}

# Node: the machine's when new enough, else the npm package `node` in .dockwright/node.

# npm with the certificates this machine trusts: behind a company's proxy Node's own list is not enough.
npm_trusting_machine() {
  local bundle
  for bundle in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem; do
    if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -r "$bundle" ]; then export NODE_EXTRA_CA_CERTS="$bundle"; fi
  done
  npm "$@"
}

node_major() { node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0; }

step_node() {
  if [ "$(node_major)" -ge "$NODE_LEAST" ]; then
    ready node "$(command -v node)"
    return
  fi
  local status=0 limit=600
  command -v npm >/dev/null 2>&1 || fail "Node $NODE_LEAST is not here" \
    "the machine has neither Node >= $NODE_LEAST nor an npm to bring it" "install Node $NODE_LEAST or newer, then run the command again"
  say node "installing Node $NODE_PACKAGE (the machine has $(node --version 2>/dev/null || echo none))"
  mkdir -p "$HERE/node"
  work node "$limit" npm_trusting_machine install --prefix "$HERE/node" "node@$NODE_PACKAGE" --no-save --no-audit --no-fund || status=$?
  [ "$status" -eq 0 ] || fail "Node $NODE_PACKAGE could not be installed" "$(why_from_log "$status" "$limit")" \
    "install Node $NODE_LEAST or newer by hand, or make the npm registry reachable"
  PATH="$NODE_BIN:$PATH"
  [ "$(node_major)" -ge "$NODE_LEAST" ] || fail "the installed Node does not run" \
    "$NODE_BIN/node answers nothing: $("$NODE_BIN/node" --version 2>&1 | head -n 1)" "install Node $NODE_LEAST or newer by hand"
}

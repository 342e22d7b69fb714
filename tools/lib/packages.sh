# npm packages: exactly what package-lock.json says. `npm ci` runs only when what is installed differs from it.

# npm keeps a copy of the lock of what it installed; every locked package must be in it with the same version
# (packages for other platforms are optional and may be absent).
packages_differ() {
  node -e '
    const [lock, here] = process.argv.slice(1).map((f) => JSON.parse(require("fs").readFileSync(f, "utf8")).packages);
    const missing = Object.entries(lock).some(([k, p]) => k && !p.link && here[k]?.version !== p.version && !(p.optional && !here[k]));
    process.exit(missing ? 1 : 0);
  ' "$ROOT/package-lock.json" "$ROOT/node_modules/.package-lock.json" 2>/dev/null && return 1
  return 0
}

step_packages() {
  if ! packages_differ; then
    ready packages "as package-lock.json says"
    return
  fi
  local status=0 limit=1200
  cd "$ROOT"
  say packages "npm ci"
  work packages "$limit" npm_trusting_machine ci --no-audit --no-fund || status=$?
  [ "$status" -eq 0 ] || fail "the npm packages could not be installed" "$(why_from_log "$status" "$limit")" \
    "make the npm registry reachable; if package.json was edited, run npm install once and commit package-lock.json"
}

# What tools/stack knows of a stack: its names, its settings file, its secrets, what the last update did.
# Sourced with ROOT and STACK set, in the environment of tools/env.

STACK_NAME=${STACK##*/} # without the organization a service backend may ask for
PROJECT=$(sed -n 's/^name:[[:space:]]*//p' "$ROOT/Pulumi.yaml" | head -n 1)
STACK_FILE="stacks/Pulumi.$STACK_NAME.yaml"

stack_known() {
  case "$STACK" in
    *[!A-Za-z0-9._/-]* | "") fail "STACK=$STACK is not a valid stack name" "only letters, digits, - _ . are allowed" "STACK=dev make up" ;;
  esac
  [ -f "$ROOT/$STACK_FILE" ] || fail "there is no stack $STACK" "$STACK_FILE does not exist" \
    "name one of: $(cd "$ROOT/stacks" && ls Pulumi.*.yaml 2>/dev/null | sed 's/^Pulumi\.//; s/\.yaml$//' | tr '\n' ' ')or write $STACK_FILE first"
}

# Whether services of a swarm run it (stacks/settings.ts).
stack_on_swarm() { grep -q "^ *$PROJECT:target: swarm" "$ROOT/$STACK_FILE"; }

# Quietly: only a failure is worth a word.
quietly() {
  local said
  said=$("$@" 2>&1) && return
  case "$said" in
    *"incorrect passphrase"*) wrong_passphrase ;;
    *) fail "$*" "$said" "correct the cause and run the command again" ;;
  esac
}

wrong_passphrase() {
  fail "the secrets of stack $STACK cannot be read" \
    "$STACK_FILE was encrypted with another passphrase than ${PULUMI_CONFIG_PASSPHRASE_FILE:-PULUMI_CONFIG_PASSPHRASE}" \
    "set the passphrase it was encrypted with; or, to start over, remove encryptionsalt and every secure value from $STACK_FILE (a database that exists keeps its old password)"
}

# The command `dockwright`, from its sources.
dockwright() {
  node "$ROOT/node_modules/ts-node/dist/bin.js" --swc --project "$ROOT/tools/tsconfig.run.json" "$ROOT/components/cli/main.ts" "$@"
}

stack_select() { quietly pulumi stack select "$STACK" --create; }

# The keys of stacks/secrets.txt that the stack's settings do not hold.
secrets_missing() {
  local settings
  settings=$(pulumi config --json --show-secrets --stack "$STACK" 2>"$HERE/log/config.log") || return 1
  printf '%s' "$settings" | node -e '
    const [project, file] = process.argv.slice(1);
    const fs = require("fs");
    const set = JSON.parse(fs.readFileSync(0, "utf8"));
    const keys = fs.readFileSync(file, "utf8").split("\n").map((line) => line.replace(/#.*/, "").trim()).filter(Boolean);
    console.log(keys.filter((key) => !(`${project}:${key}` in set)).join(" "));
  ' "$PROJECT" "$ROOT/stacks/secrets.txt"
}

# Generates what is missing. A value goes through a pipe: an argument could be read by others on the machine.
stack_secrets() {
  local missing key
  [ -f "$ROOT/stacks/secrets.txt" ] || return 0
  mkdir -p "$HERE/log"
  if ! missing=$(secrets_missing); then
    if grep -q "incorrect passphrase" "$HERE/log/config.log"; then wrong_passphrase; fi
    fail "the settings of stack $STACK cannot be read" "$(tail -n 3 "$HERE/log/config.log")" "correct $STACK_FILE"
  fi
  [ -n "$missing" ] || return 0
  for key in $missing; do
    random_word | pulumi config set --secret "$PROJECT:$key" --stack "$STACK" --non-interactive >"$HERE/log/config.log" 2>&1 ||
      fail "the secret $key could not be stored" "$(tail -n 3 "$HERE/log/config.log")" "check that $STACK_FILE can be written"
  done
  say secrets "generated ${missing// /, }; they are stored encrypted in $STACK_FILE, which has changed"
}

# 32 random letters and digits.
random_word() {
  node -e '
    const all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    process.stdout.write(Array.from({ length: 32 }, () => all[require("crypto").randomInt(all.length)]).join(""));
  '
}

# What the last update did, in words: "no changes", or "2 created, 1 replaced, 20 unchanged".
last_changes() {
  pulumi stack history --stack "$STACK" --json --page-size 1 2>/dev/null | node -e '
    const [last] = JSON.parse(require("fs").readFileSync(0, "utf8") || "[]");
    const { same = 0, ...changes } = last?.resourceChanges ?? {};
    const words = { create: "created", update: "updated", replace: "replaced", delete: "deleted", refresh: "refreshed" };
    const told = Object.entries(changes).map(([kind, count]) => `${count} ${words[kind] ?? kind}`);
    console.log(told.length === 0 ? "no changes" : [...told, ...(same > 0 ? [`${same} unchanged`] : [])].join(", "));
  '
}

# The stack's output `url`, empty without one.
stack_url() { pulumi stack output url --stack "$STACK" 2>/dev/null || true; }

# The names of what destroy leaves because it is protected.
protected_left() {
  pulumi stack export --stack "$STACK" 2>/dev/null | node -e '
    const { deployment } = JSON.parse(require("fs").readFileSync(0, "utf8"));
    const names = (deployment.resources ?? []).filter((r) => r.protect && r.custom).map((r) => r.outputs?.name ?? r.urn.split("::").pop());
    console.log(names.join(" "));
  '
}

# The volumes of this stack that Docker holds, protected or not.
volumes_left() {
  docker volume ls -q --filter "label=io.dockwright.project=$PROJECT" --filter "label=io.dockwright.stack=$STACK_NAME" | tr '\n' ' '
}

# Go, needed only where neither Pulumi's installer nor its plugin downloads can be reached.

find_go() {
  local at
  for at in "$(command -v go 2>/dev/null)" /usr/local/go/bin/go /usr/lib/go/bin/go /opt/homebrew/bin/go; do
    if [ -n "$at" ] && [ -x "$at" ]; then
      echo "$at"
      return
    fi
  done
  return 1
}

# build_go STEP WHAT FOLDER OUTPUT ARGUMENTS... - go build in tools/engine/FOLDER; the output appears only when whole.
build_go() {
  local step=$1 what=$2 folder=$3 output=$4 go status=0 limit=2400
  shift 4
  go=$(find_go) || fail "$what is not here" "its download could not be reached, and there is no Go to build it" \
    "install Go 1.25 or newer, or make Pulumi's downloads reachable, then run the command again"
  say "$step" "building $what from Go modules; some minutes the first time"
  mkdir -p "$(dirname "$output")"
  work "$step" "$limit" "$go" build -C "$ROOT/tools/engine/$folder" -trimpath -o "$output.part" "$@" || status=$?
  [ "$status" -eq 0 ] || fail "$what could not be built" "$(why_from_log "$status" "$limit")" \
    "make the Go module proxy (go env GOPROXY) reachable and free 3 GB of disk, then run the command again"
  mv "$output.part" "$output"
}

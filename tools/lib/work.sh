# Long commands: their output is written to a log file, a heartbeat shows that they are running, a time limit ends them.

# The process group of the running command, so that Ctrl-C ends it as well (a background command ignores it).
work_group=""
end_work() {
  if [ -n "$work_group" ]; then kill -TERM -- "-$work_group" 2>/dev/null || true; fi
  work_group=""
}
trap end_work EXIT
trap 'end_work; exit 130' INT
trap 'end_work; exit 143' TERM

# work STEP LIMIT_SECONDS COMMAND... - runs the command, output to .dockwright/log/STEP.log.
# Returns the command's status, 124 when the limit ended it.
work() {
  local step=$1 limit=$2 started=$SECONDS passed=0 told=0 status=0
  shift 2
  mkdir -p "$HERE/log"
  work_log="$HERE/log/$step.log"
  set -m # its own process group
  "$@" >"$work_log" 2>&1 </dev/null 9>&- &
  work_group=$!
  set +m
  while kill -0 "$work_group" 2>/dev/null; do
    sleep 0.2
    passed=$((SECONDS - started))
    if [ "$passed" -ge "$limit" ]; then
      end_work
      heartbeat_end
      return 124
    fi
    if [ "$passed" -ne "$told" ]; then
      told=$passed
      heartbeat "$step" "$passed"
    fi
  done
  wait "$work_group" || status=$?
  work_group=""
  heartbeat_end
  return "$status"
}

# A terminal gets one line that counts; a log file one line every 30 seconds.
heartbeat() {
  if [ -t 2 ]; then
    printf '\r    %s ... %s ' "$1" "$(elapsed "$2")" >&2
  elif [ $(($2 % 30)) -eq 0 ]; then
    printf '    %s ... %s\n' "$1" "$(elapsed "$2")" >&2
  fi
}
heartbeat_end() { if [ -t 2 ]; then printf '\r\033[K' >&2; fi; }

# why_from_log STATUS LIMIT - the reason of a failed `work`, for `fail`: the first lines with an error, otherwise the last ones.
why_from_log() {
  if [ "$1" -eq 124 ]; then
    printf 'it did not finish within %s (log: %s)' "$(elapsed "$2")" "${work_log#"$ROOT"/}"
    return
  fi
  local lines
  lines=$(grep -iE '^E: |error|err!|fatal|cannot|failed' "$work_log" | grep -vE 'complete log|npm help|^npm [a-zA-Z!]+ *(code .*|errno .*)?$' | head -n 2 || true)
  [ -n "$lines" ] || lines=$(grep -v '^[[:space:]]*$' "$work_log" | tail -n 3 || true)
  printf '%s (log: %s)' "$(printf '%s' "$lines" | tr '\n' ' ')" "${work_log#"$ROOT"/}"
}

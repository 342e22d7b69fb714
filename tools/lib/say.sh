# How the tools speak: progress on stderr, one line a step; a failure says what, why and what to do.

# say STEP TEXT - something is being done.
say() { printf '==> %s: %s\n' "$1" "$2" >&2; }

# ready STEP TEXT - nothing had to be done; silent with --quiet.
ready() { [ -n "${DOCKWRIGHT_QUIET:-}" ] || printf '==> %s: %s\n' "$1" "$2" >&2; }

# fail WHAT WHY REMEDY - the end.
fail() {
  printf '\nerror: %s\n  why   %s\n  next  %s\n' "$1" "$2" "$3" >&2
  exit 1
}

# elapsed SECONDS - as a person says it: 45s, 2m05s.
elapsed() {
  if [ "$1" -lt 60 ]; then printf '%ds' "$1"; else printf '%dm%02ds' $(($1 / 60)) $(($1 % 60)); fi
}

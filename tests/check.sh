# What tests of scripts share: a folder of their own, steps with a name, and comparisons that say what differed. Sourced.
# shellcheck shell=sh

root=$(dirname -- "$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n_failed=0
NEWSOUTLINE_NVIM=${NEWSOUTLINE_NVIM:-$root/build/nvim-trixie/usr/bin/nvim}
export NEWSOUTLINE_NVIM

step() {
  current=$*
}

failed() {
  n_failed=$((n_failed + 1))
  printf 'FAILED: %s: %s\n' "$current" "$*"
}

is() {
  if [ "$1" != "$2" ]; then failed "found '$1' instead of '$2'"; fi
}

has() {
  case $1 in
    *"$2"*) ;;
    *) failed "no '$2' in: $1" ;;
  esac
}

# Leaves the test without failing it, and says why.
skip() {
  echo "skipped: $*"
  exit 77
}

done_checking() {
  [ "$n_failed" = 0 ] || exit 1
  echo 'all as it should be'
}

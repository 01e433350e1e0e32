#!/bin/sh
# The project's own articles with every quote marked: scores may rise and raise the floor, never fall below it.
set -eu
. "$(dirname -- "$(readlink -f -- "$0")")/../check.sh"

"$root/script/quality" quotes gold >"$work/out" 2>"$work/err" || { cat "$work/err"; exit 1; }
tail -n 1 "$work/out" | tr ' ' '\n' >"$work/scores"

above() {
  step "$1 is at least $2"
  score=$(sed -n "s/^gold_$1=//p" "$work/scores")
  awk -v score="${score:-0}" -v floor="$2" 'BEGIN { exit !(score >= floor) }' || failed "$1 is ${score:-missing}"
}

above found_recall 99
above found_precision 98
above content_exact 96
above cue 97
above speaker_overlap 96
above speaker_exact 92
above name 90

done_checking

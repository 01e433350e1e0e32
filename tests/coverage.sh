#!/bin/sh
# Prints the line coverage of csrc/ that a run of the coverage build left behind: tests/coverage.sh BUILD
# Build-time programs (csrc/tools) do not count: they never run in the editor.
set -eu
build=$1
root=$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")

find "$build" -name '*.gcda' | while read -r data; do
  gcov -n -s "$root" -o "${data%/*}" "$data" 2>/dev/null
done | awk -v root="$root/" '
  /^File / {
    file = substr($0, 7, length($0) - 7)
    if (index(file, root) == 1) file = substr(file, length(root) + 1)
    next
  }
  /^Lines executed:/ && file ~ /^csrc\/.*\.c$/ && file !~ /^csrc\/tools\// {
    split($0, part, /[:% ]+/)              # "Lines executed:85.71% of 35"
    lines = part[5]
    hit = int(part[3] * lines / 100 + 0.5)
    # A source that several programs compile counts once, by its best run.
    if (!(file in n) || hit > covered[file]) { n[file] = lines; covered[file] = hit }
    file = ""
  }
  END {
    for (file in n) printf "%-40s %6d %6d %6.1f %%\n", file, covered[file], n[file], n[file] ? 100 * covered[file] / n[file] : 100 | "sort"
    close("sort")
    for (file in n) { all += n[file]; hits += covered[file] }
    printf "%-40s %6d %6d %6.1f %%\n", "total", hits, all, all ? 100 * hits / all : 0
  }'

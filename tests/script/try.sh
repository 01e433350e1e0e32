#!/bin/sh
# script/try where standard output is no terminal, and script/build's part in it.
set -eu
. "$(dirname -- "$(readlink -f -- "$0")")/../check.sh"

step 'without a file: the sample article'
out=$("$root/script/try" 2>"$work/err")
has "$out" 'Outline'
has "$out" 'Entities'
has "$out" 'Quotes'

step 'with files: each of them'
printf 'First headline\n\nA paragraph about Oslo.\n' >"$work/a.txt"
printf '# Second headline\n\nA paragraph about Rome.\n' >"$work/b.md"
out=$(cd "$work" && "$root/script/try" a.txt b.md)
has "$out" 'First headline'
has "$out" 'Second headline'

step 'a file that is not there: a message, and nothing is started'
code=0
"$root/script/try" "$work/none.txt" >"$work/out" 2>"$work/err" || code=$?
is "$code" 1
has "$(cat "$work/err")" "cannot read $work/none.txt"

done_checking

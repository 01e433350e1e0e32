#!/bin/sh
# The command line: formats, order, standard input, exit codes, and what goes to which stream.
set -eu
. "$(dirname -- "$(readlink -f -- "$0")")/../check.sh"

newsoutline() {
  "$root/script/newsoutline" "$@"
}

# Prints a value of the JSON on standard input: field 'quotes[1].kind' (from 1, as in Lua).
field() {
  "$NEWSOUTLINE_NVIM" -u NONE -i NONE --headless -l /dev/stdin "$1" 3<&0 <<'LUA'
local value = vim.json.decode(io.open('/dev/fd/3'):read('*a'))
for key, index in arg[1]:gmatch('([%w_]+)%[?(%d*)%]?') do
  value = value[key]
  if index ~= '' then
    value = value[tonumber(index)]
  end
end
io.stdout:write(type(value) == 'table' and vim.json.encode(value) or tostring(value), '\n')
LUA
}

cat >"$work/a.txt" <<'TEXT'
Ministers agree on grain

The ministers of nine countries met in Oslo on Friday and agreed on a price for wheat. “We have a deal,” Anna Berg said.

Next steps

They will meet again in May, when the harvest in the south begins and the first ships are to leave the port.
TEXT
printf '# Grain\n\nA paragraph.\n' >"$work/b.md"

step 'one line for each file, in the order given'
newsoutline "$work/b.md" "$work/a.txt" >"$work/out"
is "$(wc -l <"$work/out")" 2
is "$(sed -n 1p "$work/out" | field format)" markdown
is "$(sed -n 2p "$work/out" | field format)" text
is "$(sed -n 2p "$work/out" | field file)" "$work/a.txt"
is "$(sed -n 2p "$work/out" | field schema)" 1

step 'every field of the schema is there, in its order'
is "$(sed -n 2p "$work/out" | grep -o '"schema":.*"format":.*"language":.*"headline":.*"dek":.*"date":.*"modified":.*"bylines":.*"publisher":.*"section":.*"items":.*"blocks":.*"outline":.*"entities":.*"quotes":.*"dates":' | wc -l)" 1

step 'offsets count bytes of the file, BOM and CR included'
printf '\357\273\277Head\r\n\r\nA “quote” stands here.\r\n' >"$work/bom.txt"
newsoutline --format=text "$work/bom.txt" >"$work/out"
from=$(field 'quotes[1].from' <"$work/out") to=$(field 'quotes[1].to' <"$work/out")
is "$(tail -c +"$((from + 1))" "$work/bom.txt" | head -c "$((to - from))")" '“quote”'

step '- is standard input'
newsoutline - <"$work/a.txt" >"$work/out"
is "$(field file <"$work/out")" -
is "$(field 'outline[2].title' <"$work/out")" 'Next steps'

step '--text adds the decoded text, and nothing else does'
is "$(newsoutline --text "$work/a.txt" | field text | tail -n 1 | cut -c 1-27)" 'They will meet again in May'
is "$(newsoutline "$work/a.txt" | field text)" nil

step '--format wins over the extension'
is "$(newsoutline --format=markdown "$work/a.txt" | field format)" markdown

step '--pretty is the same object, on lines that fit'
newsoutline "$work/a.txt" >"$work/line"
newsoutline --pretty "$work/a.txt" >"$work/pretty"
is "$(tr -d ' \n' <"$work/pretty")" "$(tr -d ' \n' <"$work/line")"
has "$(cat "$work/pretty")" '  "format": "text",'

step '--readable names outline and quotes'
has "$(newsoutline --readable "$work/a.txt")" 'Next steps'
has "$(newsoutline --readable "$work/a.txt")" '“We have a deal,”'

step 'works from any folder, through a link, on a name with blanks'
ln -s "$root/script/newsoutline" "$work/link"
cp "$work/a.txt" "$work/with blank.txt"
is "$(cd "$work" && ./link 'with blank.txt' | field file)" 'with blank.txt'

step 'a name that begins with a dash, and one that is no UTF-8'
cp "$work/a.txt" "$work/-a.txt"
is "$(cd "$work" && newsoutline -- -a.txt | field file)" -a.txt
odd=$(printf 'caf\351.txt')
cp "$work/a.txt" "$work/$odd"
is "$(cd "$work" && newsoutline "$odd" | field file)" 'caf�.txt'

step 'bytes that are no text become U+FFFD, the JSON stays valid'
printf 'Head\n\nHe said “a\001\377b\\c” there.\n' >"$work/bad.txt"
newsoutline --format=text "$work/bad.txt" >"$work/out"
"$NEWSOUTLINE_NVIM" -u NONE -i NONE -l /dev/stdin 3<"$work/out" <<'LUA' || failed 'the output is no UTF-8'
local bytes = io.open('/dev/fd/3'):read('*a')
os.exit(vim.iconv(bytes, 'utf-8', 'utf-16le') and not bytes:find('[%z\1-\9]') and 0 or 1)
LUA

step 'a file that cannot be read: a message with its name, the others done, exit 1'
code=0
newsoutline "$work/none.txt" "$work/a.txt" "$work" >"$work/out" 2>"$work/err" || code=$?
is "$code" 1
is "$(wc -l <"$work/out")" 1
has "$(cat "$work/err")" "$work/none.txt: No such file"
has "$(cat "$work/err")" "$work: Is a directory"

step 'a binary file: one message, exit 1'
code=0
head -c 4096 "$NEWSOUTLINE_NVIM" >"$work/binary"
newsoutline "$work/binary" >"$work/out" 2>"$work/err" || code=$?
is "$code" 1
is "$(wc -c <"$work/out")" 0
is "$(wc -l <"$work/err")" 1

step 'an empty file is an article without anything'
: >"$work/empty.txt"
is "$(newsoutline "$work/empty.txt" | field blocks)" '[]'

step 'wrong usage: exit 2, usage on standard error, nothing on standard output'
for wrong in '' '--format=pdf x' '--what x'; do
  code=0
  # shellcheck disable=SC2086
  newsoutline $wrong >"$work/out" 2>"$work/err" || code=$?
  is "$code" 2
  is "$(wc -c <"$work/out")" 0
  has "$(cat "$work/err")" 'usage: newsoutline'
done

step '--help: on standard output, exit 0'
has "$(newsoutline --help)" 'usage: newsoutline'

step 'a thousand files'
for i in 1 2 3 4 5 6 7 8 9 10; do
  for k in 0 1 2 3 4 5 6 7 8 9; do
    cp "$work/a.txt" "$work/many-$i$k.txt"
  done
done
set -- "$work"/many-*.txt
set -- "$@" "$@" "$@" "$@" "$@" "$@" "$@" "$@" "$@" "$@"
is "$(newsoutline "$@" | wc -l)" 1000

step 'one line of 10 MB'
awk 'BEGIN { for (i = 0; i < 250000; i++) printf "the rain went on, and the rivers rose; " }' >"$work/long.txt"
size=$(wc -c <"$work/long.txt")
is "$(newsoutline "$work/long.txt" | field 'blocks[1].to')" "$((size - 1))"

step 'a reader that has enough ends it in peace; a full disk is told'
newsoutline "$work"/many-*.txt 2>"$work/err" | head -n 1 >"$work/out"
is "$(wc -l <"$work/out")" 1
is "$(cat "$work/err")" ''
if [ -w /dev/full ]; then
  code=0
  newsoutline "$work/a.txt" >/dev/full 2>"$work/err" || code=$?
  is "$code" 1
  has "$(cat "$work/err")" 'No space left'
fi

done_checking

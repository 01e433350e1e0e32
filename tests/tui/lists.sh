#!/bin/sh
# The lists and the float about a name in a real terminal: what floats is only there to be seen.
set -eu
. "$(dirname -- "$(readlink -f -- "$0")")/../check.sh"
. "$root/tests/terminal.sh"

cat >"$work/.newsoutline.json" <<'TEXT'
{ "entities": [{ "name": "Ana Ruiz", "type": "person", "aliases": ["Ruiz"] }, { "name": "Norway", "type": "place" }] }
TEXT
cat >"$work/ferry.md" <<'TEXT'
# Council buys the old ferry

The council of a town in Norway bought the old ferry on Monday, and the mayor, Ana Ruiz, went to see it.

Nobody in Norway had asked what it would cost to keep, and Ruiz did not tell them on that day either.
TEXT

terminal_article ferry.md 'vim.g.newsoutline = { keymaps = true }'
terminal_wait 'Council buys the old ferry'

step 'the float tells what a name is'
terminal_keys '3gg' ':call search("Norway")' Enter 'gK'
terminal_wait 'place · 2 mentions'

step 'the entities stand below the article'
terminal_keys ':NewsEntities' Enter
terminal_wait '▸ Ana Ruiz'
terminal_wait 'Entities of ferry.md'

step 'the keys are shown in a float, and go with it'
terminal_keys '?'
terminal_wait 'merge it into another'
terminal_keys 'q'
terminal_wait '▸ Norway'

step 'one key corrects a type, and the title counts it'
terminal_keys '/Norway' Enter 't'
terminal_wait 'Norway is no place but:'
terminal_keys '2' Enter
terminal_wait '1 correction'
terminal_wait 'organization  ✎'

step 'nothing complains, and :q in the article leaves'
terminal_keys ':wincmd p' Enter ':messages' Enter
is "$(terminal_screen | grep -cE 'E[0-9]+:|Error')" 0
terminal_keys Enter ':q' Enter
is "$(terminal_code)" 0

done_checking

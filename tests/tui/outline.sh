#!/bin/sh
# The outline in a real terminal: it follows, filters as one types, previews, shows its keys in a float, and leaves.
set -eu
. "$(dirname -- "$(readlink -f -- "$0")")/../check.sh"
. "$root/tests/terminal.sh"

cat >"$work/ferry.md" <<'TEXT'
# Council buys the old ferry

The council bought the old ferry on Monday.

## The price

Mayor Ana Ruiz said the price was fair after the vote.

## What comes next

The first trip is in June, the harbour master said.
TEXT

terminal_article ferry.md

step 'opens beside the article'
terminal_wait 'Council buys the old ferry'
terminal_keys ':NewsOutline' Enter
terminal_wait 'Entities'
is "$(terminal_screen | grep -c 'What comes next')" 2

step 'filters as one types'
terminal_keys ':NewsOutline open' Enter
terminal_wait ' Outline '
terminal_keys '/comes'
terminal_wait '/comes  1 found'
is "$(terminal_screen | grep -c 'The price')" 1
terminal_keys Enter Escape
terminal_wait 'The price  '

step 'shows its keys in a float'
terminal_keys '?'
terminal_wait 'Keys of the outline'
terminal_wait 'filter as you type'
terminal_keys 'q'

step 'jumps'
terminal_keys 'gg' ']]' ']]' ']]' Enter
terminal_keys ':echo "at" line(".") "of" expand("%:t")' Enter
terminal_wait 'at 9 of ferry.md'

step 'folds the article'
terminal_keys ':NewsOutline fold' Enter 'gg'
terminal_wait '▸ The price  1 paragraph'

step 'nothing complains, and :q in the article leaves the editor'
terminal_keys ':messages' Enter
is "$(terminal_screen | grep -cE 'E[0-9]+:|Error')" 0
terminal_keys Enter ':q' Enter
is "$(terminal_code)" 0

done_checking

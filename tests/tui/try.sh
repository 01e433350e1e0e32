#!/bin/sh
# script/try in a real terminal: article, outline and list of quotes are on the screen, and the keys work.
set -eu
. "$(dirname -- "$(readlink -f -- "$0")")/../check.sh"
. "$root/tests/terminal.sh"

cat >"$work/grain.txt" <<'TEXT'
Ministers agree on grain

By Ruth Vale

OSLO, March 3 (Wire) -- The ministers of nine countries met in Oslo on Friday and agreed on a price. "We have a deal," said Anna Berg, the prime minister.

Next steps

They will meet again in May, when the harvest in the south begins and the first ships leave. "Nobody should expect miracles," Berg said.
TEXT

terminal_start "$root/script/try" "$work/grain.txt"

step 'three windows: the article, its outline, its quotes'
terminal_wait 'Ministers agree on grain'
terminal_wait 'Anna Berg: '
is "$(terminal_screen | grep -c 'Next steps')" 2

step 'the cursor is in the article, and the maps are on'
terminal_keys '0gg' ']"'
terminal_keys ':echo "at" line(".") col(".")' Enter
terminal_wait 'at 5 '

step 'nothing complains'
terminal_keys ':messages' Enter
is "$(terminal_screen | grep -cE 'E[0-9]+:|Error')" 0

step 'leaves with :qa'
terminal_keys Enter ':qa' Enter
is "$(terminal_code)" 0

done_checking

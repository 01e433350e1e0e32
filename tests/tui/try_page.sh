#!/bin/sh
# script/try on a saved page in a real terminal: it is read in the reading view, and the keys work there.
set -eu
. "$(dirname -- "$(readlink -f -- "$0")")/../check.sh"
. "$root/tests/terminal.sh"

terminal_start "$root/script/try" "$root/seeds/bridge-repair.html"

step 'source, reading view, outline and quotes are on the screen'
terminal_wait 'Reading bridge-repair.html'
terminal_wait 'Martin Oakes: '
terminal_wait ' Outline '
terminal_wait 'A free bus will run'

step 'the cursor is in the reading view, and the maps are on'
terminal_keys '0gg' ']"'
terminal_keys ':echo "at" line(".") &filetype' Enter
terminal_wait 'at 6 newsoutline-read'

step 'nothing complains'
terminal_keys ':messages' Enter
is "$(terminal_screen | grep -cE 'E[0-9]+:|Error')" 0

step 'leaves with :qa'
terminal_keys Enter ':qa' Enter
is "$(terminal_code)" 0

done_checking

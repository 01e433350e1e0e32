#!/bin/sh
# The reading view in a real terminal: the page set for reading beside its source, cursors that follow, keys, and leaving.
set -eu
. "$(dirname -- "$(readlink -f -- "$0")")/../check.sh"
. "$root/tests/terminal.sh"

cp "$root/seeds/bridge-repair.html" "$work/bridge.html"

terminal_article bridge.html 'vim.g.newsoutline = { keymaps = true }'
terminal_wait '<!DOCTYPE html>'

step 'the article stands beside the page, decoded and wrapped'
terminal_keys ':NewsRead' Enter
terminal_wait 'Reading bridge.html'
terminal_wait '• A free bus will run'
is "$(terminal_screen | grep -c 'Most read')" 0

step 'the source follows from quote to quote'
terminal_keys 'gg' ']"' ']"'
terminal_keys ':echo "source at" line(".", win_getid(winnr("#")))' Enter
terminal_wait 'source at 24'
terminal_keys 'p'
terminal_wait 'stay where they are'

step '<CR> goes to the very byte'
terminal_keys 'gg' '/death' Enter Enter
terminal_keys ':echo "at" getline(".")[col(".")-1:][:10] "of" expand("%:t")' Enter
terminal_wait 'at death</b> f of bridge.html'

step 'all the text of the page at one key, its keys in a float'
terminal_keys ':NewsRead' Enter 'a'
terminal_wait 'Most read'
terminal_keys '?'
terminal_wait 'Keys of the reading view'
terminal_keys 'q'

step 'q leaves the page, nothing complains, and :q leaves the editor'
terminal_keys 'q'
terminal_keys ':echo "windows" winnr("$")' Enter
terminal_wait 'windows 1'
terminal_keys ':messages' Enter
is "$(terminal_screen | grep -cE 'E[0-9]+:|Error')" 0
terminal_keys Enter ':q' Enter
is "$(terminal_code)" 0

done_checking

# A real terminal for a test: tmux on a socket of its own, driven by keys and read as text. Sourced after check.sh.
# shellcheck shell=sh disable=SC2154

command -v tmux >/dev/null 2>&1 || skip 'tmux is not installed (script/bootstrap --test installs it)'

terminal() {
  tmux -f /dev/null -S "$work/tmux" "$@"
}

# terminal_start COMMAND…: runs a command in a terminal of 120 columns and 40 rows.
terminal_start() {
  trap 'terminal kill-server 2>/dev/null; rm -rf "$work"' EXIT
  # Its configuration, if it has any, stays in the folder of the test.
  # tmux does not always learn the exit code of what it runs: a file tells it.
  # shellcheck disable=SC2016
  terminal new-session -d -x 120 -y 40 -e TERM=screen-256color -e HOME="$work" -e LANG=C.UTF-8 -e LC_ALL=C.UTF-8 \
    sh -c '"$@"; echo $? >"$0"' "$work/code" "$@"
  terminal set-option -g remain-on-exit on
}

# terminal_article FILE [LUA]: a file of the folder of the test in the plugin's Neovim; LUA is run before.
terminal_article() {
  cat >"$work/init.lua" <<TEXT
vim.opt.runtimepath:prepend('$root')
if vim.env.NEWSOUTLINE_BUILD then
  vim.opt.runtimepath:prepend(vim.env.NEWSOUTLINE_BUILD)
end
${2-}
vim.o.shortmess = vim.o.shortmess .. 'I'
TEXT
  terminal_start "$root/script/nvim" -u "$work/init.lua" -i NONE -n "$work/$1"
}

# Keys in tmux's own names: terminal_keys :NewsOutline Enter
terminal_keys() {
  terminal send-keys "$@"
}

terminal_screen() {
  terminal capture-pane -p
}

# terminal_wait TEXT: waits until the screen shows it; fails after ten seconds.
terminal_wait() {
  tries=0
  until terminal_screen | grep -qF -- "$1"; do
    tries=$((tries + 1))
    if [ "$tries" -ge 100 ]; then
      failed "no '$1' on the screen:"
      terminal_screen
      return
    fi
    sleep 0.1
  done
}

# Waits until the command has ended; prints its exit code.
terminal_code() {
  tries=0
  while [ ! -s "$work/code" ] && [ "$tries" -lt 100 ]; do
    tries=$((tries + 1))
    sleep 0.1
  done
  cat "$work/code"
}

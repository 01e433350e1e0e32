#!/bin/sh
# Runs one spec in the Neovim under test: NEWSOUTLINE_NVIM=nvim tests/lua/run.sh tests/lua/NAME_spec.lua
# NEWSOUTLINE_PRELOAD names the sanitizers' libraries where the module was built with them; the editor's own leaks and
# those of its libraries are not ours to count.
set -eu

root=$(dirname -- "$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")")
cd "$root"
nvim=${NEWSOUTLINE_NVIM:-$root/script/nvim}

if [ -n "${NEWSOUTLINE_PRELOAD:-}" ]; then
  export ASAN_OPTIONS=detect_leaks=0
  exec env LD_PRELOAD="$NEWSOUTLINE_PRELOAD" "$nvim" -u NONE -i NONE -n -l tests/lua/run.lua "$@"
fi
exec "$nvim" -u NONE -i NONE -n -l tests/lua/run.lua "$@"

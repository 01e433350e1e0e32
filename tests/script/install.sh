#!/bin/sh
# Installing as README says: plain packages, and vim.pack with README's own lines; both build the module and then work.
set -eu
. "$(dirname -- "$(readlink -f -- "$0")")/../check.sh"

# What git would hand out of this tree as it is now, under a name of its own.
if ! git -C "$root" rev-parse >/dev/null 2>&1; then skip 'this copy is no git checkout'; fi
origin=$work/origin/newsoutline
mkdir -p "$origin"
(cd "$root" && git ls-files --cached --others --exclude-standard -z | xargs -0 tar -c 2>/dev/null) | tar -x -C "$origin"
git() {
  command git -c user.name=test -c user.email=test@example.invalid -c init.defaultBranch=main "$@"
}
(cd "$origin" && git init -q && git add -A && git commit -qm 'As it is') >/dev/null

printf "# Grain deal\n\nThe ministers met in Oslo.\n\n## Next steps\n\nThey meet again in May.\n" >"$work/news.md"

# in_editor HOME INIT NVIM: opens the article as a user with this home and configuration, and prints the outline window.
in_editor() {
  env HOME="$1" XDG_CONFIG_HOME="$1/config" XDG_DATA_HOME="$1/data" XDG_STATE_HOME="$1/state" XDG_CACHE_HOME="$1/cache" \
    "$3" --headless -u "$2" -i NONE -n "$work/news.md" -c 'NewsOutline open' \
    -c 'lua vim.wait(3000, function() return vim.fn.search("Next steps", "nw") > 0 end)' -c '%print' -c 'qall!' 2>&1
}

step 'plain packages'
home=$work/plain
package=$home/data/nvim/site/pack/news/start/newsoutline
git clone -q "$origin" "$package"
is "$(in_editor "$home" NORC "$NEWSOUTLINE_NVIM" | grep -c 'script/build')" 1
"$package/script/build" 2>"$work/err" || failed "$(cat "$work/err")"
has "$(in_editor "$home" NORC "$NEWSOUTLINE_NVIM")" 'Next steps'
is "$(cd "$package" && git status --porcelain)" ''

step 'a second build has nothing to do and leaves the module alone'
before=$(ls -l --time-style=full-iso "$package/lua/newsoutline/core.so")
"$package/script/build" 2>"$work/err"
is "$(cat "$work/err")" ''
is "$(ls -l --time-style=full-iso "$package/lua/newsoutline/core.so")" "$before"

step 'vim.pack, with the lines of README'
new=${NEWSOUTLINE_NEW_NVIM:-$NEWSOUTLINE_NVIM}
if [ "$("$new" -u NONE --headless -c 'lua io.stdout:write(vim.fn.has("nvim-0.12"))' -c q)" = 1 ]; then
  home=$work/pack
  mkdir -p "$home"
  {
    echo 'vim.fn.confirm = function() return 1 end'
    awk '/^```lua/ { block = ""; inside = 1; next } /^```/ { if (block ~ /PackChanged/) printf "%s", block; inside = 0 }
      inside { block = block $0 "\n" }' "$root/README.md" | sed "s|…/newsoutline|file://$origin|"
  } >"$home/init.lua"
  has "$(cat "$home/init.lua")" 'vim.pack.add'
  has "$(in_editor "$home" "$home/init.lua" "$new")" 'Next steps'
else
  echo 'skipped: vim.pack needs Neovim 0.12'
fi

done_checking

#!/bin/sh
# Checks the tree with one linter: tests/lint.sh clang-format|clang-tidy|luacheck|stylua|shellcheck
set -eu

root=$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")
cd "$root"
tool=$1

case $tool in
  stylua) PATH=$PATH:$root/build/stylua/node_modules/.bin ;;
esac
if ! command -v "$tool" >/dev/null 2>&1; then
  echo "skipped: $tool is not installed (script/bootstrap --test installs it)"
  exit 77
fi

# Files of the project: those git knows and new ones, or, in a copy without git, all that are there.
files() {
  { git ls-files --cached --others --exclude-standard -- "$@" 2>/dev/null || find . -path "${1%%/*}*" -name "${1##*/}"; } |
    while read -r file; do
      # A file that was deleted but not yet committed is no file of the project.
      if [ -f "$file" ]; then echo "$file"; fi
    done
}

case $tool in
  clang-format) files '*.c' '*.h' | xargs clang-format --dry-run --Werror ;;
  clang-tidy)
    # A file that passed is not read again before it, a header or the list of checks has changed.
    build=${NEWSOUTLINE_BUILD:-$root/build/dev}
    mkdir -p "$build/tidy"
    export build
    newest=$(files '*.h' .clang-tidy CMakeLists.txt | xargs ls -t | head -n 1)
    # shellcheck disable=SC2016
    files 'csrc/*.c' | while read -r file; do
      stamp=$build/tidy/$(echo "$file" | tr / _)
      if [ ! -f "$stamp" ] || [ -n "$(find "$file" "$newest" -newer "$stamp")" ]; then echo "$file"; fi
    done | xargs -n 1 -P "${CTEST_PARALLEL_LEVEL:-2}" sh -c '
      clang-tidy --quiet -p "$build" "$1" 2>/dev/null && : >"$build/tidy/$(echo "$1" | tr / _)"' tidy
    ;;
  luacheck) files '*.lua' | xargs luacheck --quiet ;;
  stylua) files '*.lua' | xargs stylua --check ;;
  shellcheck) { files 'script/*' | xargs grep -lI '^#!/bin/sh\|shellcheck shell=sh'; files '*.sh' '.ci/run'; } | sort -u | xargs shellcheck ;;
esac

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
    files 'csrc/*.c' | xargs -n 4 -P "${CTEST_PARALLEL_LEVEL:-2}" clang-tidy --quiet -p "${NEWSOUTLINE_BUILD:-build/dev}"
    ;;
  luacheck) files '*.lua' | xargs luacheck --quiet ;;
  stylua) files '*.lua' | xargs stylua --check ;;
  shellcheck) { files 'script/*' | xargs grep -lI '^#!/bin/sh\|shellcheck shell=sh'; files '*.sh' '.ci/run'; } | sort -u | xargs shellcheck ;;
esac

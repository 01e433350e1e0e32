# What every script here shares: where things are, and how a script speaks. Sourced, never run.
# shellcheck shell=sh disable=SC2034

root=$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")
build=$root/build

# Results alone go to standard output; what a script is doing goes to standard error, one line a step.
say() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
}

fail() {
  say "$*"
  exit 1
}

have() {
  command -v "$1" >/dev/null 2>&1
}

# Runs a command that talks a lot: its output goes to a log, and is shown only where the command fails.
quietly() {
  log=$1
  shift
  mkdir -p "${log%/*}"
  if ! "$@" >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    return 1
  fi
}

# The C module where the plugin finds it.
core=$root/lua/newsoutline/core.so

# Built, and from these very sources?
core_is_fresh() {
  [ -f "$core" ] && [ -z "$(find "$root/csrc" "$root/CMakeLists.txt" -newer "$core" -print 2>/dev/null | head -n 1)" ]
}

# cmake_build PRESET [CMAKE OPTION…]: configures and builds build/PRESET, showing the output only where that fails.
cmake_build() {
  preset=$1
  shift
  if [ -z "${CMAKE_GENERATOR:-}" ] && have ninja && [ ! -f "$build/$preset/CMakeCache.txt" ]; then
    export CMAKE_GENERATOR=Ninja
  fi
  (
    cd "$root" || exit 1
    quietly "$build/log/$preset-configure" cmake --preset "$preset" "$@" || exit 1
    quietly "$build/log/$preset-build" cmake --build --preset "$preset" --parallel "$(cores)" || exit 1
  )
}

cores() {
  nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2
}

# Finds a Neovim that is new enough, or unpacks a private copy from Debian's archive. Sourced after project.sh.
# shellcheck shell=sh disable=SC2154

# shellcheck source=archive.sh
. "$root/script/archive.sh"

# The oldest Neovim that the plugin supports, and the suite of Debian that carries it.
neovim_floor='0.10'
neovim_suite=trixie

# neovim_version NVIM: prints "0.10.4"; fails where it does not run.
neovim_version() {
  "$1" --version 2>/dev/null </dev/null | sed -n '1s/^NVIM v\([0-9][0-9.]*\).*/\1/p' | grep .
}

# neovim_is_new_enough NVIM
neovim_is_new_enough() {
  neovim_version "$1" | awk -F. -v floor="$neovim_floor" '{
    split(floor, f, "."); exit !($1 > f[1] || ($1 == f[1] && $2 >= f[2])) }'
}

# The private copy of a suite, whether it is there or not.
neovim_private() {
  printf '%s\n' "$build/nvim-$1/usr/bin/nvim"
}

# neovim_find: prints a Neovim that is new enough: the one named by $NEWSOUTLINE_NVIM, the system's, or a private copy.
neovim_find() {
  if [ -n "${NEWSOUTLINE_NVIM:-}" ]; then
    neovim_is_new_enough "$NEWSOUTLINE_NVIM" ||
      fail "NEWSOUTLINE_NVIM=$NEWSOUTLINE_NVIM does not run or is older than $neovim_floor"
    printf '%s\n' "$NEWSOUTLINE_NVIM"
  elif have nvim && neovim_is_new_enough nvim; then
    command -v nvim
  else
    neovim_get "$neovim_suite" ||
      fail "please install Neovim $neovim_floor or newer and put it on PATH, or name it in NEWSOUTLINE_NVIM"
  fi
}

# neovim_get SUITE: prints the private copy of a suite, fetched first where it is not there.
neovim_get() {
  # The copy names its loader by an absolute path, so it does not run where its folder was moved; it says where it is.
  if [ "$(cat "$build/nvim-$1/place" 2>/dev/null)" != "$build/nvim-$1" ]; then
    neovim_fetch "$1" >&2 || return 1
  fi
  neovim_private "$1"
}

# neovim_fetch SUITE: unpacks the suite's Neovim with all its libraries, the loader included, under build/nvim-SUITE.
# Nothing outside build/ changes: apt-get works on a private state in which no package is installed. Ubuntu's archive has
# none of Debian's suites; its newest takes their place.
neovim_fetch() {
  wanted=$1
  home=$build/nvim-$wanted
  archive=$(apt_archive)
  case $archive in
    'debian '*) suite=$wanted components=main ;;
    'ubuntu '*) suite=devel components='main universe' ;;
    *)
      say "cannot fetch a private Neovim: there is no Debian archive in apt's configuration"
      return 1
      ;;
  esac
  say "fetching a private Neovim (${archive%% *} $suite) into build/nvim-$wanted"
  mkdir -p "$build"
  work=$(mktemp -d "$build/nvim-$wanted.XXXXXX")
  if neovim_unpack >"$work/log" 2>&1; then
    rm -rf "$home"
    # Where another script was faster, its copy stands and this one goes.
    mv -T "$work/root" "$home" 2>/dev/null || true
    rm -rf "$work"
    neovim_version "$(neovim_private "$wanted")" >/dev/null && return 0
    say "the private Neovim in $home does not run on this machine"
    return 1
  fi
  tail -n 5 "$work/log" >&2
  rm -rf "$work"
  say "cannot fetch the Neovim of ${archive%% *} $suite: is the archive that apt is configured for within reach?"
  return 1
}

# The work of neovim_fetch, with its variables. The caller tests the exit code, which switches `set -e` off, so each step
# says what a failure does.
neovim_unpack() (
  mkdir -p "$work/root" || exit 1
  # shellcheck disable=SC2086
  archive_open deb "$suite" $components || exit 1
  archive_fetch install --download-only neovim patchelf libc-bin || exit 1
  for package in "$work"/cache/archives/*.deb; do
    # A pipe's exit code is tar's, which complains of a stream that was cut.
    dpkg-deb --fsys-tarfile "$package" | tar -x -C "$work/root" || exit 1
  done

  cd "$work/root" || exit 1
  libraries=$(find . -name libc.so.6 | sed 's|^\./||; s|/libc.so.6$||' | head -n 1)
  # The loader that lies beside libc: the one in lib64 may be a link that leads out of the private tree.
  loader=$(find "$libraries" -name 'ld-linux*.so.*' | head -n 1)
  [ -n "$loader" ] || exit 1
  # --force-rpath: what a loaded module needs must come from the private libc's folder first.
  "./$loader" --library-path "$libraries" usr/bin/patchelf \
    --set-interpreter "$home/$loader" --force-rpath --set-rpath "$home/$libraries" usr/bin/nvim || exit 1
  printf '%s\n' "$home" >place
  # Of no use here, and half the files.
  rm -rf usr/share/doc usr/share/man usr/share/locale
)

# run_measure FOLDER [NAME [ARGUMENT…]]: runs tests/FOLDER/NAME.lua, or every script there, on the release build.
run_measure() {
  folder=$root/tests/$1
  shift
  "$root/script/build"
  nvim=$(neovim_find)
  export NEWSOUTLINE_ROOT="$root" NEWSOUTLINE_SHARED="${NEWSOUTLINE_SHARED:-$root/../shared}"
  if [ $# -gt 0 ]; then
    name=$1
    shift
    if [ ! -f "$folder/$name.lua" ]; then
      say "no measure '$name'; there are: $(cd "$folder" && echo *.lua | sed 's/\.lua//g')"
      exit 2
    fi
    exec "$nvim" -u NONE -i NONE -n --cmd "set runtimepath^=$root" -l "$folder/$name.lua" "$@"
  fi
  for measure in "$folder"/*.lua; do
    say "${measure##*/}"
    "$nvim" -u NONE -i NONE -n --cmd "set runtimepath^=$root" -l "$measure"
  done
}

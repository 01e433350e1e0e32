#!/bin/sh
# Which Neovim script/nvim takes: the system's where it is new enough, else a private copy; what it says where neither is.
set -eu
. "$(dirname -- "$(readlink -f -- "$0")")/../check.sh"

mkdir "$work/bin" "$work/copy"
cp -R "$root/script" "$work/copy/script"

# stub NAME: a command whose code is on standard input.
stub() {
  { echo '#!/bin/sh'; cat; } >"$work/bin/$1"
  chmod +x "$work/bin/$1"
}

neovim() {
  stub nvim <<SH
if [ "\$1" = --version ]; then echo 'NVIM $1'; else echo "system \$*"; fi
SH
}

# Runs script/nvim of the copy with the stubs first on PATH.
run() {
  code=0
  env -u NEWSOUTLINE_NVIM PATH="$work/bin:$PATH" "$work/copy/script/nvim" "$@" >"$work/out" 2>"$work/err" || code=$?
}

stub apt-get <<'SH'
exit 0
SH

step "the system's, where it is 0.10 or newer"
for version in v0.10.0 v0.10.4-dev+g12ab v0.12.4 v1.0.0; do
  neovim "$version"
  run a 'b c'
  is "$(cat "$work/out")" 'system a b c'
  is "$(cat "$work/err")" ''
done

step 'an old one and no archive to fetch from: what to do, exit 1'
neovim v0.9.5
run
is "$code" 1
has "$(cat "$work/err")" "no Debian archive in apt's configuration"
has "$(cat "$work/err")" 'install Neovim 0.10 or newer'

if command -v dpkg-deb >/dev/null 2>&1; then
  step 'an archive out of reach: says so, exit 1, leaves nothing half done'
  stub apt-get <<'SH'
case $1 in
  indextargets) echo 'file:///nowhere/debian' ;;
  *) echo 'E: Failed to fetch it' >&2; exit 100 ;;
esac
SH
  run
  is "$code" 1
  has "$(cat "$work/err")" 'E: Failed to fetch it'
  has "$(cat "$work/err")" 'within reach'
  is "$(ls "$work/copy/build")" ''
fi

step 'NEWSOUTLINE_NVIM names one, and is told where it is too old'
code=0
NEWSOUTLINE_NVIM="$work/bin/nvim" "$work/copy/script/nvim" x >"$work/out" 2>"$work/err" || code=$?
is "$code" 1
has "$(cat "$work/err")" 'is older than 0.10'
neovim v0.11.2
is "$(NEWSOUTLINE_NVIM="$work/bin/nvim" "$work/copy/script/nvim" x)" 'system x'

done_checking

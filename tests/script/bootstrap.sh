#!/bin/sh
# script/bootstrap with stub package managers: what it would install, with whose rights, and when nothing.
set -eu
. "$(dirname -- "$(readlink -f -- "$0")")/../check.sh"

# A PATH with the plain tools alone, so that nothing of this machine counts as installed.
mkdir "$work/bin"
for tool in sh cat dirname env find grep head id mkdir readlink rm sed tail tr uname; do
  ln -s "$(command -v "$tool")" "$work/bin/$tool"
done

# stub NAME CODE-LINE…: a command that notes how it was called, then runs the code.
stub() {
  name=$1
  shift
  {
    printf '#!/bin/sh\n[ "$*" = -dumpversion ] || echo "%s $*" >>"%s/calls"\n' "$name" "$work"
    printf '%s\n' "$@"
  } >"$work/bin/$name"
  chmod +x "$work/bin/$name"
}

# Runs bootstrap of a copy of the scripts (so that its logs stay out of this tree), as the user whose number is $user.
mkdir "$work/copy"
cp -R "$root/script" "$work/copy/script"
user=0
bootstrap() {
  : >"$work/calls"
  rm -f "$work/bin/id"
  printf '#!/bin/sh\necho %s\n' "$user" >"$work/bin/id"
  chmod +x "$work/bin/id"
  code=0
  env -i PATH="$work/bin" HOME="$work" "$work/copy/script/bootstrap" "$@" >"$work/out" 2>&1 || code=$?
}

step 'apt: all that a build needs, in one call; no Neovim, which script/nvim brings'
stub apt-get
bootstrap
is "$code" 0
is "$(cat "$work/calls")" \
  'apt-get install -y --no-install-recommends gcc libc6-dev cmake make libxml2-dev libluajit-5.1-dev'
is "$(wc -l <"$work/out")" 1
has "$(cat "$work/out")" 'installing with apt: gcc'

step 'apt with lists that are empty or old: they are read anew, once'
stub apt-get "case \$1 in update) : >'$work/updated' ;; *) [ -f '$work/updated' ] ;; esac"
bootstrap
is "$code" 0
is "$(cut -d' ' -f2 "$work/calls" | tr '\n' ' ')" 'install update install '

step 'a manager that fails: its words, a message, exit 1'
stub apt-get 'echo no such package; exit 100'
bootstrap
is "$code" 1
has "$(cat "$work/out")" 'no such package'
has "$(cat "$work/out")" 'could not install: gcc'
rm "$work/bin/apt-get"

step 'sudo only where the user is not root'
stub dnf
stub sudo 'shift; shift; exec "$@"'
user=1000
bootstrap
is "$code" 0
is "$(grep -c '^sudo' "$work/calls")" 1
user=0
bootstrap
is "$(cat "$work/calls")" 'dnf install -y gcc glibc-devel cmake make libxml2-devel luajit-devel neovim'

step 'neither root nor sudo: says what to run'
rm "$work/bin/sudo"
user=1000
bootstrap
is "$code" 1
has "$(cat "$work/out")" 'run as root: dnf install -y gcc'
is "$(cat "$work/calls")" ''
user=0
rm "$work/bin/dnf"

step 'pacman, apk and brew'
stub pacman
bootstrap
is "$(cat "$work/calls")" 'pacman -S --needed --noconfirm gcc glibc cmake make libxml2 luajit neovim'
rm "$work/bin/pacman"
stub apk
bootstrap
is "$(cat "$work/calls")" 'apk add gcc musl-dev cmake make libxml2-dev luajit-dev neovim'
rm "$work/bin/apk"
# shellcheck disable=SC2016
stub brew 'if [ "$1" = --prefix ]; then echo /nowhere; fi'
user=1000
bootstrap
is "$(grep -v prefix "$work/calls")" 'brew install cmake libxml2 luajit neovim'
has "$(cat "$work/out")" 'by hand, since brew has no package of them: a C compiler'
user=0
rm "$work/bin/brew"

step 'no manager that it knows: names what is missing'
bootstrap
has "$(cat "$work/out")" 'install by hand: a C compiler, libc headers, CMake, make, libxml2 headers, LuaJIT headers'

step '--check installs nothing and exits 1'
stub apt-get
bootstrap --check
is "$code" 1
is "$(cat "$work/calls")" ''
has "$(cat "$work/out")" 'missing: a C compiler'
has "$(cat "$work/out")" 'Install with: apt-get install -y --no-install-recommends gcc'

step 'one header missing: its package alone'
stub cc "! grep -q luajit.h"
stub cmake
stub make
bootstrap --check
has "$(cat "$work/out")" 'missing: LuaJIT headers. Install with: apt-get install -y --no-install-recommends libluajit-5.1-dev'

step 'nothing missing: no call, no word'
stub cc 'cat >/dev/null'
bootstrap
is "$code" 0
is "$(grep -v '^cc' "$work/calls")" ''
is "$(cat "$work/out")" ''
bootstrap --check
is "$code" 0

step '--test adds what the tests need, and stylua by npm under build/'
stub npm
bootstrap --test
has "$(cat "$work/calls")" ' lua-busted lua-check tmux clang '
has "$(cat "$work/calls")" "npm install --no-audit --no-fund --no-save --prefix $work/copy/build/stylua"

step 'wrong usage: exit 2'
bootstrap --what
is "$code" 2

done_checking

# Fetches from Debian's archive, or Ubuntu's, without touching what is installed. Sourced after project.sh.
# shellcheck shell=sh disable=SC2154

# apt_archive: prints "debian SITE" or "ubuntu SITE", as this machine's own apt configuration has it, or nothing.
apt_archive() {
  have apt-get && have dpkg-deb || return 0
  distribution=$(sed -n 's/^ID=//p' /etc/os-release 2>/dev/null | tr -d '"')
  # Without --no-release-info nothing is printed where the package lists are empty.
  # shellcheck disable=SC2016
  apt-get indextargets --no-release-info --format '$(SITE)' 'Created-By: Packages' 'Component: main' 2>/dev/null |
    awk -v distribution="$distribution" '
      { sub(/\/$/, "") }
      /security/ { next }                            # holds no whole suite
      /\/debian$/ { print "debian", $0; exit }
      /\/ubuntu(-ports)?$/ { print "ubuntu", $0; exit }
      distribution ~ /^(debian|ubuntu)$/ { print distribution, $0; exit }   # a mirror with a name of its own'
}

# archive_open TYPE SUITE COMPONENT…: makes an apt state of its own in $work, in which no package is installed, for
# TYPE deb or deb-src of $archive.
archive_open() {
  type=$1
  shift
  options="arch=$(dpkg --print-architecture)"
  keys=/usr/share/keyrings/${archive%% *}-archive-keyring.gpg
  if [ -f "$keys" ]; then options="$options signed-by=$keys"; fi
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial" || return 1
  printf '%s [%s] %s %s\n' "$type" "$options" "${archive#* }" "$*" >"$work/sources.list"
  : >"$work/status"
  archive_fetch update
}

# archive_fetch ARGUMENT…: apt-get in that state.
archive_fetch() {
  apt-get -qq -y -o Dir::State="$work" -o Dir::State::Lists="$work/lists" -o Dir::State::status="$work/status" \
    -o Dir::Cache="$work/cache" -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null -o APT::Sandbox::User= \
    -o Debug::NoLocking=1 -o APT::Install-Recommends=0 -o Acquire::Languages=none -o Acquire::Retries=2 \
    -o Acquire::http::Timeout=30 -o APT::Update::Error-Mode=any "$@"
}

#!/bin/sh
# Two versions of libxml2, the system's and the newest of Debian's archive, give the same blocks and metadata.
set -eu
. "$(dirname -- "$(readlink -f -- "$0")")/../check.sh"

system=$NEWSOUTLINE_BUILD/tests/print_analysis
if ! newest=$("$root/script/libxml2" 2>"$work/err"); then
  skip "$(cat "$work/err")"
fi

# compare FILE…: both print the same.
compare() {
  "$system" "$@" >"$work/system"
  "$newest" "$@" >"$work/newest"
  cmp -s "$work/system" "$work/newest" && return
  failed "$(diff "$work/system" "$work/newest" | cut -c 1-160 | head -n 20)"
}

step 'samples and what fuzzing found'
compare "$root"/seeds/* "$root"/tests/fuzz/corpus/html/* "$root"/tests/fuzz/corpus/xml/*

step 'what the two make different trees of: title, textarea, CDATA, declarations, references to C1'
printf '%s' '<!DOCTYPE html><title>A <b>title</title><body><h1>Ferry stays</h1><textarea><p>no</p></textarea><!bad>' \
  '<p>The ferry will stay &#147;for now&#148;, <![CDATA[the council]]> said on Monday after a long debate.</p>' \
  '<script>var a = "</p>"; b = "<p>no</p>";</script><p>It was not clear who would pay for the new engines.</p>' \
  >"$work/odd.html"
compare "$work/odd.html"

pages=${NEWSOUTLINE_SHARED:-$root/../shared}/data/html
if [ -d "$pages/wcxb/html" ]; then
  # Where tags are not closed or attributes are broken, the two make different trees of a page now and then.
  step 'the development pages, but one in two hundred'
  mkdir "$work/pages"
  for page in "$pages"/wcxb/html/*.html.gz; do
    name=${page##*/}
    gzip -dc "$page" >"$work/pages/${name%.gz}"
  done
  for page in "$pages"/readability/test-pages/*/source.html; do
    name=${page%/source.html}
    cp "$page" "$work/pages/${name##*/}.html"
  done
  "$system" "$work"/pages/*.html >"$work/system"
  "$newest" "$work"/pages/*.html >"$work/newest"
  # The name of a page stands at the start of a line, what was found in it does not.
  differing=$(
    for version in system newest; do
      awk -v version="$version" '/^[^ ]/ { page = $0 } { print page "\t" $0 > (FILENAME "." version) }' "$work/$version"
      sort -o "$work/$version.$version" "$work/$version.$version"
    done
    comm -3 "$work/system.system" "$work/newest.newest" | sed 's/^\t//' | cut -f 1 | sort -u
  )
  n_pages=$(find "$work/pages" -type f | wc -l)
  n_differing=$(printf '%s' "$differing" | grep -c . || true)
  echo "$n_differing of $n_pages pages differ: $(printf '%s' "$differing" | tr '\n' ' ')"
  if [ $((n_differing * 200)) -gt "$n_pages" ]; then failed 'too many pages differ'; fi
fi

done_checking

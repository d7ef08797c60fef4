#!/usr/bin/env bash
# calc/library.map lists the functions that the public headers declare, each
# once, in order: what is missing there cannot be linked with, what is too much
# was promised by mistake. And <shokan/shokan.h> has every header.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

map=calc/library.map
[ -f $map ] || { echo "exports.sh: skipped, no $map"; exit 77; }
listed=$(grep -nE '^[[:space:]]+shk_' $map)
names=$(sed -E 's/^[0-9]+:[[:space:]]*(.*);$/\1/' <<<"$listed")
declared=$(bash "$(dirname "${BASH_SOURCE[0]}")/../embed/declared" .)
findings_from < <(comm -13 <(sort -u <<<"$names") <(echo "$declared") |
	sed "s|.*|$map:1: & is declared and not listed; add it to the newest block|")
while IFS= read -r name; do
	line=$(grep -wm1 "$name" <<<"$listed")
	finding "$map:${line%%:*}: $name is in no public header;" \
		"take it out if no release had it, else declare it again"
done < <(comm -23 <(sort -u <<<"$names") <(echo "$declared"))
findings_from < <(sort <<<"$names" | uniq -d |
	sed "s|.*|$map:1: & is listed twice|")
# in order inside of a block, so that two changes rarely meet in one line
findings_from < <(awk -v map=$map '/^[[:space:]]*SHOKAN_/ { last = "" }
	/^[[:space:]]+shk_/ { if ($1 < last) print map ":" NR ": " $1 \
		" is not in byte order"; last = $1 }' $map)
for header in include/shokan/*.h; do
	name=${header#include/}
	[ "$name" = shokan/shokan.h ] || [ ! -f include/shokan/shokan.h ] ||
		grep -q "<$name>" include/shokan/shokan.h ||
		finding "$header:1: <shokan/shokan.h> does not include it"
done
finish

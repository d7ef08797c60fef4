#!/usr/bin/env bash
# The mutation of the law, a sample of it (all of it: tests/long/mutation): the
# rules agree with every row, each kind of mutant is made, each mutant of the
# sample is noticed or explained, and a reason that is stale is found.
. "$(dirname "${BASH_SOURCE[0]}")/../cli/lib.bash"
mutate=$BUILD/tests/mutation/mutate
[ -x "$mutate" ] || { echo "no program at $mutate; build it first"; exit 1; }

mkdir "$work/list" "$work/sample" "$work/stale"
"$mutate" -l "$SOURCE" "$work/list" >"$work/mutants"
same "the rules agree with the rows" 0 $?
same "kinds" "arithmetic bracket close comparator day extreme logic number open \
rounding row truth word words" \
	"$(awk '$1 == "mutant:" { for (i = 4; i <= NF; i++)
		if ($i ~ /^[0-9]+$/) { print $(i + 1); next } }' "$work/mutants" |
	sort -u | tr '\n' ' ' | sed 's/ $//')"
same "names that are not unique" "" \
	"$(cut -d: -f5- "$work/mutants" | grep '^ r' | sort | uniq -d)"
same "at least 4000 mutants" yes \
	"$([ "$(grep -c ^mutant: "$work/mutants")" -ge 4000 ] && echo yes)"

"$mutate" -n 40 -t 6 "$SOURCE" "$work/sample" >"$work/out"
same "the sample: $(grep -E '^(survivor|explained,)' "$work/out" | head -n 3)" \
	0 $?
grep -q '^mutants of the law: [1-9]' "$work/out" ||
	same "a sample" "at least one mutant" none

point='r8/points_from_price.dmn material_points_text'
printf '%s\t%s\n' "$point 9 number 10 > 9" "a reason, but a row kills it" \
	"$point 9 number 10 > 8" "a reason, but no such mutant" >"$work/reasons"
said="mutate -x"
"$mutate" -x "$work/reasons" -o "$point" "$SOURCE" "$work/stale" >"$work/out"
same "stale reasons are found" 1 $?
has out "explained, but killed: rules/r8/points_from_price.dmn:"
has out "explained, but no such mutant: $point 9 number 10 > 8"
has out "0 explained, 0 survive, 2 stale reasons"
finish

#!/usr/bin/env bash
# Progress: on a terminal only, never in the output, gone before a message and
# at the end.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
command -v script >/dev/null || { echo "skipped, no script"; exit 77; }
rare="--revision r8 --decision rare_disease_coefficient --format csv"
header="id,orphan_designated,indication_aid,annual_tests,base_points"

# until the command runs for a second; it doubles what there is to do
lines=1000
while :; do
	awk -v n=$lines -v h="$header" 'BEGIN {
		print h
		for (i = 0; i < n; i++)
			printf "P%d,true,%s,,%d\n", i, i % 2 ? "true" : "",
				100 + i
		print "X,true,true,8oo,100"
	}' >"$work/in.csv"
	begun=$(date +%s%N)
	run 4 price $rare "$work/in.csv"
	[ $(($(date +%s%N) - begun)) -gt 1500000000 ] && break
	lines=$((lines * 2))
done
cp "$work/out" "$work/want.csv"
lacks err records,

# Standard error is a terminal, standard output a file.
terminal() # REDIRECTION ARGUMENTS...
{
	local redirection=$1
	shift
	said="on a terminal: $*"
	script -qec "'$SHOKAN' $* $redirection" /dev/null </dev/null |
		tr -d '\n' | tr '\r' '\n' >"$work/screen"
}
terminal ">'$work/got.csv'" price $rare "'$work/in.csv'"
cmp -s "$work/got.csv" "$work/want.csv" && ok || fail "progress in the output"
grep -qE '^[0-9]+ records, [0-9]+/s' "$work/screen" && ok ||
	fail "no progress: $(head -c 200 "$work/screen")"
# each line is wiped with blanks before the next thing is said
awk '/^[0-9]+ records/ { wide = length($0); next }
	wide { if (length($0) < wide || /[^ ]/) bad++; wide = 0 }
	END { exit bad || wide }' "$work/screen" && ok ||
	fail "a line of progress stays: $(head -c 400 "$work/screen")"
grep -q '^.*in.csv:.*annual_tests' "$work/screen" && ok ||
	fail "the message is not there"

# Results on the terminal: nothing between them. No terminal: nothing at all.
terminal "" price $rare "'$work/in.csv'"
grep -q 'records, ' "$work/screen" && fail "progress between results" || ok
terminal "2>'$work/err' >'$work/got.csv'" price $rare "'$work/in.csv'"
grep -q 'records, ' "$work/err" && fail "progress in a file" || ok

# The products of a store: their number is known, so is the time that is left.
sed -i '$d' "$work/in.csv"
run 0 import --store "$work/a.store" "$work/in.csv"
terminal "" batch --store "'$work/a.store'" --quiet $rare
grep -qE '^[0-9]+ records, [0-9]+/s, [0-9]+:[0-9]{2}:[0-9]{2} left' \
	"$work/screen" && ok || fail "no time left: $(head -c 200 "$work/screen")"
finish

#!/usr/bin/env bash
# Every fuzz target has kept inputs that the tests play, and nothing is kept
# that no test plays: sources, folders of corpus/, the list of targets in
# CMakeLists.txt, that of run and the tables of README.md name the same.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

at=tests/fuzz
[ -d $at ] || finish

# The words between a line that begins with $2 and the next `)`.
list() # FILE BEGINNING
{
	[ ! -f "$1" ] || awk -v begin="$2" 'index($0, begin) == 1 {
		inside = 1
		$0 = substr($0, length(begin) + 1)
	}
	inside { line = $0; sub(/\).*/, "", line); print line }
	inside && /\)/ { exit }' "$1" | tr -s ' \t' '\n' | grep . | sort
}

listed=$(list $at/CMakeLists.txt 'set(fuzz_targets ')
runs=$(list $at/run 'all=(')
kept=$(find $at/corpus -mindepth 2 -type f 2>/dev/null | cut -d / -f 4 | sort -u)
written=$(grep -l '^int LLVMFuzzerTestOneInput' $at/*.c 2>/dev/null |
	sed 's|.*/\(.*\)\.c$|\1|' | sort)

# What $3 has and $4 has not.
lacks() # WHERE WHAT HAS HAS
{
	comm -23 <(echo "$3" | grep .) <(echo "$4" | grep .) |
		sed "s|^\(.*\)\$|$1: $2|"
}

findings_from < <(
	lacks "$at/corpus/\1" 'no test plays it; add \1 to fuzz_targets' \
		"$kept" "$listed"
	lacks "$at/\1.c" 'it is no target; add it to fuzz_targets' \
		"$written" "$listed"
	lacks "$at/CMakeLists.txt" 'no input is kept in corpus/\1; add one' \
		"$listed" "$kept"
	lacks "$at/run" '\1 is missing; add it' "$listed" "$runs"
	lacks "$at/run" '\1 is no target; mend it' "$runs" "$listed"
	for target in $listed; do
		[ "$(grep -c "^|.*\`$target\`.*|" $at/README.md 2>/dev/null)" = 2 ] ||
			echo "$at/README.md: not a row for $target in both tables; add it"
	done
)
finish

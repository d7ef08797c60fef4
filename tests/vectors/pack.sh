#!/usr/bin/env bash
# Everything that the other scripts of this folder hold of the folder of rules
# they hold of its pack; and every example under every decision and revision
# has the same bytes from both, steps and citations included.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
SOURCE=${SOURCE:-$(cd "$here/../.." && pwd)}
SHOKAN=${SHOKAN:-$SOURCE/build/dev/shokan}
SHARED=${SHARED:-$SOURCE/../shared}
BUILD=${BUILD:-$(dirname "$SHOKAN")}
export SOURCE SHOKAN SHARED BUILD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pack=$work/book.pack
failed=0
compared=0

"$SHOKAN" rules pack "$pack" --rules "$SOURCE/rules" || exit 1
cd "$SOURCE/fixtures" || exit 2
decisions=$("$SHOKAN" rules list | sed -n 's/^[0-9.]\+ \+\([a-z_]\+\) .*/\1/p')
for decision in $decisions; do
	for when in "--revision r6" "--as-of 2026-06-02" ""; do
		for from in "$SOURCE/rules" "$pack"; do
			"$SHOKAN" price --decision "$decision" $when --steps \
				--format json --rules "$from" products/*.* \
				>"$work/$(basename "$from").out" 2>&1
			echo "status $?" >>"$work/$(basename "$from").out"
		done
		if cmp -s "$work/rules.out" "$work/book.pack.out"; then
			compared=$((compared + 1))
		else
			echo "FAIL $decision $when"
			diff "$work/rules.out" "$work/book.pack.out" | cut -c 1-300 |
				head -n 4
			failed=$((failed + 1))
		fi
	done
done

export SHOKAN_RULES=$pack
for script in run readme cases; do
	bash "$here/$script.sh" >"$work/said" 2>&1
	status=$?
	tail -n 1 "$work/said"
	if [ $status != 0 ] && [ $status != 77 ]; then
		head -n 20 "$work/said"
		failed=$((failed + 1))
	fi
done
echo "pack: $compared compared, $failed failed"
[ $failed = 0 ] && [ $compared -gt 0 ]

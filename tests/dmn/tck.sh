#!/usr/bin/env bash
# The conformance kit beside the checkout, through the command: all of level
# 2, 99 % of level 3, and every result that is missed is one of missed.txt.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
SOURCE=${SOURCE:-$(cd "$here/../.." && pwd)}
SHOKAN=${SHOKAN:-$SOURCE/build/dev/shokan}
SHARED=${SHARED:-$SOURCE/../shared}
[ -x "$SHOKAN" ] || { echo "no command at $SHOKAN; build it first"; exit 1; }
if [ ! -d "$SHARED/tck/compliance-level-2" ]; then
	echo "tck.sh: skipped, the conformance kit is not here"
	exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

# level NAME LEAST: at least LEAST per mille of its results must be right
level()
{
	local folder=$1 least=$2 total right

	"$SHOKAN" dmn test "$SHARED/tck/$folder" --output "$work/$folder.csv" \
		2>"$work/$folder.err"
	case $? in
	0 | 1) ;;
	*) echo "FAIL $folder"; cat "$work/$folder.err"; status=1; return ;;
	esac
	total=$(wc -l <"$work/$folder.csv")
	right=$(grep -c ',"SUCCESS"$' "$work/$folder.csv")
	echo "$folder: $right of $total results"
	tail -n 1 "$work/$folder.err" | grep -q "^shokan: $total results: $right SUCCESS" ||
		{ echo "FAIL the last line does not say so"; status=1; }
	if [ "$total" = 0 ] || [ $((right * 1000)) -lt $((total * least)) ]; then
		echo "FAIL $folder: below $least per mille"
		status=1
	fi
	grep -v ',"SUCCESS"$' "$work/$folder.csv" |
		sed -E 's/^"([^"]*)","([^"]*)","([^"]*)",.*/'"$folder"'\/\1 \2 \3/' \
			>>"$work/missed"
}

: >"$work/missed"
level compliance-level-2 1000
level compliance-level-3 990
sed -E 's/ *#.*//' "$here/missed.txt" | grep . | sort >"$work/known"
sort "$work/missed" | diff "$work/known" - ||
	{ echo "FAIL other results are missed than missed.txt says"; status=1; }
exit $status

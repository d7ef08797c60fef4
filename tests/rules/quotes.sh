#!/usr/bin/env bash
# Every quote in rules/sources.xml from a document that lies in the shared
# folder is byte for byte what stands at its place (its lines), and the
# document is the one that sources.xml means (its SHA-256).
set -u
SOURCE=${SOURCE:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
SHARED=${SHARED:-$SOURCE/../shared}
list=$SOURCE/rules/sources.xml
status=0
count=0

if ! command -v xmllint >/dev/null; then
	echo "quotes.sh: skipped, xmllint is not installed"
	exit 77
fi
if [ ! -d "$SHARED/seeds" ]; then
	echo "quotes.sh: skipped, $SHARED/seeds is absent"
	exit 77
fi

ask()
{
	xmllint --nonet --xpath "$1" "$list" 2>/dev/null
}

file_sources="//*[local-name()='source'][@file]"
for s in $(seq "$(ask "count($file_sources)")"); do
	source="($file_sources)[$s]"
	document=$SHARED/seeds/$(ask "string($source/@file)")
	sum=$(sha256sum "$document" | cut -d' ' -f1)
	if [ "$sum" != "$(ask "string($source/@sha256)")" ]; then
		echo "$document: another SHA-256 than in sources.xml: $sum"
		status=1
	fi
	quotes="$source/*[local-name()='quote']"
	for q in $(seq "$(ask "count($quotes)")"); do
		place=$(ask "string(($quotes)[$q]/@place)")
		lines=${place#L}
		case $lines in *-*) ;; *) lines=$lines-$lines ;; esac
		if [ "$(ask "string(($quotes)[$q])")" != \
			"$(sed -n "${lines%-*},${lines#*-}p" "$document")" ]
		then
			echo "$list: the quote at $place is not the text there"
			status=1
		fi
		count=$((count + 1))
	done
done
if [ "$count" = 0 ]; then
	echo "quotes.sh: no quote was found"
	exit 1
fi
[ "$status" = 0 ] && echo "quotes.sh: $count quotes agree"
exit $status

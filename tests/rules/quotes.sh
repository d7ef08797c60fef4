#!/usr/bin/env bash
# Our rules say what they cite (`shokan rules verify`), and where the documents
# lie beside the checkout every quote is what stands there (`--corpus`).
set -u
SOURCE=${SOURCE:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
SHARED=${SHARED:-$SOURCE/../shared}

"$SHOKAN" rules verify --rules "$SOURCE/rules" --lang en || exit 1
if [ ! -d "$SHARED/seeds" ]; then
	echo "quotes.sh: skipped: the documents; $SHARED/seeds is absent"
	exit 77
fi
out=$("$SHOKAN" rules verify --rules "$SOURCE/rules" --lang en \
	--corpus "$SHARED/seeds")
status=$?
echo "$out"
[ "$status" = 0 ] || exit 1
case $out in
*" quotes compared with 3 documents"*) ;;
*) echo "quotes.sh: not 3 documents were compared"; exit 1 ;;
esac
case $out in
*"
0 quotes compared"*) echo "quotes.sh: no quote was compared"; exit 1 ;;
esac

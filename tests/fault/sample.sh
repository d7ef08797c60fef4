#!/usr/bin/env bash
# Some of the faults of tests/long/faults, as many as a test has time for: a
# few places of each kind for the runs that write most.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
SOURCE=${SOURCE:-$(cd "$here/../.." && pwd)}
SHOKAN=${SHOKAN:-$SOURCE/build/dev/shokan}
PRELOAD=${PRELOAD:-$SOURCE/build/dev/tests/fault/libfault_preload.so}
[ -x "$SHOKAN" ] || { echo "no command at $SHOKAN; build it first"; exit 1; }
[ -e "$PRELOAD" ] || { echo "skipped, nothing to preload here"; exit 77; }
python3 -c 'import sqlite3' 2>/dev/null || { echo "skipped, no python3"; exit 77; }
# What was found once comes first.
python3 "$here/walk.py" --shokan "$SHOKAN" --preload "$PRELOAD" \
	--source "$SOURCE" --sample 3 --only "${1:-$(paste -sd, <<'END'
price-table:memory
price-records-xlsx:seek
compare:open
rules-html:open
explain:memory
rules-verify-pack:state
dmn-check:open+state
prices-changes:lock
batch-store:memory+write+sync+rename
END
)}"

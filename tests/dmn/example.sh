#!/usr/bin/env bash
# The example program outside of this library: its answers, by hand.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
BUILD=${BUILD:-$here/../../build/dev}
program=$BUILD/tests/dmn_example
[ -x "$program" ] || { echo "no program at $program; build it first"; exit 1; }
# 400.5 of 4000 is 0.100125, of 1500 is 0.267, of 900 is 0.445
diff - <("$program" "$here/example/loan.dmn") <<'END'
"good" {"approved": true, "rate": 0.025, "until": "2026-02-28"}
"fair" {"approved": true, "rate": 0.06, "until": "2026-02-28"}
"poor" {"approved": false, "rate": 0.06, "until": "2026-02-28"}
END

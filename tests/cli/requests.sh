#!/usr/bin/env bash
# Five hundred malformed and oversized requests; tests/long/requests sends ten
# thousand.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
command -v python3 >/dev/null || { echo "skipped, no python3"; exit 77; }
export SHOKAN SERVE_SECONDS=120 SERVE_KIB=$((600 << 10))
exec python3 "$SOURCE/tests/long/requests" 500

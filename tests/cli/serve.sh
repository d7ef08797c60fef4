#!/usr/bin/env bash
# `shokan serve` over loopback: serve.py asks.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
command -v python3 >/dev/null || { echo "skipped, no python3"; exit 77; }
export SHOKAN SOURCE PYTHONDONTWRITEBYTECODE=1
exec python3 "$SOURCE/tests/cli/serve.py"

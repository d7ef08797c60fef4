#!/usr/bin/env bash
# Files of records over the server: the table, the files, two revisions, the
# rules, and the same values in every way of asking.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export SOURCE=${SOURCE:-$(cd "$here/../.." && pwd)}
export SHOKAN=${SHOKAN:-$SOURCE/build/dev/shokan} LANG=C.UTF-8
export PYTHONDONTWRITEBYTECODE=1
unset SHOKAN_RULES LC_ALL LC_MESSAGES
sanitized=$(grep -c '^SHOKAN_SANITIZE:BOOL=ON' "${BUILD:-.}/CMakeCache.txt" \
	2>/dev/null)
exec python3 "$here/files.py" ${sanitized:+$([ "$sanitized" = 0 ] ||
	echo quick)}

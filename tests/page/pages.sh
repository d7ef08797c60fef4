#!/usr/bin/env bash
# The pages on which a person asks, without a browser.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export SOURCE=${SOURCE:-$(cd "$here/../.." && pwd)}
export SHOKAN=${SHOKAN:-$SOURCE/build/dev/shokan} LANG=C.UTF-8
export PYTHONDONTWRITEBYTECODE=1
unset SHOKAN_RULES LC_ALL LC_MESSAGES
sanitized=$(grep -c '^SHOKAN_SANITIZE:BOOL=ON' "${BUILD:-.}/CMakeCache.txt" \
	2>/dev/null)
exec python3 "$here/pages.py" ${sanitized:+$([ "$sanitized" = 0 ] ||
	echo quick)}

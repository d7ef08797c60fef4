#!/usr/bin/env bash
# The layout is that of clang-format 14 with the tree's own .clang-format.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

tool=$(command -v clang-format-14 || command -v clang-format || true)
if [ -z "$tool" ] || ! "$tool" --version | grep -q 'version 14\.'; then
	echo "format.sh: skipped, clang-format 14 is not installed"
	exit 77
fi
mapfile -t files < <(c_files calc include tests)
[ ${#files[@]} -gt 0 ] || finish
findings_from < <("$tool" --dry-run "${files[@]}" 2>&1 |
	sed -nE 's/^([^ :]+:[0-9]+):[0-9]+: warning:.*/\1: not as clang-format lays it out; run clang-format -i/p' |
	sort -u)
finish

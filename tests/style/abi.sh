#!/usr/bin/env bash
# The binary interface of the public headers is the one that is recorded in
# tests/embed/shokan.abi, so that nobody changes it without seeing it; and what
# the last release (tag v*) promised stays, unless SHOKAN_ABI was raised.
#   abi.sh accept: record the interface as it is now
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
skip_without clang python3 "$CC"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
recorded=tests/embed/shokan.abi
[ -f include/shokan/shokan.h ] || { echo "abi.sh: skipped, no shokan.h"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "${work:?}"' EXIT

python3 "$here/../embed/abi.py" include >"$work/now" || exit 2
if [ "${1-}" = accept ]; then
	mkdir -p tests/embed
	cp "$work/now" $recorded
	echo "abi.sh: recorded $(wc -l <$recorded) promises"
	exit 0
fi
touch "$work/none"
[ -f $recorded ] && cp $recorded "$work/none"
remedy="if it is meant: bash tests/style/abi.sh accept"
findings_from < <(comm -23 "$work/none" "$work/now" |
	sed "s|.*|$recorded:1: went or changed: &; $remedy|")
findings_from < <(comm -13 "$work/none" "$work/now" |
	sed "s|.*|$recorded:1: not recorded: &; $remedy|")

tag=$(git -c safe.directory='*' describe --tags --abbrev=0 --match 'v*' \
	2>/dev/null)
if [ -n "$tag" ]; then
	mkdir "$work/old"
	git -c safe.directory='*' archive "$tag" include calc/library.cmake |
		tar -x -C "$work/old"
	python3 "$here/../embed/abi.py" "$work/old/include" >"$work/then" ||
		exit 2
	number='s/^set\(SHOKAN_ABI ([0-9]+)\).*/\1/p'
	before=$(sed -nE "$number" "$work/old/calc/library.cmake")
	after=$(sed -nE "$number" calc/library.cmake)
	[ "${after:-0}" -gt "${before:-0}" ] || findings_from < <(
		comm -23 "$work/then" "$work/now" | sed "s|.*|calc/library.cmake:1: \
$tag promised: &; keep it, or raise SHOKAN_ABI|")
fi
finish

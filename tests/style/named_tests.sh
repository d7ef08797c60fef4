#!/usr/bin/env bash
# A page that names tests as proof names tests that exist: `suite: name` of
# Criterion, `fuzz_TARGET` of the fuzz targets, `tests/FOLDER/FILE`.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

declare -A tests
while IFS=, read -r suite name; do
	tests[$suite: $name]=1
done < <([ ! -d tests ] || find tests -name '*.c' | xargs sed -nE \
	's/^Test\(([a-z0-9_]+), ([a-z0-9_]+)[,)].*/\1,\2/p')

exists() # name
{
	case $1 in
	fuzz_*) [ -f "tests/fuzz/${1#fuzz_}.c" ] ;;
	tests/*) [ -f "$1" ] ;;
	*) [ -n "${tests[$1]:-}" ] ;;
	esac
}

named='[a-z_]+: [a-z0-9_]+|fuzz_[a-z_]+|tests/[a-z0-9_/.]*[a-z]'
for page in tests/fuzz/README.md include/shokan/LIMITS.md; do
	[ -f "$page" ] || continue
	while IFS=: read -r line name; do
		exists "$name" || finding "$page:$line: no test $name; mend it"
	done < <(grep -noE "\`($named)\`" "$page" | tr -d '`')
done
finish

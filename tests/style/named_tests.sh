#!/usr/bin/env bash
# A page that names tests as proof names tests that exist: `suite: name` of
# Criterion, `fuzz_TARGET` of the fuzz targets.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

exists() # name
{
	case $1 in
	fuzz_*) [ -f "tests/fuzz/${1#fuzz_}.c" ] ;;
	*) grep -rqE "^Test\(${1/: /, }[,)]" tests ;;
	esac
}

for page in tests/fuzz/README.md; do
	[ -f "$page" ] || continue
	while IFS=: read -r line name; do
		exists "$name" || finding "$page:$line: no test $name; mend it"
	done < <(grep -noE '`([a-z_]+: [a-z_]+|fuzz_[a-z_]+)`' "$page" |
		tr -d '`')
done
finish

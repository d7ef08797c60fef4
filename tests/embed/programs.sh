#!/usr/bin/env bash
# Programs that have the library as anybody has it: one that gives it memory
# of its own, and one that uses it from several threads at once.
. "$(dirname "${BASH_SOURCE[0]}")/../cli/lib.bash"
BUILD=${BUILD:-$(dirname "$SHOKAN")}
products=$SOURCE/fixtures/products/rare-disease

program() # NAME ARGUMENTS...
{
	local name=$1
	shift
	if [ ! -x "$BUILD/tests/embed_$name" ]; then
		fail "no $BUILD/tests/embed_$name"
		return
	fi
	"$BUILD/tests/embed_$name" "$@" >"$work/out" 2>"$work/err"
	same "$name: status" 0 $?
	[ -s "$work/err" ] && fail "$name prints" || ok
	tail -n 1 "$work/out"
}
program allocator "$SOURCE/rules" "$products.json" "$work"
program threads "$SOURCE/rules" "$products.csv" \
	"$SOURCE/fixtures/policies/above-price.json" \
	"$SOURCE/tests/dmn/example/loan.dmn" "$work"
finish

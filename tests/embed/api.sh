#!/usr/bin/env bash
# The examples of include/shokan/API.md compile without a warning and say what
# the page shows.
#   api.sh rewrite: put what they say into the page (then read it!)
. "$(dirname "${BASH_SOURCE[0]}")/../cli/lib.bash"
BUILD=${BUILD:-$(dirname "$SHOKAN")}
CC=${CC:-cc}
cd "$SOURCE" || exit 2
command -v python3 >/dev/null || { echo "api: skipped, no python3"; exit 77; }

sanitize=
ldd "$BUILD/libshokan.so" | grep -q libasan &&
	sanitize=-fsanitize=address,undefined
mkdir "$work/page"
python3 tests/embed/api.py extract "$work/page"
count=0
for source in "$work"/page/*.c; do
	number=$(basename "$source" .c)
	count=$((count + 1))
	if ! "$CC" -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Wpedantic \
		-Werror $sanitize -Iinclude -o "$work/page/example" "$source" \
		-L"$BUILD" -lshokan -lpthread 2>"$work/err"; then
		fail "example $number does not compile"
		continue
	fi
	# each line "$ ./example ..." with what it says, both streams
	grep '^\$ \./example' "$work/page/$number.console" |
		while IFS= read -r line; do
			printf '%s\n' "$line"
			# shellcheck disable=SC2086
			LD_LIBRARY_PATH=$BUILD "$work/page/example" \
				${line#??./example} 2>&1 | tr -d '\r'
		done >"$work/page/$number.output"
	diff "$work/page/$number.console" "$work/page/$number.output" \
		>"$work/err" && ok || fail "example $number says something else"
done
if [ "${1-}" = rewrite ]; then
	python3 tests/embed/api.py rewrite "$work/page"
	exit
fi
[ "$count" -ge 5 ] && ok || fail "only $count examples are found"

# every function that takes a handle back takes none as well
{
	echo '#include <shokan/shokan.h>'
	echo 'int main(void) {'
	tests/embed/declared . | grep -E '_(free|close)$' | sed 's/.*/&(NULL);/'
	echo 'return 0; }'
} >"$work/none.c"
[ "$(grep -c NULL "$work/none.c")" -ge 30 ] && ok || fail "few handles go back"
# shellcheck disable=SC2086
"$CC" -std=c11 -Werror $sanitize -Iinclude -o "$work/none" "$work/none.c" \
	-L"$BUILD" -lshokan 2>"$work/err" &&
	LD_LIBRARY_PATH=$BUILD "$work/none" 2>"$work/err" && ok ||
	fail "a handle that is NULL is not taken back"
finish

#!/usr/bin/env bash
# The installed tree is enough for another program: found through pkg-config,
# linked with the shared library and with the static one, it gives the bytes
# that the command gives; and the library shows what its headers declare.
. "$(dirname "${BASH_SOURCE[0]}")/../cli/lib.bash"
BUILD=${BUILD:-$(dirname "$SHOKAN")}
CC=${CC:-cc}
products=$SOURCE/fixtures/products/rare-disease.csv

cmake --install "$BUILD" --prefix "$work/usr" >"$work/err" 2>&1 ||
	{ fail "cmake --install"; finish; }
pc=$(dirname "$(find "$work/usr" -name shokan.pc)")
libraries=$(dirname "$pc")
export PKG_CONFIG_PATH=$pc
same "installed schemas" "$(ls "$SOURCE/include/shokan/schemas")" \
	"$(ls "$work/usr/share/shokan/schemas")"
same "installed headers" "$(ls "$SOURCE/include/shokan" | grep '\.h$')" \
	"$(ls "$work/usr/include/shokan")"
rules=$(pkg-config --variable=rulesdir shokan)
same "installed rules" "$(cd "$SOURCE/rules" && find . -type f | sort)" \
	"$(cd "$rules" && find . -type f | sort)"
same "version" "shokan $(pkg-config --modversion shokan)" "$("$SHOKAN" --version)"

"$SHOKAN" price --revision r8 --format json "$products" >"$work/command"
# a library under the sanitizers needs them in the program too
sanitize=
ldd "$libraries/libshokan.so" | grep -q libasan &&
	sanitize=-fsanitize=address,undefined
nm "$libraries/libshokan.a" 2>/dev/null | grep -q 'U __asan_init' &&
	sanitize=-fsanitize=address,undefined

try() # NAME LIBRARIES...
{
	local name=$1
	shift
	# shellcheck disable=SC2046
	if "$CC" -std=c11 -Wall -Wextra -Werror $sanitize -o "$work/$name" \
		$(pkg-config --cflags shokan) "$SOURCE/tests/embed/consumer.c" \
		"$@" 2>"$work/err"; then ok; else
		fail "$name does not link"
		return
	fi
	LD_LIBRARY_PATH=$libraries "$work/$name" "$rules" "$products" \
		>"$work/out" 2>"$work/err"
	same "$name: status" 0 $?
	cmp -s "$work/command" "$work/out" && ok ||
		fail "$name gives other bytes than the command"
	LD_LIBRARY_PATH=$libraries "$work/$name" "$work/nowhere" "$products" \
		>"$work/out" 2>"$work/err"
	same "$name without rules: status" 1 $?
	grep -q nowhere "$work/err" && ok || fail "$name does not say where"
}
try shared $(pkg-config --libs shokan)
try static "$libraries/libshokan.a" \
	$(pkg-config --static --libs shokan | sed 's/-lshokan\>//')
readelf -d "$work/shared" >"$work/out"
grep -q 'NEEDED.*\[libshokan\.so\.0\]' "$work/out" && ok || fail "SONAME"
readelf -d "$work/static" >"$work/out"
grep -q libshokan "$work/out" && fail "static, but needs libshokan.so"
readelf -d "$libraries/libshokan.so" >"$work/out"
grep -qE 'TEXTREL|RPATH|RUNPATH' "$work/out" && fail "text relocations or a path"

# What is declared is what is there, in both.
cat "$SOURCE"/include/shokan/*.h | tr '\n\t' '  ' | sed 's|/\*|\n/*|g' |
	sed 's|^/\*[^*]*\(\*[^/*][^*]*\)*\**\*/||' | tr -d '\n' |
	grep -oE '\bshk_[a-z_0-9]+\(' | tr -d '(' | sort -u >"$work/declared"
nm -D --defined-only "$libraries/libshokan.so" | awk '$2 == "T" { print $3 }' |
	sed 's/@.*//' | grep -v '^_' | sort -u >"$work/shared.names"
nm -g --defined-only "$libraries/libshokan.a" | awk '$2 == "T" { print $3 }' |
	sort -u >"$work/static.names"
nm -D --defined-only "$libraries/libshokan.so" |
	awk '$2 != "T" && $2 != "A"' >"$work/other"
empty other
for kind in shared static; do
	diff "$work/declared" "$work/$kind.names" >"$work/err" && ok ||
		fail "declared in the headers (<) and in the $kind library (>)"
done
finish

#!/usr/bin/env bash
# The installed tree is enough for another program: found through pkg-config
# and through CMake, linked with the shared library and with the static one, in
# C and in C++, it gives the bytes that the command gives; and the library
# shows what its headers declare, every name with its version.
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

# run NAME PROGRAM: the answers of the command, and an error with its place
run()
{
	LD_LIBRARY_PATH=$libraries "$2" "$rules" "$products" \
		>"$work/out" 2>"$work/err"
	same "$1: status" 0 $?
	empty err
	cmp -s "$work/command" "$work/out" && ok ||
		fail "$1 gives other bytes than the command"
	LD_LIBRARY_PATH=$libraries "$2" "$work/nowhere" "$products" \
		>"$work/out" 2>"$work/err"
	same "$1 without rules: status" 1 $?
	grep -q nowhere "$work/err" && ok || fail "$1 does not say where"
}
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
	run "$name" "$work/$name"
}
try shared $(pkg-config --libs shokan)
try static "$libraries/libshokan.a" \
	$(pkg-config --static --libs shokan | sed 's/-lshokan\>//')
mapfile -t cmakes < <(find "$work/usr" -name shokanConfig.cmake)
if cmake -S "$SOURCE/tests/embed/project" -B "$work/project" \
	-DCMAKE_PREFIX_PATH="$work/usr" -DCMAKE_C_COMPILER="$CC" \
	-DCMAKE_C_FLAGS="$sanitize" -DCMAKE_CXX_FLAGS="$sanitize" \
	>"$work/err" 2>&1 && cmake --build "$work/project" >"$work/err" 2>&1
then
	same "rules by CMake" "$(realpath "$rules")" \
		"$(realpath "$(cat "$work/project/rules")")"
	for name in cmake_shared cmake_static cmake_cxx; do
		run $name "$work/project/$name"
	done
else
	fail "the project does not build with ${cmakes[*]}"
fi
# a wish that cannot be met is said in words
printf '%s\n' 'cmake_minimum_required(VERSION 3.25)' 'project(none NONE)' \
	'find_package(shokan 0.1 REQUIRED COMPONENTS golden)' \
	>"$work/CMakeLists.txt"
cmake -S "$work" -B "$work/none" -DCMAKE_PREFIX_PATH="$work/usr" \
	>"$work/err" 2>&1 && fail "a component that is not there is found"
tr -s ' \n' '  ' <"$work/err" | grep -q 'has no component golden' && ok ||
	fail "CMake does not say which component is missing"
sed -i '$s/.*/find_package(shokan 7 REQUIRED)/' "$work/CMakeLists.txt"
cmake -S "$work" -B "$work/none" -DCMAKE_PREFIX_PATH="$work/usr" \
	>"$work/err" 2>&1 && fail "a version that is not there is found" || ok
readelf -d "$work/shared" >"$work/out"
grep -q 'NEEDED.*\[libshokan\.so\.0\]' "$work/out" && ok || fail "SONAME"
readelf -d "$work/static" "$work/project/cmake_static" >"$work/out"
grep -q libshokan "$work/out" && fail "static, but needs libshokan.so"
readelf -d "$libraries/libshokan.so" >"$work/out"
grep -qE 'TEXTREL|RPATH|RUNPATH' "$work/out" && fail "text relocations or a path"

# What is declared is what is there, in both.
"$SOURCE/tests/embed/declared" "$SOURCE" >"$work/declared"
nm -D --defined-only "$libraries/libshokan.so" | awk '$2 == "T" { print $3 }' |
	sed 's/@.*//' | grep -v '^_' | sort -u >"$work/shared.names"
nm -g --defined-only "$libraries/libshokan.a" | awk '$2 == "T" { print $3 }' |
	sort -u >"$work/static.names"
nm -D --defined-only "$libraries/libshokan.so" |
	awk '$2 != "T" && $2 != "A"' >"$work/other"
empty other
nm -D --defined-only "$libraries/libshokan.so" |
	awk '$2 == "T" && $3 !~ /@@SHOKAN_[0-9]+\.[0-9]+$/' >"$work/unversioned"
empty unversioned
nm -g --defined-only "$libraries/libshokan.a" | awk 'NF == 3 && $2 != "T"' \
	>"$work/other"
empty other
for kind in shared static; do
	diff "$work/declared" "$work/$kind.names" >"$work/err" && ok ||
		fail "declared in the headers (<) and in the $kind library (>)"
done
finish

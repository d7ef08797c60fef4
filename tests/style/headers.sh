#!/usr/bin/env bash
# Each header compiles alone, as C11 with warnings as errors; the installed
# ones with nothing but their own folder, and as C++ where there is one.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
skip_without "$CC"

flags="-std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Wpedantic -Werror"
foreign=$(pkg-config --cflags libxml-2.0 jansson libsodium 2>/dev/null)

try() # header, text to include, compiler and flags...
{
	local header=$1 text=$2 said
	shift 2
	said=$(echo "#include $text" | "$@" -fsyntax-only - 2>&1) && return
	finding "$header:1: does not compile alone; include what it uses:" \
		"$(head -n 2 <<<"$said" | tr '\n' ' ')"
}

while IFS= read -r header; do
	# shellcheck disable=SC2086
	try "$header" "\"${header#calc/}\"" "$CC" $flags $foreign -Icalc \
		-Iinclude -x c
done < <(c_files calc | grep '\.h$')
while IFS= read -r header; do
	# shellcheck disable=SC2086
	try "$header" "<${header#include/}>" "$CC" $flags -Iinclude -x c
	if command -v c++ >/dev/null; then
		try "$header" "<${header#include/}>" c++ -std=c++11 -Wall \
			-Wextra -Werror -Iinclude -x c++
	fi
done < <(c_files include | grep '\.h$')
finish

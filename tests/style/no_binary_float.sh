#!/usr/bin/env bash
# No binary floating point: a price that went through a double is not proved.
# Looks at the words and at floating constants, outside comments and strings.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

words='float|double|_Float[0-9]+x?|strtod|strtof|strtold|atof|json_real_value'
words="$words|json_number_value|json_real|xmlXPathCastStringToNumber|fmod|pow"
constant='[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+[eE][-+]?[0-9]+'
# The library that writes workbooks takes numbers in binary: one division of
# whole numbers on the way out, in a file that does nothing else.
mapfile -t files < <(c_files calc include | grep -v '/report/xlsx_number\.c$')
code_of blank "${files[@]}" | grep -E "^[^:]*:[0-9]+:(.*[^A-Za-z0-9_])?($words)([^A-Za-z0-9_]|$)" |
	sed -E 's/^([^:]*:[0-9]+):[[:space:]]*(.*)/\1: binary floating point; use num: \2/' \
	>"${TMPDIR:-/tmp}/float.$$"
code_of blank "${files[@]}" | grep -E "^[^:]*:[0-9]+:(.*[^A-Za-z0-9_.])?($constant)[fFlL]?([^A-Za-z0-9_.]|$)" |
	grep -vE '^[^:]*:[0-9]+:[[:space:]]*#[[:space:]]*include' |
	sed -E 's/^([^:]*:[0-9]+):[[:space:]]*(.*)/\1: floating constant; use num_from_text: \2/' \
	>>"${TMPDIR:-/tmp}/float.$$"
findings_from <"${TMPDIR:-/tmp}/float.$$"
rm -f "${TMPDIR:-/tmp}/float.$$"
while IFS= read -r place; do
	finding "$place: math.h computes in double; use num"
done < <(printf '%s\n' "${files[@]}" |
	xargs -r grep -HnE '#[[:space:]]*include[[:space:]]*<(math|tgmath|float|complex|fenv)\.h>' |
	cut -d: -f1,2)
finish

#!/usr/bin/env bash
# Every .c file opens with a comment that says its role: a block at the first
# line, with 2 to 8 lines of words.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

mapfile -t files < <(c_files calc tests | grep '\.c$')
[ ${#files[@]} -gt 0 ] || finish
findings_from < <(awk '
FNR == 1 {
	open = substr($0, 1, 2) == "/*"
	words = 0
	done = !open
	if (!open)
		print FILENAME ":1: no role comment; say in 3 to 8 lines what" \
			" the file does and what must stay true"
}
!done {
	line = $0
	gsub(/^\/\*|\*\/.*$|^ \*/, "", line)
	if (line ~ /[A-Za-z]/)
		words++
	if ($0 ~ /\*\//) {
		done = 1
		if (words < 2 || words > 8)
			print FILENAME ":1: role comment of " words \
				" lines of words; say it in 2 to 8"
	}
}' "${files[@]}")
finish

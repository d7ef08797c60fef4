#!/usr/bin/env bash
# Every .c file opens with a comment that says its role: a block at the first
# line, of 3 to 8 lines (the lines of its marks not counted against it).
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

mapfile -t files < <(c_files calc tests | grep '\.c$')
[ ${#files[@]} -gt 0 ] || finish
findings_from < <(awk '
FNR == 1 {
	done = substr($0, 1, 2) != "/*"
	if (done)
		print FILENAME ":1: no role comment; say in 3 to 8 lines what" \
			" the file does and what must stay true"
}
!done && /\*\// {
	done = 1
	if (FNR < 3 || FNR > 10)
		print FILENAME ":1: role comment of " FNR " lines; say in 3 to" \
			" 8 lines what the file does and what must stay true"
}' "${files[@]}")
finish

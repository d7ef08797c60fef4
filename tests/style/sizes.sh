#!/usr/bin/env bash
# Size and complexity: a function has at most 80 lines (median 15) and a
# cyclomatic complexity of at most 20 (a switch counts once); a .c file has at
# most 800 lines. One function may be longer: the interpreter loop.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
skip_without pmccabe

loop=execute # calc/feel/machine.c, the one exception
function_lines=80
median_lines=15
complexity=20
file_lines=800

mapfile -t files < <(c_files calc tests | grep '\.c$')
[ ${#files[@]} -gt 0 ] || finish
for file in "${files[@]}"; do
	lines=$(wc -l <"$file")
	[ "$lines" -le $file_lines ] || finding \
		"$file:$lines: $lines lines; split it at $file_lines"
done
mapfile -t files < <(c_files calc | grep '\.c$')
[ ${#files[@]} -gt 0 ] || finish
table=$(pmccabe "${files[@]}")
findings_from < <(awk -F'\t' -v most=$function_lines -v paths=$complexity \
	-v loop="$loop" '
{
	n = split($6, part, ": ")
	name = part[n]
	file = $6
	sub(/\(.*/, "", file)
	place = file ":" $4 ": " name
	if (name == loop && file == "calc/feel/machine.c")
		next
	if ($5 > most)
		print place " has " $5 " lines; split it at " most
	if ($1 > paths)
		print place " has complexity " $1 "; simplify it to " paths
}' <<<"$table")
median=$(cut -f5 <<<"$table" | sort -n | awk '{ a[NR] = $1 }
	END { print a[int((NR + 1) / 2)] }')
[ "${median:-0}" -le $median_lines ] || finding \
	"calc:1: the median function has $median lines; keep it at $median_lines"
echo "functions: $(wc -l <<<"$table"), median ${median} lines"
finish

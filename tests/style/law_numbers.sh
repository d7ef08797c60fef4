#!/usr/bin/env bash
# No number of the law in calc/ or include/: the numbers and dates that occur
# in the expressions of rules/ and in the rulebook's constants are looked for
# in the code, outside comments. A number that must be in the code for another
# reason is in the list below with that reason.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

# number, where (pattern of the path), why it is not the law's
allowed='
100 calc/(num|record|price|rulebook|feel|dmn|report|compare|base)/ percent to ratio, or a ceiling
100 include/shokan/report\.h width of a line of text
128 calc/(base|num|xml|feel|dmn|record|rulebook|store|price|report|cli|serve)/ ceiling or buffer size
200 calc/(base|num|xml|feel|dmn|record|rulebook|store|price|report|cli|serve)/ ceiling or buffer size
1.0 calc/report/junit\.c version of XML
1.1 calc/dmn/model\.c version of DMN
1.6 calc/dmn/model\.c version of DMN
1000 calc/dmn/model\.h ceiling
1000 calc/inquiry/axis\.c first year that a record can give
1000 calc/cli/progress\.c milliseconds of a second
180 calc/feel/regex_syntax\.c code point of a Unicode block
400 calc/feel/regex_syntax\.c code point of a Unicode block
600 calc/feel/regex_syntax\.c code point of a Unicode block
400 calc/feel/temporal\.c years of the Gregorian cycle
2024 calc/report/words\.c words of an evidence level, computes nothing
2026 calc/report/words\.c words of an evidence level, computes nothing
2026-06-01 calc/record/value_date\.c example of the form in a message
800 calc/record/value_number\.c example of the form in a message
400 calc/base/date\.c years of the Gregorian cycle
100 calc/serve/request\.c quality of a language in thousandths
1000 calc/serve/request\.c quality of a language in thousandths
1000 calc/serve/compare\.h ceiling of the rows of a page
1000 calc/report/writer\.h ceiling of the rows of a piece of a page
200 calc/serve/status\.h status of HTTP
400 calc/serve/status\.h status of HTTP
1000 calc/(base|num|record|feel|store)/ ceiling or thousands group
'

# Numbers of 3 or more significant digits or with a decimal point, and dates
# with their years, one a line.
law_numbers()
{
	{
		find rules -name '*.dmn' -type f 2>/dev/null | sort |
			while IFS= read -r model; do
				tr '\n' ' ' <"$model" | sed -E \
					's/<!--([^-]|-[^-])*-->//g; s/<(([a-z]+:)?text)>/\n&/g' |
					sed -nE 's/^<([a-z]+:)?text>([^<]*)<.*/\2/p'
			done
		# constants and dates of the rulebook: attributes and contents
		sed -E 's/<!--.*-->//' rules/rulebook.xml 2>/dev/null |
			grep -oE '(value|from|until|to|date|first_day)="[^"]*"|<(value|from|until)[ >][^<]*'
	} | grep -oE '[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]+(\.[0-9]+)?' | awk '
	/-/ {
		print
		compact = $0
		gsub(/-/, "", compact)
		print compact
		print substr($0, 1, 4)
		next
	}
	/\./ {
		print
		while ($0 ~ /0$/ && $0 !~ /\.0$/) {
			sub(/0$/, "")
			print
		}
		next
	}
	{
		digits = $0
		sub(/^0+/, "", digits)
		# units of rounding, and ceilings of all kinds
		if (digits ~ /^10000+$/)
			next
		if (length(digits) >= 3)
			print digits
	}' | sort -u
}

numbers=$(law_numbers)
if [ -z "$numbers" ]; then
	echo "law_numbers.sh: skipped, no rules to take numbers from"
	exit 77
fi
mapfile -t files < <(c_files calc include)
[ ${#files[@]} -gt 0 ] || finish
findings_from < <(code_of keep "${files[@]}" | awk -v numbers="$numbers" \
	-v allowed="$allowed" '
BEGIN {
	count = split(numbers, list, "\n")
	for (i = 1; i <= count; i++)
		law[list[i]] = 1
	rules = split(allowed, lines, "\n")
	for (i = 1; i <= rules; i++) {
		split(lines[i], part, " ")
		number_of[i] = part[1]
		where[i] = part[2]
	}
}
{
	colon = index($0, ":")
	file = substr($0, 1, colon - 1)
	rest = substr($0, colon + 1)
	colon = index(rest, ":")
	line = substr(rest, 1, colon - 1)
	code = substr(rest, colon + 1)
	before = ""
	while (match(code, /[0-9][0-9.-]*/)) {
		start = RSTART
		size = RLENGTH
		token = substr(code, start, size)
		left = start > 1 ? substr(code, start - 1, 1) : before
		before = substr(token, size, 1)
		right = substr(code, start + size)
		code = right
		if (left ~ /[A-Za-z0-9_]/ || right ~ /^[A-TV-Za-tv-z_][A-Za-z]/)
			continue
		sub(/[.-]+$/, "", token)
		if (token !~ /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$/)
			sub(/-.*/, "", token)
		if (!(token in law))
			continue
		ok = 0
		for (i = 1; i <= rules; i++)
			if (number_of[i] == token && where[i] != "" &&
				file ~ ("^" where[i]))
				ok = 1
		if (!ok)
			print file ":" line ": " token " is a number of the" \
				" law; take it from rules/, or list it in" \
				" law_numbers.sh with the reason"
	}
}')
finish

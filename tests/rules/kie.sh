#!/usr/bin/env bash
# What Apache KIE answered to the decision tables of our rules, one sample in
# 24 through the command (tests/dmn/test_kie.c has them all): the same
# text. And 60 of the generated tables through the command's check.
. "$(dirname "${BASH_SOURCE[0]}")/../cli/lib.bash"
golden=$SOURCE/tests/rules/kie

# file, decision, input and answer of the samples, from a golden file
samples() # FILE
{
	awk -F'\t' -v quote='"' '
	$1 == "table" {
		file = $2; name = $3; needs = NF - 3; n = 0
		for (i = 1; i <= needs; i++) need[i] = $(i + 3)
		next
	}
	/^#/ || NF == 0 || n++ % 24 { next }
	{
		shift = $1 ~ /^\+/
		input = ""
		for (i = 1; i <= needs; i++)
			input = input (i > 1 ? ", " : "") \
				quote need[i] quote ": " $(i + shift)
		answer = $NF
		gsub(/@/, "", answer) # JSON has dates as strings
		print file "\t" name "\t{" input "}\t" answer
	}' "$1"
}

for revision in r6 r8; do
	tables=0
	before=
	while IFS=$'\t' read -r file name input answer; do
		run 0 dmn eval "$SOURCE/rules/$revision/$file" \
			--decision "$name" --input "$input"
		same "$revision $name $input" "$answer" "$(cat "$work/out")"
		[ "$name" = "$before" ] || tables=$((tables + 1))
		before=$name
	done < <(samples "$golden/$revision.tsv")
	same "tables of $revision" "$(cat "$SOURCE/rules/$revision"/*.dmn |
		grep -c '<decisionTable ')" "$tables"
done

# A model of a generated table: policy, columns, rows.
model() # POLICY COLUMNS ROWS
{
	awk -v policy="$1" -v columns="$2" -v rows="$3" 'BEGIN {
		print "<definitions xmlns=\"https://www.omg.org/spec/DMN/" \
			"20191111/MODEL/\" name=\"m\" namespace=\"urn:m\">"
		gsub(/</, "\\&lt;", rows)
		gsub(/>/, "\\&gt;", rows)
		n = split(columns, type, / \| /)
		for (i = 1; i <= n; i++) {
			name = substr("abc", i, 1)
			at = index(type[i], " ")
			base = at ? substr(type[i], 1, at - 1) : type[i]
			printf "<itemDefinition name=\"t%s\"><typeRef>%s" \
				"</typeRef>", name, base
			if (at)
				printf "<allowedValues><text>%s</text>" \
					"</allowedValues>",
					substr(type[i], at + 1)
			printf "</itemDefinition>\n<inputData id=\"%s\" " \
				"name=\"%s\"><variable name=\"%s\" " \
				"typeRef=\"t%s\"/></inputData>\n", name, name,
				name, name
			needs = needs "<informationRequirement>" \
				"<requiredInput href=\"#" name "\"/>" \
				"</informationRequirement>"
			inputs = inputs "<input><inputExpression typeRef=\"t" \
				name "\"><text>" name "</text>" \
				"</inputExpression></input>"
		}
		print "<decision id=\"d\" name=\"d\"><variable name=\"d\" " \
			"typeRef=\"number\"/>" needs
		print "<decisionTable hitPolicy=\"" policy "\">" inputs \
			"<output/>"
		count = split(rows, row, / ; /)
		for (k = 1; k <= count; k++) {
			split(row[k], cell, / \| /)
			printf "<rule>"
			for (i = 1; i <= n; i++)
				printf "<inputEntry><text>%s</text>" \
					"</inputEntry>", cell[i]
			printf "<outputEntry><text>%s</text></outputEntry>" \
				"</rule>\n", cell[n + 1]
		}
		print "</decisionTable></decision></definitions>"
	}'
}

checked=0
while IFS=$'\t' read -r policy columns rows verdict right _; do
	model "$policy" "$columns" "$rows" >"$work/table.dmn"
	"$SHOKAN" dmn check "$work/table.dmn" >"$work/out" 2>"$work/err"
	found=
	grep -q ': gap: ' "$work/out" && found=gap
	grep -q ': overlap: ' "$work/out" && found=${found:+$found+}overlap
	said="dmn check of $policy $columns $rows"
	same "$said" "${right:-$verdict}" "${found:-none}"
	lacks out "fault: "
	checked=$((checked + 1))
done < <(awk -F'\t' '/^#/ { next } NF > 4 || n++ % 21 == 0' \
	"$golden/checks.tsv")
same "at least 60 tables" yes "$([ $checked -ge 60 ] && echo yes)"

finish

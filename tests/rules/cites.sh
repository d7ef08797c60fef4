#!/usr/bin/env bash
# What the rules promise about themselves: every id is used once in its model;
# every cited source is in sources.xml, with a quote wherever its text lies
# beside the checkout; the words of a description name each source that its
# element cites; every model that rulebook.xml names exists, and every decision
# that it names is in some model of each revision.
set -u
SOURCE=${SOURCE:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
rules=$SOURCE/rules
status=0

finding()
{
	echo "$*"
	status=1
}

for model in "$rules"/*/*.dmn; do
	for id in $(grep -o ' id="[^"]*"' "$model" | sort | uniq -d); do
		finding "$model: twice: $id"
	done
	# one line an element: its description, then its cites
	while IFS= read -r line; do
		finding "$model: $line"
	done < <(awk '
		/<description>/ { words = $0 }
		/<(decision|businessKnowledgeModel|rule) / { words = "" }
		/<shk:cite / {
			split($0, part, "\"")
			if (index(words, part[2] " " part[4] " (" part[6] ")") == 0)
				print NR ": the description lacks " part[2] \
					" " part[4] " (" part[6] ")"
		}' "$model")
done

cites=$(grep -oh '[: ]*cite source="[^"]*" place="[^"]*"' \
	"$rules"/*/*.dmn "$rules"/rulebook.xml |
	sed 's/.*cite source="\([^"]*\)" place="\([^"]*\)"/\1 \2/' | sort -u)
[ -n "$cites" ] || finding "no citation was found"
while IFS=' ' read -r source place; do
	entry=$(sed -n "/<source id=\"$source\"/,/<\/source>/p" \
		"$rules/sources.xml")
	if [ -z "$entry" ]; then
		finding "sources.xml lacks $source, which is cited"
	elif printf '%s' "$entry" | grep -q ' file="' &&
		! printf '%s' "$entry" | grep -qF "<quote place=\"$place\" "
	then
		finding "sources.xml lacks the quote of $source $place"
	fi
done <<< "$cites"

while read -r revision model; do
	[ -f "$rules/$revision/$model" ] ||
		finding "rulebook.xml: there is no $revision/$model"
done < <(sed -n 's/.*<in revision="\([^"]*\)" model="\([^"]*\)".*/\1 \2/p' \
	"$rules/rulebook.xml")
for name in $(grep -oE ' (of|when|low-of|high-of)="[^"]*"' \
	"$rules/rulebook.xml" | cut -d'"' -f2 | sort -u); do
	grep -q "<decision id=\"[^\"]*\" name=\"$name\"" "$rules"/*/*.dmn ||
		finding "rulebook.xml: no model has the decision $name"
done
[ "$status" = 0 ] && echo "cites.sh: $(printf '%s\n' "$cites" | wc -l)" \
	"places are cited, all are there"
exit $status

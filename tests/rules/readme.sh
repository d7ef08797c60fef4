#!/usr/bin/env bash
# The examples of rules/README.md are true: every "$ " line of a ```console
# block is run, and what it prints is what stands below it.
set -u
SOURCE=${SOURCE:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
BUILD=${BUILD:-$SOURCE/build/dev}
page=$SOURCE/rules/README.md
command -v jq >/dev/null || { echo "readme.sh: skipped, no jq"; exit 77; }
[ -x "$BUILD/shokan" ] || { echo "no command in $BUILD; build it"; exit 1; }
export PATH="$BUILD:$PATH" LC_ALL=C.UTF-8 NO_COLOR=1
export SHOKAN_RULES=${SHOKAN_RULES:-$SOURCE/rules}
count=0
failed=0
command=
want=

finish()
{
	[ -n "$command" ] || return
	got=$(bash -c "$command" 2>&1 </dev/null)
	count=$((count + 1))
	if [ "$got" != "$want" ]; then
		echo "README.md: $command"
		echo "  prints  $got"
		echo "  not     $want"
		failed=$((failed + 1))
	fi
	command=
	want=
}

inside=0
while IFS= read -r line; do
	case $inside$line in
	'0```console') inside=1 ;;
	'1```') finish; inside=0 ;;
	'1$ '*) finish; command=${line#\$ } ;;
	1*) want=$want${want:+$'\n'}$line ;;
	esac
done <"$page"
[ "$count" -gt 0 ] || { echo "no example in $page"; exit 1; }
for decision in $(sed -n 's/.*<decision name="\([^"]*\)".*/\1/p' \
	"$SOURCE/rules/rulebook.xml"); do
	grep -q "$decision" "$page" || {
		echo "README.md does not name $decision"
		failed=$((failed + 1))
	}
done
echo "readme.sh: $((count - failed)) of $count examples are true"
[ "$failed" = 0 ]

#!/usr/bin/env bash
# The examples of README.md are true: in each ```console block every "$ "
# line is run in the checkout, and what it prints is what stands below it.
#   readme.sh [--print]    --print shows the blocks as they should be
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
SOURCE=${SOURCE:-$(cd "$here/../.." && pwd)}
BUILD=${BUILD:-$SOURCE/build/dev}
[ -x "$BUILD/shokan" ] || { echo "no command in $BUILD; build it first"; exit 1; }
cd "$SOURCE" || exit 2
export PATH="$BUILD:$PATH" LC_ALL=C.UTF-8 NO_COLOR=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

finish_command()
{
	[ -n "$command" ] || return
	bash -c "$command" >"$work/got" 2>&1 </dev/null
	if [ "${print:-}" = 1 ]; then
		echo "\$ $command"
		cat "$work/got"
	elif cmp -s "$work/got" "$work/want"; then
		passed=$((passed + 1))
	else
		echo "README.md:$at: $command"
		diff -u --label README.md --label "what it prints" \
			"$work/want" "$work/got" | head -n 40
		failed=$((failed + 1))
	fi
	command=
}

[ "${1:-}" = --print ] && print=1
inside=0
number=0
command=
while IFS= read -r line; do
	number=$((number + 1))
	case $inside$line in
	'0```console') inside=1 ;;
	'1```')
		finish_command
		inside=0
		;;
	'1$ '*)
		finish_command
		command=${line#\$ }
		at=$number
		: >"$work/want"
		;;
	1*) printf '%s\n' "$line" >>"$work/want" ;;
	esac
done <README.md

# The tests that continuous integration runs are those that README names.
test_command=$(sed -n '/^## Tests/,/^## /p' README.md |
	sed -n '/^```sh$/,/^```$/p' | sed '1d;$d' | head -n 1)
if [ -z "$test_command" ] || ! grep -qF 'README.md)"' .ci/run; then
	echo "README.md: .ci/run does not take the test command from it"
	failed=$((failed + 1))
fi
# Every top folder and every file that README links to is there.
while IFS= read -r path; do
	[ -e "$path" ] || {
		echo "README.md: there is no $path"
		failed=$((failed + 1))
	}
done < <(grep -oE '\]\([A-Za-z0-9_./-]+\)' README.md | sed 's/](\(.*\))/\1/')
echo "readme: $passed passed, $failed failed"
[ $failed = 0 ]

#!/usr/bin/env bash
# Help and version: complete, the same in every way of asking, on standard
# output, at most 80 columns.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

run 0 --version
same "version" "shokan 0.1.0" "$(cat "$work/out")"
empty err
run 0 --help
cp "$work/out" "$work/help"
for status in 0 1 2 3 4 5 70; do
	if grep -qE "^  $status  +[a-z]" "$work/help"; then ok; else
		fail "--help does not list status $status"
	fi
done
for command in price batch import runs export prices explain rules help version; do
	has out "  $command"
	run 0 "$command" --help
	cp "$work/out" "$work/one"
	has out "Usage: shokan $command"
	has out "Exit status:"
	empty err
	run 0 help "$command"
	cmp -s "$work/out" "$work/one" || fail "help $command differs"
	run 0 "$command" -h
	cmp -s "$work/out" "$work/one" || fail "$command -h differs"
	cp "$work/help" "$work/out"
done
for again in help -h; do
	run 0 $again
	cmp -s "$work/out" "$work/help" || fail "$again differs from --help"
done

# Every option of the issue is in the help of its commands, and accepted.
for option in revision as-of decision policy set format lang min-evidence \
	output strict steps keep encoding input-format rules no-color; do
	for command in price explain; do
		run 0 "$command" --help
		has out "  --$option"
	done
done
run 0 explain --help
has out "  --id ID"
run 0 price --help
lacks out "  --id ID"
run 0 rules --help
has out "  --listing"
lacks out "  --policy"
for command in price batch import runs export prices explain rules help version ""; do
	longest=$("$SHOKAN" $command --help | wc -L)
	if [ "$longest" -le 80 ]; then ok; else
		fail "$command --help is $longest columns wide"
	fi
done
finish

#!/usr/bin/env bash
# Every damaged file of fixtures/bad/ through the command: the recorded exit
# status, the recorded words on standard error, no crash, no sanitizer report,
# and an answer within a few seconds.
#   bad.sh [NAME]      only the entries whose file or arguments hold NAME
# A *.recipe is a file too large to keep: it is made here, line by line:
#   text T        T, with printf's escapes       repeat N T   T, N times
#   number N T    T with %d = 1 to N
# A folder rules-NAME is laid over rules-base, which itself is right.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
SOURCE=${SOURCE:-$(cd "$here/../.." && pwd)}
SHOKAN=${SHOKAN:-$SOURCE/build/dev/shokan}
only=${1:-}
[ -x "$SHOKAN" ] || { echo "no command at $SHOKAN; build it first"; exit 1; }
cd "$SOURCE/fixtures/bad" || exit 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_stack_use_after_return=1}
passed=0
failed=0

repeat() # N TEXT
{
	local text=$2 count=$1
	if [ ${#text} = 1 ] && [ "$text" != '\' ]; then
		head -c "$count" /dev/zero | tr '\0' "$text"
	else
		yes "$text" | head -n "$count" | tr -d '\n'
	fi
}

cook() # RECIPE
{
	local verb rest
	while IFS=' ' read -r verb rest; do
		case $verb in
		text) printf '%b' "$rest" ;;
		repeat) repeat "${rest%% *}" "${rest#* }" ;;
		number) for i in $(seq "${rest%% *}"); do
			printf '%s' " ${rest#* }" | sed "s/%d/$i/"
		done ;;
		esac
	done <"$1"
}

# The path under which the command sees a file.
place_of()
{
	case $1 in
	*.recipe)
		cook "$1" >"$work/${1%.recipe}"
		echo "$work/${1%.recipe}"
		;;
	rules-*)
		rm -rf "${work:?}/$1"
		cp -r rules-base "$work/$1"
		cp -r "$1/." "$work/$1/"
		echo "$work/$1"
		;;
	*) echo "$1" ;;
	esac
}

fail() # WHAT
{
	echo "FAIL $file [$arguments]: $*"
	[ -s "$work/said" ] && head -c 600 "$work/said" | head -n 4 | sed 's/^/     | /'
	failed=$((failed + 1))
}

check()
{
	local place status rest fragment words
	place=$(place_of "$file")
	read -ra words <<<"${arguments//\{\}/$place}"
	timeout 20 "$SHOKAN" "${words[@]}" >"$work/out" 2>"$work/said" </dev/null
	status=$?
	if [ $status -gt 123 ]; then
		fail "ended by a signal or by the clock ($status)"
		return
	fi
	if grep -qE 'Sanitizer|runtime error:' "$work/said"; then
		fail "a sanitizer reports"
		return
	fi
	if [ $status != "$wanted" ]; then
		fail "exit $status, expected $wanted"
		return
	fi
	if [ ! -s "$work/said" ] && [ "$wanted" != 0 ]; then
		fail "nothing on standard error"
		return
	fi
	rest=$message
	while [ -n "$rest" ]; do
		fragment=${rest%% & *}
		[ "$fragment" = "$rest" ] && rest= || rest=${rest#* & }
		if ! grep -qF -- "$fragment" "$work/said"; then
			fail "does not say \"$fragment\""
			return
		fi
	done
	passed=$((passed + 1))
}

unquote() # a CSV cell
{
	local cell=$1
	if [[ $cell == \"*\" ]]; then
		cell=${cell#\"}
		cell=${cell%\"}
		cell=${cell//\"\"/\"}
	fi
	printf '%s' "$cell"
}

while IFS=, read -r file arguments wanted message; do
	message=$(unquote "$message")
	arguments=$(unquote "$arguments")
	[ -n "$only" ] && [[ "$file $arguments" != *"$only"* ]] && continue
	check
done < <(tail -n +2 expected.csv)

# Every file of the folder has its entry, and every entry its file.
if [ -z "$only" ]; then
	for file in *; do
		[ "$file" = expected.csv ] || [ "$file" = rules-base ] && continue
		arguments=
		: >"$work/said"
		grep -q "^$file," expected.csv || fail "no entry in expected.csv"
	done
fi
echo "bad input: $passed passed, $failed failed"
[ $failed = 0 ] && [ $passed -gt 0 ]

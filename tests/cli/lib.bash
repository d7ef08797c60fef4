# Shared by the scripts of this folder: a work folder, one record file, and
# checks that count. Sourced, never run.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
SOURCE=${SOURCE:-$(cd "$here/../.." && pwd)}
SHOKAN=${SHOKAN:-$SOURCE/build/dev/shokan}
[ -x "$SHOKAN" ] || { echo "no command at $SHOKAN; build it first"; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset NO_COLOR SHOKAN_RULES LC_ALL LC_MESSAGES
export LANG=C.UTF-8 TERM=xterm
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1:exitcode=99}
passed=0
failed=0

# A1 is determined, B2 undetermined.
cat >"$work/two.csv" <<'END'
id,name,orphan_designated,indication_aid,annual_tests,base_points
A1,検査ア,true,false,150,1235
B2,検査イ,true,false,,1000
END
head -n 2 "$work/two.csv" >"$work/one.csv"
# A bad row between two good ones.
{ cat "$work/one.csv"; echo 'X9,悪い,true,false,8oo,1000'
	echo 'C3,検査ウ,true,false,200,1000'; } >"$work/bad.csv"

ok()
{
	passed=$((passed + 1))
}

fail() # WHAT
{
	echo "FAIL $*"
	[ -s "$work/err" ] && head -n 5 "$work/err" | sed 's/^/     | /'
	failed=$((failed + 1))
}

# run STATUS ARGUMENTS...: standard output in $work/out, error in $work/err.
run()
{
	local wanted=$1 status
	shift
	"$SHOKAN" "$@" >"$work/out" 2>"$work/err" </dev/null
	status=$?
	said="shokan $*"
	if [ $status = "$wanted" ]; then ok; else
		fail "$said: status $status, expected $wanted"
	fi
}

has() # FILE WORDS: the file contains the words
{
	if grep -qF -- "$2" "$work/$1"; then ok; else
		fail "$said: std$1 does not say \"$2\""
	fi
}

lacks() # FILE WORDS
{
	if grep -qF -- "$2" "$work/$1"; then
		fail "$said: std$1 says \"$2\""
	else ok; fi
}

empty() # FILE
{
	if [ -s "$work/$1" ]; then fail "$said: std$1 is not empty"; else ok; fi
}

same() # WHAT EXPECTED GOT
{
	if [ "$2" = "$3" ]; then ok; else
		fail "$1: expected \"$2\", got \"$3\""
	fi
}

finish()
{
	echo "$(basename "$0" .sh): $passed passed, $failed failed"
	[ $failed = 0 ] && [ $passed -gt 0 ]
	exit
}

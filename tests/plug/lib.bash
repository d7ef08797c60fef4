# Shared by the scripts of this folder: records of every kind as JSON lines,
# and a command for what a program under the sanitizers needs. Sourced.
. "$(dirname "${BASH_SOURCE[0]}")/../cli/lib.bash"
BUILD=${BUILD:-$(dirname "$SHOKAN")}
rules=$SOURCE/rules

cat >"$work/records.jsonl" <<'END'
{"id":"A1","name":"検査ア","orphan_designated":true,"indication_aid":false,"annual_tests":150,"base_points":1235}
{"id":"A2","orphan_designated":true,"indication_aid":false,"base_points":1000}
{"id":"A1","orphan_designated":true,"indication_aid":true,"annual_tests":650,"base_points":7}
{"id":"A3","annual_tests":"8oo"}
{"id":"A4","annual_test":1}
{"annual_tests":1}
not json
{"id":"B1","annual_tests":1
{"id":"B2"} {"id":"B3"}
{"id":"B4","as_of":"2019-01-01","annual_tests":1}
{"id":"B5","as_of":"2026-07-01","annual_tests":1,"orphan_designated":false}
{"id":"C1","acquisition_price":1000001,"annual_tests":1}
{"id":"C2","market_price":"120.5","current_price":100}
END

# The command's own answers, one text a record, in $work/NAME.
answers() # NAME OPTION...
{
	local name=$1
	shift
	"$SHOKAN" price - --format json --input-format jsonl "$@" \
		<"$work/records.jsonl" 2>/dev/null |
		# a text of a database is no line
		sed 's/the object does not end on its line/the text ends in the middle of an object/' \
			>"$work/$name"
}

# LD_PRELOAD for a program that loads a library under the sanitizers.
sanitizers() # LIBRARY
{
	ldd "$1" | awk '/lib(a|ub)san/ { print $3 }' | tr '\n' ' '
}

#!/usr/bin/env bash
# The extension of SQLite in the command sqlite3: the bytes of the command,
# proofs as a table, policies, rules from elsewhere, and what is refused.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
extension=$BUILD/sqlite/shokan
[ -f "$extension.so" ] || { echo "skipped: no extension of SQLite"; exit 77; }
command -v sqlite3 >/dev/null || { echo "skipped: no sqlite3"; exit 77; }
preload=$(sanitizers "$extension.so")

# sql STATUS TEXT: what sqlite3 says in $work/out and $work/err
sql()
{
	local status
	LD_PRELOAD=$preload sqlite3 -batch -bail -init /dev/null \
		-cmd ".load $extension" "$work/db" "$2" \
		>"$work/out" 2>"$work/err" </dev/null
	status=$?
	said=$2
	[ $status = "$1" ] && ok || fail "$2: status $status, expected $1"
}

gives() # TEXT EXPECTED
{
	sql 0 "$1"
	same "$1" "$2" "$(cat "$work/out")"
}

sqlite3 -batch "$work/db" <<END
CREATE TABLE records(record TEXT);
.mode ascii
.separator "$(printf '\037')" "\n"
.import $work/records.jsonl records
END
gives "SELECT count(*) FROM records" "$(grep -c '' "$work/records.jsonl")"

# The same bytes as the command's, asked in each way.
all="FROM records ORDER BY rowid"
answers r8 --revision r8
sql 0 "SELECT shokan_price(record, 'r8') $all"
cmp "$work/r8" "$work/out" && ok || fail "other bytes than the command's"
answers dated
sql 0 "SELECT shokan_price(record) $all"
cmp "$work/dated" "$work/out" && ok || fail "without a revision"
answers dated
sql 0 "SELECT shokan_price(record, NULL, NULL, NULL) $all"
cmp "$work/dated" "$work/out" && ok || fail "with NULLs"
answers day --as-of 2026-07-01
sql 0 "SELECT shokan_price(record, '2026-07-01') $all"
cmp "$work/day" "$work/out" && ok || fail "as of a day"
answers one --revision r6 --decision rare_disease_coefficient
sql 0 "SELECT shokan_price(record, 'r6', 'rare_disease_coefficient') $all"
cmp "$work/one" "$work/out" && ok || fail "one decision"
echo '{"majority_share":50}' >"$work/policy.json"
answers policy --revision r8 --policy "$work/policy.json"
sql 0 "SELECT shokan_price(record, 'r8', NULL, '{\"majority_share\":50}') $all"
cmp "$work/policy" "$work/out" && ok || fail "with a policy"
cmp -s "$work/policy" "$work/r8" && fail "the policy changes nothing"

# One row a decision, for queries.
sql 0 "SELECT result FROM records, shokan_results(record, 'r8')
	ORDER BY records.rowid, shokan_results.rowid"
cmp "$work/r8" "$work/out" && ok || fail "shokan_results: other bytes"
gives "SELECT r.decision, status, result ->> '$.values.coefficient'
	FROM records, shokan_results(record, 'r8') AS r
	WHERE records.rowid IN (1, 2, 4) AND status <> 'not_applicable'" \
	"rare_disease_coefficient|determined|1.5
rare_disease_coefficient|undetermined|{\"status\":\"undetermined\",\"outcomes\":[1.1,1.2,1.3,1.4,1.5]}
|error|"
gives "SELECT count(*) FROM shokan_results(NULL)" 0
# A single answer is a JSON value to SQLite's own functions.
gives "SELECT json_array(shokan_price(record, 'r8')) ->> '\$[0].id'
	FROM records LIMIT 1" A1

# The proof as a table.
first="FROM records, shokan_explain(record, 'r8', 'rare_disease_coefficient')
	AS e WHERE records.rowid = 1"
steps=$(head -n 1 "$work/records.jsonl" | "$SHOKAN" price - --format json \
	--revision r8 --steps | jq '.steps | length')
gives "SELECT count(*) $first AND kind NOT IN ('citation', 'missing')" "$steps"
gives "SELECT depth, kind, name, value, source, place, evidence $first
	AND kind IN ('fact', 'missing') ORDER BY e.rowid LIMIT 2" \
	"2|fact|orphan_designated|true|||
1|fact|annual_tests|150|||"
gives "SELECT kind, name, table_row, value, source || ' ' || place, evidence
	$first AND name = 'coefficient' AND kind = 'row'" \
	"row|coefficient|6|1.5|S001 L1397|E0"
gives "SELECT formula, value $first AND name = 'points_exact'
	AND kind = 'decision'" "base_points * coefficient|1852.5"
gives "SELECT name $first AND kind = 'missing'" points_rounding
gives "SELECT typeof(depth), typeof(table_row), typeof(source) $first
	AND kind = 'fact' LIMIT 1" "integer|integer|null"
gives "SELECT kind, name, value FROM records, shokan_explain(record, 'r8')
	WHERE records.rowid = 5" "error|annual_test|unknown_field"
# Two scans at once do not disturb each other, whatever is asked meanwhile.
gives "SELECT count(*), count(DISTINCT a.name || b.name), sum(length(
	shokan_price(a._record, 'r6')) = 0)
	FROM shokan_explain('{\"id\":\"a\",\"acquisition_price\":5}', 'r8') AS a,
	shokan_explain('{\"id\":\"b\",\"acquisition_price\":6}', 'r6') AS b
	WHERE a.kind = 'fact' AND b.kind = 'fact'" "$(
	LD_PRELOAD=$preload sqlite3 -batch -cmd ".load $extension" :memory: "
	WITH a AS MATERIALIZED (SELECT name FROM shokan_explain(
		'{\"id\":\"a\",\"acquisition_price\":5}', 'r8') WHERE kind = 'fact'),
	b AS MATERIALIZED (SELECT name FROM shokan_explain(
		'{\"id\":\"b\",\"acquisition_price\":6}', 'r6') WHERE kind = 'fact')
	SELECT count(*), count(DISTINCT a.name || b.name), 0 FROM a, b")"

# Nothing asked, nothing answered.
gives "SELECT shokan_price(NULL, 'r8') IS NULL" 1
gives "SELECT shokan_version()" "$("$SHOKAN" --version | cut -d ' ' -f 2)"

# What is wrong with the question is an error of the statement.
refused() # TEXT WORDS
{
	sql 1 "$1"
	grep -qF -- "$2" "$work/err" && ok || fail "$1: does not say \"$2\""
}
refused "SELECT shokan_price('{}', 'r99')" 'there is no revision "r99"'
refused "SELECT shokan_price('{}', 'r8', 'rare_disease_coeficient')" \
	'did you mean "rare_disease_coefficient"?'
refused "SELECT shokan_price('{}', '2026-02-30')" 'is not a date'
refused "SELECT shokan_price('{}', 'r8', NULL, '{\"majority_shar\":1}')" \
	"policy: there is no policy parameter \"majority_shar\"; did you mean"
refused "SELECT shokan_price('{}', 'r8', NULL, 'x')" "policy:"
refused "SELECT shokan_price('{}', 'r8', NULL,
	'{\"majority_share\":' || hex(zeroblob(3000)) || '}')" "4095"
refused "SELECT * FROM shokan_explain" "the first argument"
refused "SELECT * FROM shokan_explain('{}', 'r99')" 'no revision "r99"'
refused "SELECT shokan_price()" "wrong number of arguments"
# ... and the connection goes on.
gives "SELECT shokan_price('{\"id\":\"a\",\"annual_tests\":1}', 'r8')
	->> '$.id'" a

# The rules lie outside of the database: no index may rest on them.
refused "CREATE INDEX i ON records(shokan_price(record, 'r8'))" \
	"non-deterministic functions prohibited"
# Harmless in a view whoever wrote it; only shokan_rules reads where it likes.
gives "PRAGMA trusted_schema = 0;
	CREATE VIEW v AS SELECT shokan_price(record, 'r8',
		'rare_disease_coefficient') AS result FROM records;
	CREATE VIEW w AS SELECT e.* FROM records,
		shokan_explain(record, 'r8') AS e;
	SELECT count(*) FROM v; SELECT count(*) > 20 FROM w" \
	"$(grep -c '' "$work/records.jsonl")
1"
refused "CREATE VIEW u AS SELECT shokan_rules('/'); SELECT * FROM u" \
	"unsafe use of shokan_rules"

# Rules from elsewhere.
hash=$(head -n 1 "$work/r8" | jq -r .rulebook)
gives "SELECT shokan_rules()" "$hash"
refused "SELECT shokan_rules('$work/nowhere')" "nowhere"
cp -r "$rules" "$work/book"
gives "SELECT shokan_rules('$work/book')" "$hash"
echo >>"$work/book/rulebook.xml"
gives "SELECT shokan_price('{\"id\":\"a\",\"annual_tests\":1}', 'r8')
	->> '$.rulebook' = '$hash';
	SELECT shokan_rules('$work/book') = '$hash';
	SELECT shokan_price('{\"id\":\"a\",\"annual_tests\":1}', 'r8')
	->> '$.rulebook' = shokan_rules()" "1
0
1"
# A failure leaves the rules of before.
LD_PRELOAD=$preload sqlite3 -batch -cmd ".load $extension" :memory: \
	>"$work/out" 2>"$work/err" <<END
SELECT shokan_rules('$work/book') <> '$hash';
SELECT shokan_rules('$work/nowhere');
SELECT shokan_rules() <> '$hash';
END
same "rules of before" "1 1" "$(xargs <"$work/out")"
SHOKAN_RULES=$work/nowhere refused "SELECT shokan_price('{}')" nowhere
export SHOKAN_RULES=$work/book
gives "SELECT shokan_rules() <> '$hash'" 1
unset SHOKAN_RULES

# A pack serves as well; with a key only one that is signed.
"$SHOKAN" rules pack "$work/rules.pack" --rules "$rules" 2>"$work/err" ||
	fail "no pack"
"$SHOKAN" rules keygen "$work/key" 2>"$work/err" || fail "no key"
gives "SELECT shokan_rules('$work/rules.pack'); SELECT shokan_price(
	'{\"id\":\"a\",\"annual_tests\":1}', 'r8') ->> '$.rulebook'" "$hash
$hash"
export SHOKAN_RULES_KEY=$work/key.pub
refused "SELECT shokan_rules('$work/rules.pack')" "not signed"
refused "SELECT shokan_rules('$rules')" "key"
"$SHOKAN" rules sign "$work/rules.pack" --key "$work/key" 2>"$work/err"
gives "SELECT shokan_rules('$work/rules.pack')" "$hash"
unset SHOKAN_RULES_KEY

# More questions than are kept ready, again and again.
gives "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n
	WHERE i < 99) SELECT count(DISTINCT shokan_price(
	'{\"id\":\"a\",\"annual_tests\":1}', 'r8', 'rare_disease_coefficient',
	'{\"majority_share\":' || (1 + i % 20) || '}')) FROM n" 20

# Several connections in several threads.
program=$BUILD/tests/plug_threads
if [ -x "$program" ]; then
	"$program" "$extension" "$work/records.jsonl" >"$work/out" \
		2>"$work/err"
	same "threads" 0 $?
	same "threads give the same" 1 "$(sort -u "$work/out" | grep -c '')"
else
	echo "skipped: no program with threads"
fi
# The example of README.md, in a database of its own.
. "$(dirname "${BASH_SOURCE[0]}")/recipes.bash"
recipe sqlite3
rm "$work/db"
gives "$(cat "$work/statements")" "$(cat "$work/says")"
finish

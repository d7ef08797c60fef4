#!/usr/bin/env bash
# The extension of PostgreSQL 15 in a cluster of its own: the answers of the
# command, proofs as a table, parallel plans, errors that leave nothing
# behind, memory that does not grow. The server is a copy below the work
# folder, so that nothing is installed; it listens on a socket there only.
#   ROWS=1000000 postgres.sh    how many records the memory test asks about
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
module=$BUILD/postgres/shokan.so
[ -f "$module" ] || { echo "skipped: no extension of PostgreSQL"; exit 77; }
installed=$(pg_config --bindir 2>/dev/null || echo /usr/lib/postgresql/15/bin)
for program in postgres initdb pg_ctl psql; do
	[ -x "$installed/$program" ] ||
		{ echo "skipped: no $program"; exit 77; }
done
[ -z "$(sanitizers "$module")" ] ||
	{ echo "skipped: PostgreSQL does not run under the sanitizers"; exit 77; }
ROWS=${ROWS:-20000}

unset PGPORT PGHOST PGUSER PGDATABASE PGOPTIONS
# PostgreSQL refuses to be root.
as=()
if [ "$(id -u)" = 0 ]; then
	getent passwd postgres >/dev/null ||
		{ echo "skipped: root, and no user postgres"; exit 77; }
	as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
fi

# PostgreSQL looks for its files beside its own program.
tree=$work/tree
for folder in bindir pkglibdir sharedir; do
	from=$(pg_config --$folder 2>/dev/null) ||
		from=$("$installed/pg_config" --$folder)
	mkdir -p "$tree$from"
	case $folder in
	bindir) cp "$from"/{postgres,initdb,pg_ctl} "$tree$from/" ;;
	*) ln -s "$from"/* "$tree$from/" ;;
	esac
	declare "$folder=$tree$from"
done
rm "$sharedir/extension"
mkdir "$sharedir/extension"
ln -s "$(readlink -f "$("$installed/pg_config" --sharedir)")"/extension/plpgsql* \
	"$sharedir/extension/"
cp "$module" "$pkglibdir/shokan.so"
cp "$SOURCE"/calc/plug/shokan.control "$SOURCE"/calc/plug/shokan--*.sql \
	"$sharedir/extension/"
cp -r "$rules" "$work/rules"
chmod -R a+rX "$work"

stop()
{
	[ -n "${started:-}" ] && "${as[@]}" "$bindir/pg_ctl" -D "$work/data" \
		-m immediate -w stop >/dev/null 2>&1
	rm -rf "$work"
}
trap stop EXIT
mkdir "$work/data" "$work/socket"
[ ${#as[@]} = 0 ] || chown postgres "$work/data" "$work/socket"
cd / || exit 2
"${as[@]}" "$bindir/initdb" -D "$work/data" -A trust -U postgres -E UTF8 \
	--locale=C --no-sync >"$work/err" 2>&1 || { fail initdb; finish; }
export SHOKAN_RULES=$work/rules
"${as[@]}" tee -a "$work/data/postgresql.conf" >/dev/null <<END
listen_addresses = ''
unix_socket_directories = '$work/socket'
fsync = off
max_parallel_workers = 8
max_worker_processes = 8
END
"${as[@]}" "$bindir/pg_ctl" -D "$work/data" -w -l "$work/socket/log" start \
	>"$work/err" 2>&1 || { cat "$work/socket/log" >>"$work/err"
		fail "pg_ctl start"; finish; }
started=1

# sql STATUS TEXT: rows in $work/out, unaligned
sql()
{
	"$installed/psql" -h "$work/socket" -U postgres -X -q -A -t \
		-v ON_ERROR_STOP=1 -d "${database:-postgres}" -c "$2" \
		>"$work/out" 2>"$work/err" </dev/null
	local status=$?
	said=$2
	[ $status = "$1" ] && ok || fail "$2: status $status, expected $1"
}

gives() # TEXT EXPECTED
{
	sql 0 "$1"
	same "$1" "$2" "$(cat "$work/out")"
}

refused() # TEXT WORDS
{
	sql 1 "$1"
	grep -qF -- "$2" "$work/err" && ok || fail "$1: does not say \"$2\""
}

sql 0 "CREATE EXTENSION shokan"
[ $failed = 0 ] || finish
gives "SELECT shokan_version()" "$("$SHOKAN" --version | cut -d ' ' -f 2)"
sql 0 "CREATE TABLE records(number serial PRIMARY KEY, record text)"
"$installed/psql" -h "$work/socket" -U postgres -X -q -v ON_ERROR_STOP=1 -c \
	"\\copy records(record) from '$work/records.jsonl' csv delimiter e'\x01' quote e'\x02'" \
	2>"$work/err" || fail copy
gives "SELECT count(*) FROM records" "$(grep -c '' "$work/records.jsonl")"

# The answers of the command, as jsonb says them.
equals() # NAME TEXT: the same documents in the same order
{
	sql 0 "$2"
	jq -cS . <"$work/$1" >"$work/wanted"
	jq -cS . <"$work/out" >"$work/got"
	cmp -s "$work/wanted" "$work/got" && ok ||
		fail "$2: other answers than the command's"
}
all="FROM records ORDER BY number"
answers r8 --revision r8
equals r8 "SELECT shokan_price(record, 'r8') $all"
equals r8 "SELECT p FROM records, shokan_price(record, 'r8') AS p
	ORDER BY number"
answers dated
equals dated "SELECT shokan_price(record) $all"
answers day --as-of 2026-07-01
equals day "SELECT shokan_price(record, '2026-07-01') $all"
answers one --revision r6 --decision rare_disease_coefficient
equals one "SELECT shokan_price(record, 'r6', 'rare_disease_coefficient') $all"
echo '{"majority_share":50}' >"$work/policy.json"
answers policy --revision r8 --decision above_price_pattern \
	--policy "$work/policy.json"
equals policy "SELECT shokan_price(record, 'r8', 'above_price_pattern',
	'{\"majority_share\":50}') $all"
# Numbers are exact in both.
gives "SELECT shokan_price('{\"id\":\"a\",\"acquisition_price\":
	12345678901234567890123.45}', 'r8', 'special_depreciation')
	-> 'values' -> 'amount_exact' -> 'outcomes' ->> 0" 1851851835185185183518.5175
# The same of jsonb, where a record is one.
gives "WITH j AS (SELECT number, record, record::jsonb AS doc FROM records
	WHERE number NOT IN (7, 8, 9))
	SELECT count(*), bool_and(shokan_price(doc, 'r8', d)
	= shokan_price(record, 'r8', d)), bool_and(shokan_price(doc, 'r8', d,
	'{\"majority_share\":50}'::jsonb) = shokan_price(record, 'r8', d,
	'{\"majority_share\":50}'::text))
	FROM j, (VALUES ('rare_disease_coefficient'), ('above_price_pattern'))
	AS v(d)" "20|t|t"
gives "SELECT count(*) FROM shokan_price('{\"id\":\"a\",\"annual_tests\":1,
	\"acquisition_price\":1}'::jsonb, 'r8')" 2
gives "SELECT shokan_price(NULL, 'r8', 'premium') IS NULL,
	(SELECT count(*) FROM shokan_price(NULL::text)),
	(SELECT count(*) FROM shokan_explain(NULL::text, 'r8'))" "t|0|0"

# The proof as a table.
first="FROM records, shokan_explain(record, 'r8', 'rare_disease_coefficient')
	AS e WHERE number = 1"
steps=$(head -n 1 "$work/records.jsonl" | "$SHOKAN" price - --format json \
	--revision r8 --steps | jq '.steps | length')
gives "SELECT count(*) $first AND kind NOT IN ('citation', 'missing')" "$steps"
gives "SELECT depth, kind, name, value, source IS NULL $first
	AND kind = 'fact' LIMIT 2" "2|fact|orphan_designated|true|t
1|fact|annual_tests|150|t"
gives "SELECT kind, name, table_row, value, source || ' ' || place, evidence
	$first AND name = 'coefficient' AND kind = 'row'" \
	"row|coefficient|6|1.5|S001 L1397|E0"
gives "SELECT name $first AND kind = 'missing'" points_rounding
gives "SELECT (SELECT array_agg(e) FROM shokan_explain(record, 'r8') AS e)
	= (SELECT array_agg(e) FROM shokan_explain(record::jsonb, 'r8') AS e)
	FROM records WHERE number = 1" t
gives "SELECT kind, name, value FROM records, shokan_explain(record, 'r8')
	WHERE number = 5" "error|annual_test|unknown_field"

# What is wrong with a question is an ERROR with a state of its kind.
refused "SELECT shokan_price('{}', 'r99')" 'there is no revision "r99"'
refused "SELECT shokan_price('{}', 'r8', 'rare_disease_coeficient')" \
	'did you mean "rare_disease_coefficient"?'
refused "SELECT shokan_price('{}', 'r8', 'premium', '{\"majority_shar\":1}')" \
	'policy: there is no policy parameter "majority_shar"'
refused "SELECT * FROM shokan_explain('{}', '2026-02-30')" "is not a date"
sql 1 "DO \$\$ BEGIN PERFORM shokan_price('{}', 'r99', 'premium');
	EXCEPTION WHEN invalid_parameter_value THEN NULL; END \$\$;
	SELECT shokan_price('{}', 'r99', 'premium')"
sql 0 "DO \$\$ BEGIN PERFORM shokan_price('{}', 'r99', 'premium');
	EXCEPTION WHEN invalid_parameter_value THEN NULL; END \$\$"
# STABLE: no index may rest on rules that are files.
refused "CREATE INDEX ON records(shokan_price(record, 'r8', 'premium'))" \
	"must be marked IMMUTABLE"
gives "SELECT DISTINCT provolatile, proparallel, proisstrict FROM pg_proc
	WHERE proname LIKE 'shokan%'" "s|s|t"

# The rules: a superuser's setting, another at any time.
hash=$(head -n 1 "$work/r8" | jq -r .rulebook)
gives "SELECT shokan_rules()" "$hash"
cp -r "$rules" "$work/book"
echo >>"$work/book/rulebook.xml"
chmod -R a+rX "$work/book"
gives "SELECT shokan_rules() = '$hash'; SET shokan.rules = '$work/book';
	SELECT shokan_rules() = '$hash';
	SELECT shokan_price('{\"id\":\"a\"}', 'r8', 'premium') ->> 'rulebook'
	= shokan_rules(); RESET shokan.rules;
	SELECT shokan_rules() = '$hash'" "t
f
t
t"
refused "SET shokan.rules = '$work/nowhere'; SELECT shokan_rules()" nowhere
sql 0 "CREATE ROLE analyst LOGIN; GRANT SELECT ON records TO analyst"
refused "SET ROLE analyst; SELECT shokan_version();
	SET shokan.rules = '$work/book'" "permission denied"
gives "SET ROLE analyst; SELECT count(shokan_price(record, 'r8', 'premium'))
	FROM records" "$(grep -c '' "$work/records.jsonl")"

# Parallel: the same answers from several workers, and they did the work.
sql 0 "CREATE TABLE many AS SELECT i AS number, format('{\"id\":\"R%s\",
	\"orphan_designated\":%s,\"indication_aid\":false,\"annual_tests\":%s,
	\"base_points\":%s}', i,
	to_jsonb(i % 2 = 0), i % 1100, i % 50 + 100)::jsonb
	AS record FROM generate_series(1, 3000) AS i; ANALYZE many"
total="SELECT count(*), md5(string_agg(p::text, ',' ORDER BY number)) FROM
	(SELECT number, shokan_price(record, 'r8', 'rare_disease_coefficient')
	AS p FROM many OFFSET 0) AS s"
sql 0 "SET max_parallel_workers_per_gather = 0; $total"
alone=$(cat "$work/out")
spread="SET max_parallel_workers_per_gather = 4;
	SET min_parallel_table_scan_size = 0; SET parallel_setup_cost = 0;
	SET parallel_tuple_cost = 0"
gives "$spread; $total" "$alone"
sql 0 "$spread; EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, VERBOSE) $total"
grep -qE 'Workers Launched: [1-9]' "$work/out" && ok ||
	fail "no parallel worker"
grep -A 4 'Gather' "$work/out" | grep -q shokan_price && ok ||
	fail "the workers do not price"
gives "SET force_parallel_mode = on; $total" "$alone"
several="SELECT count(*), md5(string_agg(p::text, ',' ORDER BY number, p::text))
	FROM (SELECT number, shokan_price(record, 'r8') AS p FROM many) AS s"
sql 0 "SET max_parallel_workers_per_gather = 0; $several"
alone=$(cat "$work/out")
gives "$spread; $several" "$alone"
gives "SET force_parallel_mode = on; $several" "$alone"
rows="SELECT count(*), sum(depth), count(DISTINCT value) FROM many, LATERAL
	shokan_explain(record, 'r8', 'rare_disease_coefficient')
	WHERE number < 300"
sql 0 "SET max_parallel_workers_per_gather = 0; $rows"
alone=$(cat "$work/out")
gives "$spread; $rows" "$alone"
# a setting reaches the workers
gives "$spread; SET shokan.rules = '$work/book'; SELECT count(DISTINCT
	shokan_price(record, 'r8', 'premium') ->> 'rulebook') FROM many" 1

# Memory: a backend does not grow with the records, nor with the errors.
if [ -r /proc/self/status ]; then
	sql 0 "CREATE FUNCTION resident() RETURNS bigint LANGUAGE sql AS \$\$
	SELECT substring(pg_read_file(format('/proc/%s/status',
	pg_backend_pid())) from 'VmRSS:\s*(\d+)')::bigint \$\$"
	loop() # TIMES STATEMENT
	{
		echo "FOR i IN 1..$1 LOOP $2; END LOOP;"
	}
	priced="PERFORM shokan_price(format('{\"id\":\"R%s\",
		\"annual_tests\":%s}', i, i % 1100), 'r8',
		'rare_disease_coefficient')"
	proved="PERFORM * FROM shokan_explain('{\"id\":\"a\",
		\"annual_tests\":1}', 'r8', 'rare_disease_coefficient')"
	broken="BEGIN PERFORM shokan_price('{}', 'r99', 'premium');
		EXCEPTION WHEN OTHERS THEN NULL; END"
	sql 0 "DO \$\$ DECLARE before bigint; BEGIN
		$(loop 2000 "$priced") $(loop 500 "$proved")
		$(loop 200 "$broken") before := resident();
		$(loop "$ROWS" "$priced") $(loop $((ROWS / 20)) "$proved")
		$(loop $((ROWS / 10)) "$broken")
		RAISE NOTICE 'grown by % kB of %', resident() - before, before;
		END \$\$"
	grown=$(sed -n 's/.*grown by \(-*[0-9]*\) kB.*/\1/p' "$work/err")
	echo "$ROWS records: $(sed -n 's/.*NOTICE: *//p' "$work/err")"
	[ -n "$grown" ] && [ "$grown" -lt 4096 ] && ok ||
		fail "memory grows with the records"
	# as one statement over a set
	sql 0 "SELECT count(*) FROM generate_series(1, $ROWS) AS i, LATERAL
		shokan_price(format('{\"id\":\"R%s\",\"annual_tests\":%s}', i,
		i % 1100), 'r8'); SELECT resident()"
	same "answers of a set" "$ROWS" "$(head -n 1 "$work/out")"
	resident=$(tail -n 1 "$work/out")
	echo "$ROWS records in a set: resident $resident kB"
	[ "${resident:-999999}" -lt 131072 ] && ok || fail "a set needs memory"
fi

# Another encoding of the database: the same answer.
sql 0 "CREATE DATABASE other ENCODING 'EUC_JP' LOCALE 'C' TEMPLATE template0"
export PGCLIENTENCODING=UTF8
database=other
sql 0 "CREATE EXTENSION shokan"
gives "SELECT shokan_price('{\"id\":\"検査\",
	\"annual_tests\":1}', 'r8', 'rare_disease_coefficient') ->> 'id'" 検査
database=postgres
sql 0 "DROP EXTENSION shokan"
# The example of README.md.
. "$SOURCE/tests/plug/recipes.bash"
recipe PostgreSQL
gives "$(cat "$work/statements")" "$(cat "$work/says")"
finish

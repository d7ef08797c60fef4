#!/usr/bin/env bash
# batch, import, runs and export as a user calls them: the same answers as
# price, runs that say what they rest on, records in and out unchanged, and
# what cannot be done said.
. "$(dirname "${BASH_SOURCE[0]}")/../cli/lib.bash"
for tool in sqlite3 jq; do
	command -v $tool >/dev/null || { echo "skipped, no $tool"; exit 77; }
done
products=$SOURCE/fixtures/products
store=$work/a.store
export SOURCE_DATE_EPOCH=1780272000

# Without a store batch is price.
run 4 batch --revision r8 --format json "$work/bad.csv"
cp "$work/out" "$work/was"
cp "$work/err" "$work/waserr"
run 4 price --revision r8 --format json "$work/bad.csv"
cmp -s "$work/out" "$work/was" && ok || fail "batch prints other than price"
cmp -s "$work/err" "$work/waserr" && ok || fail "batch says other than price"

# With one it prints the same, with the same status, and keeps the results.
for format in text json csv snapshot; do
	run 4 batch --store "$store" --revision r8 --format $format \
		"$work/bad.csv" "$work/two.csv"
	cp "$work/out" "$work/was"
	cp "$work/err" "$work/waserr"
	run 4 price --revision r8 --format $format "$work/bad.csv" \
		"$work/two.csv"
	cmp -s "$work/out" "$work/was" && ok || fail "$format differs"
	cmp -s "$work/err" "$work/waserr" && ok || fail "$format: says other"
done
run 1 batch --store "$store" --strict --decision rare_disease_coefficient \
	"$work/two.csv"
run 0 batch --store "$store" --quiet --revision r8 "$work/two.csv"
empty out
run 0 runs list --store "$store" --format json
same "runs" "1 complete,2 complete,3 complete,4 complete,5 complete,6 complete" \
	"$(jq -r '"\(.run) \(.state)"' "$work/out" | paste -sd,)"
run 0 runs show 1 --store "$store" --format json
same "counts" '{"determined":3,"undetermined":1,"not_applicable":0,"conflict":0,"error":1}' \
	"$(jq -c .counts "$work/out")"
same "by decision" "5" "$(jq '[.decisions[].count] | add' "$work/out")"
same "time" "2026-06-01T00:00:00Z" "$(jq -r .started "$work/out")"
same "inputs of two files" "$(printf 'sha256:%s\nsha256:%s\n' \
	$(sha256sum "$work/bad.csv" | cut -c1-64) \
	$(sha256sum "$work/two.csv" | cut -c1-64) | sha256sum | cut -c1-64)" \
	"$(jq -r '.inputs[7:]' "$work/out")"
run 0 runs show 6 --store "$store" --format json
same "inputs of one file" "$(sha256sum "$work/two.csv" | cut -c1-64)" \
	"$(jq -r '.inputs[7:]' "$work/out")"
same "input" "$work/two.csv" "$(jq -r '.input[0].path' "$work/out")"
same "rulebook" "$("$SHOKAN" rules list | grep -o 'sha256:.*')" \
	"$(jq -r .rulebook "$work/out")"
same "engine" "shokan $(jq -r .engine "$work/out")" "$("$SHOKAN" --version)"
same "options" r8 "$(jq -r .options.revision "$work/out")"
run 0 runs show 6 --store "$store"
has out "undetermined"
run 0 runs list --store "$store"
has out "complete"
same "list, wide" 1 "$([ "$(wc -L <"$work/out")" -le 100 ] && echo 1)"

# The results of a run are the snapshot that price prints, sorted.
run 0 export --run 6 --format snapshot --store "$store"
grep -v '^#' "$work/out" >"$work/was"
grep '^#' "$work/out" >"$work/head"
run 0 price --revision r8 --format snapshot "$work/two.csv"
grep -v '^#' "$work/out" | LC_ALL=C sort | cmp -s - "$work/was" && ok ||
	fail "another snapshot in the store"
grep '^#' "$work/out" | cmp -s - "$work/head" && ok ||
	fail "another header in the store: $(cat "$work/head")"
run 0 export --run 6 --format json --store "$store"
same "as JSON" "A1 determined" \
	"$(head -n 1 "$work/out" | jq -r '.id + " " + .status')"
run 0 export --run 6 --store "$store"
same "as CSV" id,decision,revision,as_of,status,reason,values,missing,outcomes,evidence,citations,facts \
	"$(head -n 1 "$work/out" | tr -d '\r')"

# Deleting; what is not there.
run 0 runs delete 2 --store "$store"
empty out
run 2 runs show 2 --store "$store"
has err "there is no run 2"
run 2 runs delete 2 --store "$store"
run 2 export --run 2 --store "$store"
same "its results are gone" 0 \
	"$(sqlite3 "$store" 'SELECT count(*) FROM result WHERE run = 2')"
same "the others are not" 5 \
	"$(sqlite3 "$store" 'SELECT count(*) FROM result WHERE run = 3')"
for words in "" "show" "show x" "show 0" "show -1" "list 1" "shwo 1" "show 1 2"; do
	run 2 runs $words --store "$store"
done
run 2 runs list
has err "--store FILE"
for command in "runs list" "export --run 1" "export products" "batch"; do
	run 5 $command --store "$work/absent.store"
	has err "no such store"
done
[ -e "$work/absent.store" ] && fail "a store appeared" || ok

# Import: every example in, and again; a wrong record keeps its file out.
rm -f "$store"
for file in rare-disease.csv samd-cp932.csv points.tsv same-record.json \
	above-price.xml category-review.csv; do
	run 0 import --store "$store" "$products/$file"
	has out " 0 changed, 0 as before"
done
sqlite3 "$store" .dump >"$work/was"
run 0 import --store "$store" "$products/rare-disease.csv" \
	"$products/samd.csv"
has out "5 records: 0 new, 0 changed, 5 as before"
has out "4 records: 0 new, 0 changed, 4 as before"
sqlite3 "$store" .dump | cmp -s - "$work/was" && ok ||
	fail "importing the same again changed the store"
run 4 import --store "$store" "$work/bad.csv"
has err "bad.csv:3:5: annual_tests"
has err "nothing was imported from it"
sqlite3 "$store" .dump | cmp -s - "$work/was" && ok ||
	fail "a wrong file was half imported"
run 4 import --store "$store" "$work/bad.csv" "$work/two.csv"
has out "two.csv: 2 records: 2 new"
same "good file beside a bad one" 2 "$(sqlite3 "$store" \
	"SELECT count(*) FROM product WHERE id IN ('A1', 'B2', 'X9', 'C3')")"
{ cat "$work/one.csv"; sed -n 2p "$work/one.csv"; } >"$work/twice.csv"
run 4 import --store "$store" "$work/twice.csv"
printf '{"id":"T1"}\n{"id":"T1"}\n' >"$work/twice.jsonl"
run 4 import --store "$store" --input-format jsonl "$work/twice.jsonl"
has err "twice.jsonl:2: id: this is already the record of line 1"
printf 'id\n' >"$work/none.csv"
run 4 import --store "$store" "$work/none.csv"
run 5 import --store "$store" "$work/absent.csv"
run 2 import --store "$store"
run 2 import --store "$store" -
has err "ordinary file"
run 2 import "$work/one.csv"

# The products of a store answer as their files did, in that order.
files="$products/rare-disease.csv $products/samd-cp932.csv
	$products/points.tsv $products/same-record.json
	$products/above-price.xml $products/category-review.csv $work/two.csv"
for format in text json csv snapshot; do
	run 0 batch --store "$store" --revision r8 --format $format
	cp "$work/out" "$work/was"
	run 0 price --revision r8 --format $format $files
	cmp -s "$work/out" "$work/was" && ok ||
		fail "products answer otherwise: $format"
done
run 0 runs show 1 --store "$store" --format json
same "products" "$(sqlite3 "$store" 'SELECT count(*) FROM product')" \
	"$(jq '.input[0].products' "$work/out")"

# Other facts take their place; the run of before keeps its own.
sed 's/150/250/' "$work/two.csv" >"$work/changed.csv"
run 0 import --store "$store" "$work/changed.csv"
has out "2 records: 0 new, 1 changed, 1 as before"
run 0 batch --store "$store" --revision r8 --format csv \
	--decision rare_disease_coefficient
grep '^A1,' "$work/out" >"$work/was"
run 0 price --revision r8 --format csv --decision rare_disease_coefficient \
	"$work/changed.csv"
grep '^A1,' "$work/out" | cmp -s - "$work/was" && ok ||
	fail "the old facts are answered for"

# Products out and in again are the same.
for format in csv json; do
	rm -f "$work/b.store"
	run 0 export products --store "$store" --format $format \
		--output "$work/all.$format"
	run 0 import --store "$work/b.store" "$work/all.$format"
	same "$format" "$(sqlite3 "$store" \
		'SELECT id, facts FROM product WHERE until IS NULL ORDER BY 1')" \
		"$(sqlite3 "$work/b.store" \
			'SELECT id, facts FROM product ORDER BY 1')"
done
printf 'id,shelf,annual_tests\nK1,"007, left",1\n' >"$work/kept.csv"
run 4 import --store "$work/b.store" "$work/kept.csv"
run 0 import --store "$work/b.store" --keep shelf "$work/kept.csv"
run 0 batch --store "$work/b.store" --revision r8 --format json --keep shelf \
	--decision rare_disease_coefficient
same "kept in the store" "007, left" \
	"$(jq -r 'select(.id == "K1").kept.shelf' "$work/out")"
run 0 export products --store "$work/b.store"
same "kept in the export" '"007, left"' \
	"$(grep '^K1,' "$work/out" | grep -o '"007, left"')"
run 2 export products --store "$store" --format snapshot
run 2 export products --store "$store" --run 1
run 2 export products --store "$store" --all
run 2 export nothing --store "$store"

# --quiet is for standard output: a file gets what it always gets.
rm -f "$work/quiet.csv" "$work/loud.csv"
run 0 batch --store "$work/quiet.store" --revision r8 --format csv \
	--output "$work/loud.csv" "$work/two.csv"
run 0 batch --store "$work/quiet.store" --quiet --revision r8 --format csv \
	--output "$work/quiet.csv" "$work/two.csv"
empty out
[ -s "$work/quiet.csv" ] && cmp -s "$work/quiet.csv" "$work/loud.csv" && ok ||
	fail "--quiet --output: another file"
rm -f "$work/quiet.csv"
run 0 batch --quiet --revision r8 --format csv --output "$work/quiet.csv" \
	"$work/two.csv"
empty out
cmp -s "$work/quiet.csv" "$work/loud.csv" && ok ||
	fail "--quiet --output without a store: another file"

# --resume: nothing to go on with, and everything that must be the same.
run 2 batch --resume "$work/two.csv"
run 2 batch --resume --store "$store" "$work/two.csv"
has err "no run was interrupted"
run 2 batch --quiet "$work/two.csv"
run 2 batch --store "$store" --output "$store" "$work/two.csv"
has err "same file"
run 2 batch --quiet --output - --store "$store" "$work/two.csv"
has err "exclude each other"
for number in 0 -1 x 1000001 ""; do
	run 2 batch --store "$store" --save-every "$number" "$work/two.csv"
done
run 2 batch --store "$store" - <"$work/two.csv"
has err "ordinary file"
run 4 batch --store "$work/empty.store" --revision r8 "$work/none.csv"
rm -f "$work/empty.store"
"$SHOKAN" batch --store "$work/empty.store" --quiet "$work/one.csv" 2>/dev/null
run 4 batch --store "$work/empty.store"
has err "no products"

unfinished() # as after a kill behind the first record
{
	cp "$work/r.store" "$work/u.store"
	sqlite3 "$work/u.store" "UPDATE run SET finished = NULL, records = 1,
		results = 1, undetermined = 0;
		DELETE FROM result WHERE place % 2 = 1"
}
rare="--decision rare_disease_coefficient --format csv"
run 0 batch --store "$work/r.store" $rare --revision r8 "$work/two.csv"
cp "$work/out" "$work/want"
sqlite3 "$work/r.store" .dump >"$work/want.dump"
unfinished
run 0 runs list --store "$work/u.store"
has out interrupted
run 0 export --run 1 --store "$work/u.store"
has err "was interrupted"
while read -r what arguments; do
	run 2 batch --resume --store "$work/u.store" $arguments
	has err "run 1 cannot be resumed: the $what differ"
done <<END
options $rare --revision r6 $work/two.csv
options $rare --revision r8 --steps $work/two.csv
options $rare --revision r8 --columns id,points $work/two.csv
options $rare --revision r8 --keep x_note $work/two.csv
options $rare --revision r8 --min-evidence E2 $work/two.csv
options $rare --as-of 2026-06-01 $work/two.csv
options $rare --revision r8 --set annual_tests=9 $work/two.csv
options --decision rare_disease_coefficient --revision r8 $work/two.csv
policy $rare --revision r8 --set points_rounding=floor $work/two.csv
inputs $rare --revision r8 $work/one.csv
inputs $rare --revision r8 $work/two.csv $work/one.csv
END
cp -r "$SOURCE/rules" "$work/rules"
echo '<!-- -->' >>"$work/rules/sources.xml"
run 2 batch --resume --store "$work/u.store" $rare --revision r8 \
	--rules "$work/rules" "$work/two.csv"
has err "the rulebook differs"
sqlite3 "$work/u.store" "UPDATE run SET engine = '0.0.9'"
run 2 batch --resume --store "$work/u.store" $rare --revision r8 "$work/two.csv"
has err "another version of shokan"
unfinished
run 0 batch --resume --store "$work/u.store" $rare --revision r8 "$work/two.csv"
cmp -s "$work/out" "$work/want" && ok ||
	fail "--resume on standard output is not everything"
sqlite3 "$work/u.store" .dump | cmp -s - "$work/want.dump" && ok ||
	fail "--resume ends with another store"

# A part of the output that is gone, or shorter than the store knows: all of
# it is answered again. What was added behind it is cut off.
for part in none short long; do
	unfinished
	head -n 2 "$work/want" >"$work/go.csv.run1.part"
	size=$(stat -c %s "$work/go.csv.run1.part")
	sqlite3 "$work/u.store" "UPDATE run SET output = $size"
	case $part in
	none) rm "$work/go.csv.run1.part" ;;
	short) truncate -s -1 "$work/go.csv.run1.part" ;;
	long) echo half,a,line >>"$work/go.csv.run1.part" ;;
	esac
	run 0 batch --resume --store "$work/u.store" $rare --revision r8 \
		--output "$work/go.csv" "$work/two.csv"
	cmp -s "$work/go.csv" "$work/want" && ok ||
		fail "a part that is $part: other bytes"
	sqlite3 "$work/u.store" .dump | cmp -s - "$work/want.dump" && ok ||
		fail "a part that is $part: another store"
	[ -e "$work/go.csv.run1.part" ] && fail "the part stays" || ok
	rm "$work/go.csv"
done

# Nothing is left of a run that could not begin.
run 2 batch --store "$work/r.store" --set nothing=1 "$work/two.csv"
run 5 batch --store "$work/r.store" --output "$work/absent/x" "$work/two.csv"
run 5 batch --store "$work/r.store" "$work/absent.csv"
same "runs that could not begin" 1 \
	"$(sqlite3 "$work/r.store" 'SELECT count(*) FROM run')"

# An older store is upgraded, and says where it was.
sqlite3 "$work/old.store" "PRAGMA application_id = 1936224107;
	PRAGMA user_version = 1;
	CREATE TABLE source (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT
		NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL, bytes
		INTEGER NOT NULL, imported TEXT NOT NULL) STRICT;
	CREATE TABLE product (place INTEGER NOT NULL, since INTEGER NOT NULL
		REFERENCES source (id), until INTEGER REFERENCES source (id),
		id TEXT NOT NULL, row INTEGER NOT NULL, facts TEXT NOT NULL,
		kept TEXT NOT NULL, PRIMARY KEY (place, since)) STRICT,
		WITHOUT ROWID;
	CREATE UNIQUE INDEX product_now ON product (id) WHERE until IS NULL;
	INSERT INTO source VALUES (1, 'records', 'a.csv', 'x', 9, 'then');
	INSERT INTO product VALUES (1, 1, NULL, 'A1', 2,
		'{\"id\":\"A1\",\"orphan_designated\":\"true\"}', '{}');"
run 0 batch --store "$work/old.store" --revision r8 --format json
has err "was upgraded to version"
has err "old.store.v1.backup"
same "its product" A1 "$(jq -r .id "$work/out" | sort -u)"
run 0 runs list --store "$work/old.store"
empty err
same "the copy" 1 \
	"$(sqlite3 "$work/old.store.v1.backup" 'PRAGMA user_version')"
finish

#!/usr/bin/env bash
# --columns: the cells that are asked for, in that order, are those of the
# whole row; outputs by name; what is refused.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
rare="--decision rare_disease_coefficient --revision r8 --format csv"

cells() # ARGUMENTS...
{
	"$SHOKAN" price $rare "$@" 2>"$work/err" | tr -d '\r' | paste -sd' '
}

# 1,235 x 1.5 = 1,852.5 is no whole number, so A1's points are open
same "lead and outputs" "id,status,value,points_exact,points \
A1,determined,1.5,1852.5, B2,undetermined,,," \
	"$(cells --columns id,status,value,points_exact,points "$work/two.csv")"
same "another order" "value,id 1.5,A1" \
	"$(cells --columns value,id "$work/one.csv")"
same "an identifier twice is one name twice" "" \
	"$(cells --columns id,id "$work/one.csv")"
same "the name of the product" "id,name A1,検査ア" \
	"$(cells --columns id,name "$work/one.csv")"
same "no identifier" "status determined" \
	"$(cells --columns status "$work/one.csv")"
same "kept columns follow" "id,value,x_own A1,1.5,7" "$(sed \
	's/^id/x_own,id/; s/^A1/7,A1/' "$work/one.csv" >"$work/own.csv"
	cells --columns id,value --keep x_own "$work/own.csv")"
same "a wrong record keeps its place" "id,status,value A1,determined,1.5 \
X9,error, C3,determined,1.4" "$(cells --columns id,status,value \
	"$work/bad.csv")"

# every column of a whole row, one by one, is what the row says
"$SHOKAN" price $rare --steps "$work/two.csv" >"$work/whole.csv"
names=$(head -n 1 "$work/whole.csv" | tr -d '\r')
"$SHOKAN" price $rare --steps --columns "$names" "$work/two.csv" \
	>"$work/asked.csv"
if cmp -s "$work/whole.csv" "$work/asked.csv"; then ok; else
	fail "the whole row, column by column"
fi

# answers that are remembered say the same
{ cat "$work/two.csv"
	for i in $(seq 50); do echo "N$i,,true,false,$((i * 20)),$i"; done
} >"$work/many.csv"
"$SHOKAN" price $rare --columns id,value,points_exact "$work/many.csv" |
	tail -n 1 | tr -d '\r' >"$work/last"
same "1000 tests, designated: 50 x 1.1" "N50,1.1,55" "$(cat "$work/last")"
same "960 are: 48 x 1.1" "N48,1.1,52.8" "$("$SHOKAN" price $rare --columns \
	id,value,points_exact "$work/many.csv" | grep ^N48 | tr -d '\r')"

# columns that the values are enough for say what they say beside the others,
# for which flips, missing facts and citations are worked out as well
light=id,status,value,outcomes,reason,values,points,price,divergence_percent
for revision in r8; do
	for name in rare-disease unprofitable above-price existing-category; do
		product=$SOURCE/fixtures/products/$name.csv
		for columns in $light $light,flips,missing,citations; do
			"$SHOKAN" price --format csv --revision $revision \
				--columns $columns "$product" 2>"$work/err"
		done | python3 -c '
import csv, sys
rows = list(csv.reader(sys.stdin))
half = len(rows) // 2
wide = [row[:'"$(tr , '\n' <<<$light | wc -l)"'] for row in rows[half:]]
sys.exit(half < 3 or rows[:half] != wide or rows[half:] == wide)' && ok ||
			fail "the values alone: $name, $revision"
	done
done

run 2 price $rare --columns id,colour "$work/one.csv"
has err "no column colour"
run 2 price --columns id "$work/one.csv"
has err "--columns is for CSV"
run 2 price $rare --columns id,id "$work/one.csv"
finish

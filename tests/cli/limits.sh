#!/usr/bin/env bash
# What the command counts itself, at the ceiling and past it: options, names,
# models, paths, columns, and what is said of too much. Those of the library are
# tested where they are.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
cd "$work" || exit 1
rare="--decision rare_disease_coefficient --revision r8"

times() # COUNT TEXT: the text so often
{
	printf "%$1s" "" | sed "s/ /$2/g"
}

numbered() # COUNT BEFORE BEHIND: the numbers from 1 on between two texts
{
	seq -f "$2%.0f$3" 1 "$1"
}

# --set, and a name in it.
run 0 price $rare $(numbered 256 "--set annual_tests=" "") one.csv
run 2 price $rare $(numbered 257 "--set annual_tests=" "") one.csv
has err "more than 256 --set"
run 2 price $rare --set "$(times 127 x)=1" one.csv
has err "$(times 127 x)"
lacks err "NAME=VALUE"
run 2 price $rare --set "$(times 128 x)=1" one.csv
has err "NAME=VALUE"

# --vary: a sweep has two facts, but each is looked at before that is said.
run 2 sweep $rare $(numbered 16 "--vary annual_tests=" "") one.csv
lacks err "more than 16"
run 2 sweep $rare $(numbered 17 "--vary annual_tests=" "") one.csv
has err "more than 16 --vary"

# Names of a list.
run 2 price --decision "$(numbered 1024 d "" | paste -sd,)" one.csv
lacks err "more than"
run 2 price --decision "$(numbered 1025 d "" | paste -sd,)" one.csv
has err "more than 1024 names"

# Where a solution is looked for, how many attempts, how large a portion.
run 0 solve $rare --for annual_tests --so-that 'coefficient>1' \
	--within "..$(times 125 0)" one.csv
run 2 solve $rare --for annual_tests --so-that 'coefficient>1' \
	--within "..$(times 126 0)" one.csv
has err "of less than 128 bytes"
run 2 diff r6 no_such --tries 100000000
lacks err "tries"
run 2 diff r6 r8 --tries 100000001
has err "up to 100000000"
run 0 batch --quiet $rare --store a.store --save-every 1000000 one.csv
run 2 batch --quiet $rare --store a.store --save-every 1000001 one.csv
has err "from 1 to 1000000"

# Words that name models; one that is named often is read once.
model=$SOURCE/tests/dmn/example/loan.dmn
run 0 dmn check $(numbered 256 "$model" "" | sed 's/dmn[0-9]*$/dmn/')
lacks err "more than 256"
run 2 dmn check $(numbered 257 "$model" "" | sed 's/dmn[0-9]*$/dmn/')
has err "more than 256 models"

# A longer name is like none.
for size in 63 64; do
	run 2 price --decision "$(times $size r)" one.csv
	has err "$(times $size r)"
	lacks err "mean"
done

# A path that fits with the end of its temporary file, and one that does not.
deep=$(times 2000 '.\/')
run 0 price $rare --output "$deep$(times 88 x)" one.csv
[ -s "$(times 88 x)" ] || fail "the longest path is not written"
run 5 price $rare --output "$deep$(times 89 x)" one.csv
[ ! -e "$(times 89 x)" ] || fail "a path that is too long is written"

# Columns of the products of a store.
{
	echo "id,$(numbered 1023 x_ "" | paste -sd,)"
	echo "A,$(numbered 1023 "" "" | paste -sd,)"
} >first.csv
{
	echo "id,$(seq -f x_%.0f 1024 1279 | paste -sd,)"
	echo "B,$(seq 1024 1279 | paste -sd,)"
} >second.csv
printf 'id,x_more\nC,1\n' >third.csv
run 0 import --store b.store --keep "$(numbered 1023 x_ "" | paste -sd,)" \
	first.csv
run 0 import --store b.store --keep "$(seq -f x_%.0f 1024 1279 | paste -sd,)" \
	second.csv
run 0 export products --store b.store
same "columns" 1280 "$(head -n 1 out | tr , '\n' | wc -l)"
run 0 import --store b.store --keep x_more third.csv
run 4 export products --store b.store
has err "more than 1280 columns"

# A message: what is cut ends with three points, behind a whole character.
run 2 solve $rare --for annual_tests --so-that 'coefficient>1' \
	--within "$(times 3000 é)" one.csv
same "the end of a long message" "é..." "$(tail -c 6 err)"
same "a long message" 2055 "$(wc -c <err)"
iconv -f UTF-8 -t UTF-8 err >again 2>&1 || fail "a message is cut inside of a letter"

# Changes that are told, each one line here.
batch="batch --quiet $rare"
{
	echo id,orphan_designated,indication_aid,annual_tests
	numbered 513 A ",true,false,150"
} >many.csv
run 0 $batch --write-baseline base many.csv
for count in 512 513; do
	sed "2,$((count + 1))s/,150/,250/" many.csv >changed.csv
	run 1 $batch --baseline base changed.csv
	same "changes of $count that are told" 512 "$(grep -c ' -> ' err)"
	same "and what is not, of $count" $((count - 512)) \
		"$(grep -c 'and 1 lines more' err)"
done
finish

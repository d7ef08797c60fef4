#!/usr/bin/env bash
# compare: what changed, by how much, and why. What is expected follows section
# 1 of the rules: bands of tests a year below 200, 400, 600, 800 and 1000; r8
# adds the regenerative target of column 2.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
command -v jq >/dev/null || { echo "skipped, no jq"; exit 77; }
cd "$work" || exit 1

cat >old.csv <<'END'
id,orphan_designated,indication_aid,aid_target,annual_tests,base_points
A1,true,false,,150,1235
B2,true,false,,,1000
C3,false,true,regenerative,900,5000
D4,true,false,,300,1000
GONE,true,false,,300,1000
END
# A1 passes the band at 200, B2 becomes known, D4 stays in its band.
cat >new.csv <<'END'
id,orphan_designated,indication_aid,aid_target,annual_tests,base_points
A1,true,false,,250,1235
B2,true,false,,450,1000
C3,false,true,regenerative,900,5000
D4,true,false,,310,1000
NEW,true,false,,300,1000
END
snap() # FILE REVISION OUT OPTION...
{
	local file=$1 revision=$2 out=$3
	shift 3
	"$SHOKAN" price --format snapshot --revision "$revision" \
		--decision rare_disease_coefficient "$@" "$file" >"$out" || fail "$out"
}
snap old.csv r8 old8
snap old.csv r6 old6
snap new.csv r8 new8
snap old.csv r8 floor8 --set points_rounding=floor

# Nothing differs: nothing said but the counts, and status 0.
run 0 compare old8 old8
same "no change" "rare_disease_coefficient: 5 the same, 0 changed" \
	"$(cat out)"

# A changed fact: 1.5 below 200, 1.4 from there; 1235 * 1.4 = 1729.
run 1 compare --format lines old8 new8
cat >lines <<'END'
A1 rare_disease_coefficient coefficient 1.5 -> 1.4
A1 rare_disease_coefficient points_exact 1852.5 -> 1729
A1 rare_disease_coefficient points undetermined{1852|1853} -> 1729
A1 rare_disease_coefficient missing points_rounding -> (absent)
B2 rare_disease_coefficient status undetermined -> determined
B2 rare_disease_coefficient coefficient undetermined{1.1|1.2|1.3|1.4|1.5} -> 1.3
B2 rare_disease_coefficient points_exact undetermined{1100|1200|1300|1400|1500} -> 1300
B2 rare_disease_coefficient points undetermined{1100|1200|1300|1400|1500} -> 1300
GONE rare_disease_coefficient status determined -> (absent)
GONE rare_disease_coefficient coefficient 1.4 -> (absent)
GONE rare_disease_coefficient points_exact 1400 -> (absent)
GONE rare_disease_coefficient points 1400 -> (absent)
GONE rare_disease_coefficient columns {1} -> (absent)
NEW rare_disease_coefficient status (absent) -> determined
NEW rare_disease_coefficient coefficient (absent) -> 1.4
NEW rare_disease_coefficient points_exact (absent) -> 1400
NEW rare_disease_coefficient points (absent) -> 1400
NEW rare_disease_coefficient columns (absent) -> {1}
END
cmp -s lines out || fail "other lines: $(diff lines out | head -n 5)"
run 1 compare --format json old8 new8
same "why A1" "annual_tests 150 250 alone" "$(jq -r 'select(.id == "A1") |
	.causes[] | "\(.name) \(.before) \(.after) \(.effect)"' out)"
same "difference of A1" "-0.1 -123.5 null null" "$(jq -r 'select(.id == "A1") |
	[.parts[].difference | tostring] | join(" ")' out)"
same "counts" "2 2 1 1" "$(jq -r 'select(.summary) | .summary[] |
	"\(.same) \(.changed) \(.added) \(.removed)"' out)"
same "moves" "determined determined 1,undetermined determined 1" "$(jq -r '
	select(.summary) | [.summary[].moves[] |
	"\(.before) \(.after) \(.count)"] | join(",")' out)"
run 1 compare old8 new8
has out "because           annual_tests 150 -> 250: it alone gives the new answer"
has out "coefficient       1.5 -> 1.4  (-0.1)"
has out "sources after     S001 L1396"

# Turned round it says the reverse.
run 1 compare --format lines new8 old8
sort out >back
sed -E 's/^([^ ]+ [^ ]+ [^ ]+) (.*) -> (.*)$/\1 \3 -> \2/' lines | sort |
	cmp -s - back || fail "not the mirror"

# A changed rule: the regenerative target, and nothing else.
run 1 compare old6 old8
has out "C3  rare_disease_coefficient"
has out "status            not_applicable -> determined"
has out "because           revision r6 -> r8: it alone gives the new answer"
has out "4 the same (4 with other evidence), 1 changed"
has out "differs: revision r6 -> r8"
lacks out "A1  "
run 1 compare --strict old6 old8
has out "evidence          E3 -> E0"
run 1 compare --revisions r6,r8 --decision rare_disease_coefficient old.csv
cp out revisions
"$SHOKAN" compare old6 old8 | cmp -s - revisions ||
	fail "--revisions differs from the two snapshots"

# Rule and facts at once: each has its own effect.
run 1 compare --format json old6 new8
same "why C3" "revision alone" "$(jq -r 'select(.id == "C3") |
	.causes[] | "\(.name) \(.effect)"' out)"
same "why A1 of both" "annual_tests alone revision none" "$(jq -r '
	select(.id == "A1") | .causes[] | "\(.name) \(.effect)"' out |
	paste -sd' ')"

# A changed policy.
run 1 compare old8 floor8
has out "points            undetermined{1852|1853} -> 1852"
has out "points_rounding (absent) -> floor: it alone gives the new answer"
has out "differs: points_rounding (absent) -> floor"

# A demand on the evidence: r6's band below 200 is press (E3). Beside a fact
# that moves the band (1.4 without the demand) the demand is what does it.
snap old.csv r6 firm6 --min-evidence E1
run 1 compare old6 firm6
has out "status            determined -> undetermined"
has out "min_evidence (absent) -> E1: it alone gives the new answer"
snap new.csv r6 firm6 --min-evidence E1
run 1 compare --format json old6 firm6
same "why A1 has no answer" "annual_tests partly min_evidence alone" "$(jq -r '
	select(.id == "A1") | .causes[] | "\(.name) \(.effect)"' out |
	paste -sd' ')"

# Without the rules of a side no cause is claimed, and that is said.
sed 's/sha256:[0-9a-f]*/sha256:00/' old8 >strange
run 1 compare strange new8
has err "the rules of strange are not at hand"
has out "because           annual_tests 150 -> 250: "
has out "differs: rulebook sha256:00 -> sha256:"
cp -r "$SOURCE/rules" other
sed -i 's/ja="製品名"/ja="製品の名"/' other/fields.xml
"$SHOKAN" price --rules other --format snapshot --revision r6 \
	--decision rare_disease_coefficient old.csv >other6
run 1 compare --rules-before other other6 old8
empty err
has out "because           revision r6 -> r8: it alone gives the new answer"

# Approved changes; a star for every id; what did not happen.
run 1 compare --format lines old8 new8
cp out approved
run 0 compare --approved approved old8 new8
has out "A1  rare_disease_coefficient  approved"
empty err
echo 'A1 rare_disease_coefficient coefficient 9 -> 8' >>approved
run 0 compare --approved approved old8 new8
has err "warning: approved, but it did not happen: A1"
run 1 compare --strict --approved approved old8 new8
grep -v '^NEW' lines >approved
run 1 compare --approved approved old8 new8
sed 's/^NEW /* /' lines >approved
run 0 compare --approved approved old8 new8
echo 'no change at all' >approved
run 4 compare --approved approved old8 new8
has err "approved:1: no change; a line is"

# Yearly quantities: 976000 - 500000 = 476000 yen; 3.5 and 2 of them.
cat >prices.csv <<'END'
id,kind,similar_price,premiums,field_prices
700000001,category,500000,none,
700000002,category,1000,none,
700000003,category,1000,none,
END
sed 's/500000/976000/;s/2,category,1000/2,category,1100/;s/3,category,1000/3,category,1500/' \
	prices.csv >prices2.csv
cat >volumes.csv <<'END'
code,name,setting,quantity,suppressed
700000001,あ,outpatient,3.5,0
700000001,あ,inpatient,2,0
700000002,い,outpatient,,1
END
for file in prices prices2; do
	"$SHOKAN" price --format snapshot --revision r8 --decision \
		similar_category_price $file.csv >$file || fail $file
done
run 1 compare --volumes volumes.csv prices prices2
has out "price             500000 -> 976000  (+476000)"
has out "impact            2618000 yen a year"
has out "impact            ? yen a year, held-back quantities not in it: 1"
has out "impact            unknown: no quantity of this code"
has out "impact: 2618000 yen a year; 2 not in it, or not wholly"
echo x >volumes.csv
run 4 compare --volumes volumes.csv prices prices2
has err "volumes.csv:1: no column code"

# All examples, another revision and another policy: every change has a cause
# that was tested, whatever the decision.
files=$(ls "$SOURCE"/fixtures/products/{rare-disease,above-price,unprofitable,existing-category,new-category,samd,points,depreciation,category-review,deck-*}.csv)
"$SHOKAN" price --revision r6 --format snapshot $files >all6 || fail all6
"$SHOKAN" price --revision r8 --format snapshot --set points_rounding=floor \
	--policy "$SOURCE/fixtures/policies/above-price.json" $files >all8 ||
	fail all8
run 1 compare --format json all6 all8
same "untested causes" 0 "$(jq -c 'select(.causes) | .causes[] |
	select(.effect == "untested")' out | wc -l)"
same "changes without a cause" 0 "$(jq -c 'select(.change == "changed") |
	select([.causes[] | select(.effect != "none")] == [])' out | wc -l)"
[ "$(grep -c '"change":"changed"' out)" -gt 30 ] && ok || fail "few changes"

# Unsorted, from standard input, damaged, twice the same.
{ grep '^#' old8; grep -v '^#' old8 | sort -r; } >unsorted
run 0 compare old8 unsorted
"$SHOKAN" compare old8 - <unsorted >out 2>err || fail "from standard input"
same "standard input" "rare_disease_coefficient: 5 the same, 0 changed" \
	"$(cat out)"
run 2 compare - -
{ cat old8; tail -n 1 old8; } >double
run 4 compare old8 double
has err "double:15: \"GONE\", decision \"rare_disease_coefficient\" is there twice"
head -c -3 old8 >cut
run 4 compare cut old8
has err "cut:14: the last line has no LF; the file was cut off"
sed '12s/determined/determind/' old8 >typo
run 4 compare old8 typo
has err "typo:12:5: status: no status; determined, undetermined"
run 4 compare old.csv old8
has err "old.csv:1: this is no snapshot"
run 5 compare old8 absent
empty out

# Runs of a store, and one beside a file.
for revision in r6 r8; do
	"$SHOKAN" batch --store store --quiet --revision $revision --decision \
		rare_disease_coefficient old.csv || fail "batch $revision"
done
run 1 compare --store store 1 2
sed 's/^differs.*//' revisions >wanted
sed 's/^differs.*//' out | cmp -s - wanted || fail "runs differ from --revisions"
run 0 compare --store store last ./old8
run 2 compare --store store 1 3
has err "3"
run 2 compare --store store first 1
has err "\"first\" is no run"

# Wrong use.
run 2 compare old8
has err "two sides"
run 2 compare --revisions r6 old.csv
has err "--revisions needs two"
run 2 compare --revisions r6,r8 -
has err "cannot be read twice"
run 2 compare --revisions r6,r9 old.csv
has err "r9"
run 2 compare --decision rare_disease_coefficient old8 new8
has err "--decision goes with --revisions only"
run 2 compare --format snapshot old8 new8
run 2 compare --revisions r6,r8 --store store old.csv

# The output appears whole or not at all; CSV, Japanese.
run 1 compare --output changes.csv --format csv old8 new8
empty out
same "rows" 19 "$(wc -l <changes.csv)"
same "header" "change,id,decision,part,before,after,difference,approved,revision_before,revision_after,causes,sources_before,sources_after,yen,yen_note" \
	"$(head -n 1 changes.csv | tr -d '\r')"
echo old >kept
run 4 compare --output kept old8 typo
same "old file after a failure" old "$(cat kept)"
run 1 compare --lang ja old8 new8
has out "原因              annual_tests 150 -> 250: これだけで新しい結果になる"

# Records that are wrong are told, and the rest is compared.
sed 's/^D4.*/D4,true,false,,3oo,1000/' old.csv >wrong.csv
run 4 compare --revisions r6,r8 --decision rare_disease_coefficient wrong.csv
has out "C3  rare_disease_coefficient"
has err "wrong.csv:5"
finish

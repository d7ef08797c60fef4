#!/usr/bin/env bash
# batch --baseline: nobody discovers a changed price by accident.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
cd "$work" || exit 1
batch="batch --quiet --revision r8 --decision rare_disease_coefficient"
cat >in.csv <<'END'
id,orphan_designated,indication_aid,annual_tests,base_points
b,true,false,150,1235
a,true,false,,1000
B,true,false,300,1000
END

# Written sorted in byte order, whole; without it the same bytes again.
run 0 $batch --write-baseline base in.csv
empty out
same "order" "B a b" "$(grep -v '^#' base | cut -f1 | paste -sd' ')"
same "header" "# shokan snapshot 1" "$(head -n 1 base)"
run 0 $batch --baseline base in.csv
empty err
run 0 $batch --baseline base --write-baseline again in.csv
cmp -s base again || fail "a baseline differs from itself"
# The order of the records does not matter.
{ head -n 1 in.csv; tail -n +2 in.csv | sort; } >sorted.csv
run 0 $batch --baseline base --write-baseline again sorted.csv
cmp -s base again || fail "the order of records decides a baseline"

# A changed price is a finding, told as the line that allows it.
sed 's/,150,/,250,/' in.csv >new.csv
run 1 $batch --baseline base new.csv
has err "results differ from base; a line from below in base.approved allows"
has err "b rare_disease_coefficient coefficient 1.5 -> 1.4"
has err "shokan: 1 change is not approved"
grep '^b ' err >lines
{ echo '# asked for by the analyst'; head -n 1 lines; } >base.approved
run 1 $batch --baseline base new.csv
lacks err "coefficient 1.5"
has err "b rare_disease_coefficient points_exact 1852.5 -> 1729"
cp lines base.approved
run 0 $batch --baseline base new.csv
empty err
# Another file of approved changes than the one beside the baseline.
: >none
run 1 $batch --baseline base --approved none new.csv
run 5 $batch --baseline base --approved absent new.csv
# What was approved and did not happen.
run 0 $batch --baseline base in.csv
has err "warning: approved, but it did not happen: b rare"
run 1 $batch --strict --baseline base in.csv
run 2 batch --approved lines in.csv
has err "--approved goes with --baseline"
rm base.approved

# Added and removed records are changes too.
sed '2d' in.csv >less.csv
run 1 $batch --baseline base less.csv
has err "b rare_disease_coefficient status determined -> (absent)"
echo 'n,true,false,300,1000' | cat in.csv - >more.csv
run 1 $batch --baseline base more.csv
has err "n rare_disease_coefficient status (absent) -> determined"

# The results still go where they go, whatever the baseline says.
run 1 batch --format csv --revision r8 --decision rare_disease_coefficient \
	--baseline base new.csv
cp out got
run 0 batch --format csv --revision r8 --decision rare_disease_coefficient \
	new.csv
cmp -s got out || fail "a baseline changes the output"
for format in junit sarif github tap; do
	run 1 batch --format $format --revision r8 --decision \
		rare_disease_coefficient --baseline base new.csv
	has out "coefficient 1.5 -"
done

# With a store: the run is saved as well, also when it goes on.
run 1 $batch --store store --baseline base new.csv
run 0 $batch --store store --write-baseline again in.csv
cmp -s base again || fail "a store makes another baseline"

# The same for any number of threads.
for jobs in 2 7; do
	run 0 $batch --jobs $jobs --baseline base --write-baseline again in.csv
	cmp -s base again || fail "--jobs $jobs makes another baseline"
done

# A run that goes on: what was answered before comes from the store.
if command -v sqlite3 >/dev/null; then
	rm store
	run 0 $batch --store store in.csv
	sqlite3 store "UPDATE run SET finished = NULL, records = 1, results = 1,
		determined = 1, undetermined = 0;
		DELETE FROM result WHERE place > (SELECT min(place) FROM result)"
	run 0 $batch --store store --resume --baseline base \
		--write-baseline again in.csv
	cmp -s base again || fail "a run that goes on makes another baseline"
	same "results in the store" 3 \
		"$(sqlite3 store 'SELECT count(*) FROM result')"
fi

# A damaged baseline stops before anything is answered or written.
sed '11s/determined/dtermined/' base >damaged
run 4 $batch --baseline damaged --write-baseline never in.csv
has err "damaged:11:5: status: no status"
[ -e never ] && fail "a baseline was written" || ok
run 5 $batch --baseline absent in.csv
head -n 5 base >short
run 4 $batch --baseline short in.csv
has err "short:5: the file ends within its header"
echo rubbish >base.approved
run 4 $batch --baseline base in.csv
has err "base.approved:1: no change"
rm base.approved

# An id twice: no baseline, and the old file stays.
printf '{"id":"x","annual_tests":%s}\n' 150 250 >twice.jsonl
echo old >kept
run 4 $batch --write-baseline kept --input-format jsonl twice.jsonl
has err "is there twice; every record needs an id of its own"
same "old baseline" old "$(cat kept)"
same "no temporary file" "" "$(ls | grep -E 'kept\.|base\.' | paste -sd' ')"
run 5 $batch --write-baseline absent/base in.csv

# Wrong records are told and are part of the baseline, as errors.
sed 's/,300,/,3oo,/' in.csv >bad.csv
run 4 $batch --write-baseline bad bad.csv
same "an error" "B error bad_value" "$(grep '^B' bad | cut -f1,5,6 | tr '\t' ' ')"
run 4 $batch --baseline base bad.csv
has err "B rare_disease_coefficient status determined -> error"
finish

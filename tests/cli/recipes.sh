#!/usr/bin/env bash
# The recipes of README.md under "Larger than one machine", run as they stand
# there: GNU Parallel, split and xargs, the Slurm script for every number of
# its array, the command of the Spark pipe for every part. Each gives the
# bytes of one process.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
mkdir "$work/bin" "$work/run"
ln -s "$(readlink -f "$SHOKAN")" "$work/bin/shokan"
export PATH="$work/bin:$PATH" PARALLEL_HOME=$work/home
mkdir "$PARALLEL_HOME"
export PARALLEL=--will-cite
[ -n "${SHOKAN_RULES:-}" ] || export SHOKAN_RULES=$SOURCE/rules
cd "$work/run" || exit 2

# 250 lines, every fifth wrong, for 100 parts: some have two, some three.
for i in $(seq 250); do
	if [ $((i % 5)) = 0 ]; then
		echo "{\"id\":\"R$i\",\"annual_tests\":\"many\"}"
	else
		echo "{\"id\":\"R$i\",\"orphan_designated\":true,\"indication_aid\":false,\"annual_tests\":$((i * 7)),\"base_points\":$i}"
	fi
done >products.jsonl
shokan price - --revision r8 --input-format jsonl --format json \
	<products.jsonl >"$work/whole" 2>/dev/null
same "one process" 250 "$(grep -c '' "$work/whole")"

# block LANGUAGE WORDS: the block of that language that has the words
block()
{
	sed -n '/^## Larger than one machine/,/^## /p' "$SOURCE/README.md" |
		awk -v open='```'"$1" -v words="$2" '
		$0 == "```" { if (found) printf "%s", text; found = inside = 0 }
		inside { text = text $0 "\n" }
		inside && index($0, words) { found = 1 }
		$0 == open { inside = 1; text = "" }'
}

gives() # WHAT: results.jsonl is what one process writes
{
	cmp -s "$work/whole" results.jsonl && ok || fail "$1: other bytes"
	rm -f results.jsonl part.*
}

recipe=$(block sh 'parallel --pipe')
[ -n "$recipe" ] && ok || fail "no recipe for GNU Parallel"
if parallel --version 2>/dev/null | grep -q '^GNU parallel'; then
	sh -c "$recipe" 2>/dev/null
	gives "GNU Parallel"
	# blocks of 10 MB hold it all: also with small ones
	sh -c "${recipe/10M/1k}" 2>/dev/null
	gives "GNU Parallel in small blocks"
else
	echo "skipped: GNU Parallel is not installed"
fi
recipe=$(block sh 'xargs -P')
[ -n "$recipe" ] && ok || fail "no recipe for xargs"
sh -c "$recipe" 2>/dev/null
gives "split and xargs"

# Slurm: what stands in the script's comment before and after, and the tasks.
block sh SBATCH >slurm
[ -s slurm ] && ok || fail "no recipe for Slurm"
sh -c "$(sed -n 's/^# before: \(split .*[^ ]\)  *after: .*/\1/p' slurm)"
same "parts" 100 "$(ls part.??? | grep -c '')"
tasks=$(sed -n 's/^#SBATCH --array=\([0-9]*\)-\([0-9]*\)$/\1 \2/p' slurm)
# shellcheck disable=SC2086
seq $tasks | xargs -P 2 -I{} env SLURM_ARRAY_TASK_ID={} sh slurm 2>/dev/null
sh -c "$(sed -n 's/^# before: .*  after: //p' slurm)"
gives "Slurm"

# Spark gives every partition to the command, empty ones too.
pipe=$(block python .pipe | sed -n 's/^ *"\(shokan .*\)").*/\1/p')
[ -n "$pipe" ] && ok || fail "no recipe for Spark"
split -n l/20 -d products.jsonl part.
: >part.00a
mkdir statuses
printf '%s\n' part.* | xargs -P 2 -I{} sh -c \
	"$pipe <{} >{}.out 2>/dev/null; echo \$? >statuses/{}"
cat part.*.out >results.jsonl
same "status of an empty partition" 0 "$(cat statuses/part.00a)"
same "statuses" "0 4" "$(sort -u statuses/* | xargs)"
gives "Spark"
finish

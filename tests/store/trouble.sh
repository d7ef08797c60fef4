#!/usr/bin/env bash
# A disk that is full, a folder that is not writable, a store that another
# process holds, two batches into one store: clear errors, and nothing lost.
. "$(dirname "${BASH_SOURCE[0]}")/../cli/lib.bash"
command -v sqlite3 >/dev/null || { echo "skipped, no sqlite3"; exit 77; }
export SOURCE_DATE_EPOCH=1780272000
rare="--revision r8 --decision rare_disease_coefficient --format csv"

awk 'BEGIN {
	print "id,orphan_designated,indication_aid,annual_tests,base_points"
	for (i = 0; i < 1200; i++)
		printf "P%06d,%s,%s,%s,%d\n", i, i % 3 ? "true" : "false",
			i % 2 ? "true" : "false", (i * 37) % 1100, 100 + i
}' >"$work/in.csv"
"$SHOKAN" price $rare "$work/in.csv" >"$work/in.want"

whole() # STORE: it passes the check of SQLite
{
	same "integrity of $1" ok "$(sqlite3 "$work/$1" 'PRAGMA integrity_check')"
}

goes_on() # STORE OUTPUT [INPUT]: --resume ends as a run that nothing stopped
{
	local input=${3:-in} records
	records=$(($(wc -l <"$work/$input.csv") - 1))
	run 0 batch --resume --store "$work/$1" $rare --save-every $((records / 12)) \
		--output "$work/$2" "$work/$input.csv"
	cmp -s "$work/$2" "$work/$input.want" && ok || fail "$2: other bytes"
	same "records of $1" "$records $records" "$(sqlite3 -separator ' ' "$work/$1" \
		'SELECT records, (SELECT count(*) FROM result) FROM run')"
	whole "$1"
}

# Files that may not grow: the store's first, then the output's.
# (200 blocks of 512 or 1024 bytes: the store needs more, and so does it.)
limited() # BLOCKS STORE ARGUMENTS...
{
	local blocks=$1 store=$2
	shift 2
	said="ulimit -f $blocks: batch $*"
	(ulimit -f "$blocks" && "$SHOKAN" batch --store "$work/$store" $rare \
		--save-every 100 "$@" "$work/in.csv") >"$work/out" 2>"$work/err"
}
limited 150 grow.store --quiet
same "a store that may not grow" 5 $?
has err "grow.store: cannot"
whole grow.store
goes_on grow.store grow.csv
"$SHOKAN" batch --store "$work/big.store" --quiet $rare --save-every 100 \
	"$work/in.csv"
limited 150 out.store --output "$work/out.csv"
same "an output or store that may not grow" 5 $?
whole out.store
goes_on out.store out.csv

# A disk that is full.
mkdir "$work/small"
if mount -t tmpfs -o size=200k none "$work/small" 2>/dev/null; then
	trap 'umount "$work/small"; rm -rf "$work"' EXIT
	run 5 batch --store "$work/small/a.store" $rare --save-every 100 \
		--quiet "$work/in.csv"
	has err "disk is full"
	whole small/a.store
	cp "$work/small/a.store" "$work/moved.store"
	goes_on moved.store moved.csv
	rm -f "$work/small/a.store"
	run 5 import --store "$work/small/i.store" "$work/in.csv"
	has err "disk is full"
	same "half an import" 0 "$(sqlite3 "$work/small/i.store" \
		'SELECT count(*) FROM product')"
	umount "$work/small"
	trap 'rm -rf "$work"' EXIT
else
	echo "no file system of our own here: the full disk is not tested"
fi

# A folder that is not writable, as an ordinary user: root ignores modes.
cp "$work/big.store" "$work/fixed.store"
mkdir "$work/locked"
cp "$work/big.store" "$work/locked/a.store"
head -n 3 "$work/in.csv" >"$work/locked/in.csv"
chmod 755 "$work"
chmod 555 "$work/locked"
chmod 666 "$work/locked/a.store"
as=""
if [ "$(id -u)" = 0 ]; then
	as="setpriv --reuid=65534 --regid=65534 --clear-groups"
fi
if $as test -r "$SHOKAN" -a -x "$SHOKAN" -a -r "$SOURCE/rules/rulebook.xml" \
	2>/dev/null; then
	user() # STATUS ARGUMENTS...
	{
		local wanted=$1 status
		shift
		said="as an ordinary user: $*"
		$as "$SHOKAN" "$@" >"$work/out" 2>"$work/err" </dev/null
		status=$?
		same "$said" "$wanted" $status
	}
	user 0 runs list --store "$work/locked/a.store"
	has out complete
	user 0 export --run 1 --store "$work/locked/a.store"
	user 5 batch --store "$work/locked/a.store" --quiet $rare \
		"$work/locked/in.csv"
	has err "writable"
	user 5 batch --store "$work/locked/new.store" --quiet $rare \
		"$work/locked/in.csv"
	has err "writable"
	user 5 import --store "$work/locked/a.store" "$work/locked/in.csv"
	has err "writable"
	user 5 runs delete 1 --store "$work/locked/a.store"
	has err "writable"
	chmod 444 "$work/locked/a.store"
	user 5 batch --store "$work/locked/a.store" --quiet $rare \
		"$work/locked/in.csv"
	has err "not writable"
	user 0 runs list --store "$work/locked/a.store"
	cmp -s "$work/locked/a.store" "$work/big.store" && ok ||
		fail "a store in a folder that is not writable was changed"
	same "nothing new in the folder" "a.store in.csv" \
		"$(ls "$work/locked" | paste -sd' ')"
else
	echo "an ordinary user cannot run the command here: not tested"
fi
chmod 755 "$work/locked"

# A store that another process holds: waited for, then said; nothing changed.
cp "$work/big.store" "$work/held.store"
mkfifo "$work/hold"
sqlite3 "$work/held.store" <"$work/hold" >"$work/held" 2>&1 &
holder=$!
exec 9>"$work/hold"
echo "BEGIN EXCLUSIVE; SELECT 'held';" >&9
for _ in $(seq 100); do
	grep -q held "$work/held" && break
	sleep 0.1
done
run 5 batch --store "$work/held.store" --quiet $rare "$work/in.csv"
has err "locked by another process"
(sleep 1; echo "COMMIT;" >&9) & # let go while the next one waits
run 0 batch --store "$work/held.store" --quiet $rare "$work/in.csv"
wait $!
exec 9>&-
wait $holder
same "runs of a store that was held" "1 1200,2 1200" "$(sqlite3 -separator ' ' \
	"$work/held.store" 'SELECT id, results FROM run' | paste -sd,)"

# Two batches at once: two runs, each whole.
for i in 1 2; do
	"$SHOKAN" batch --store "$work/both.store" $rare --save-every 50 \
		--output "$work/both$i.csv" "$work/in.csv" 2>"$work/err$i" &
	both[i]=$!
done
for i in 1 2; do
	wait "${both[i]}"
	same "batch $i of two at once" 0 $?
	cat "$work/err$i"
	cmp -s "$work/both$i.csv" "$work/in.want" && ok ||
		fail "batch $i of two at once: other bytes"
done
same "runs of two at once" "1 1200 1200,2 1200 1200" "$(sqlite3 -separator ' ' \
	"$work/both.store" "SELECT id, results, (SELECT count(*) FROM result
		WHERE run = run.id) FROM run WHERE finished IS NOT NULL" |
	paste -sd,)"
for i in 1 2; do
	"$SHOKAN" export --run $i --format snapshot --store "$work/both.store" \
		>"$work/snap$i"
done
cmp -s "$work/snap1" "$work/snap2" && ok || fail "two at once differ"
whole both.store

# What is no store.
printf 'id\nA\n' >"$work/a.csv"
run 5 batch --store "$work/a.csv" --quiet $rare "$work/in.csv"
has err "no store of shokan"
same "it is untouched" "id A" "$(paste -sd' ' "$work/a.csv")"
run 5 runs list --store "$work"
has err "folder"
sqlite3 "$work/other.db" "CREATE TABLE mine (x)"
run 5 import --store "$work/other.db" "$work/in.csv"
has err "another program"
cp "$work/big.store" "$work/newer.store"
sqlite3 "$work/newer.store" "PRAGMA user_version = 999"
run 5 runs list --store "$work/newer.store"
has err "version 999, made by a newer shokan"

# Ctrl-C: what was answered is saved, and the process ends as interrupted. The
# input is long enough that it is still being answered when the signal comes.
awk 'BEGIN {
	print "id,orphan_designated,indication_aid,annual_tests,base_points"
	for (i = 0; i < 150000; i++)
		printf "P%06d,%s,%s,%s,%d\n", i, i % 3 ? "true" : "false",
			i % 2 ? "true" : "false", (i * 37) % 1100, 100 + i
}' >"$work/long.csv"
"$SHOKAN" price $rare "$work/long.csv" >"$work/long.want"
for signal in INT TERM; do
	rm -f "$work"/stop.*
	set -m # a background process takes SIGINT only so
	"$SHOKAN" batch --store "$work/stop.store" $rare --save-every 1000000 \
		--output "$work/stop.csv" "$work/long.csv" 2>"$work/err" &
	stopped=$!
	set +m
	for _ in $(seq 60000); do
		[ -s "$work/stop.csv.run1.part" ] && break
		sleep 0.001
	done
	kill -$signal $stopped
	wait $stopped 2>/dev/null
	status=$?
	said="SIG$signal"
	same "status after SIG$signal" $((128 + $(kill -l $signal))) $status
	has err "batch --resume goes on"
	same "saved before SIG$signal" 1 "$(sqlite3 "$work/stop.store" \
		"SELECT records > 0 AND finished IS NULL FROM run")"
	goes_on stop.store stop.csv long
done
finish

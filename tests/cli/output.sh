#!/usr/bin/env bash
# --output: the file appears complete or not at all; its mode; devices.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
rare="--decision rare_disease_coefficient --revision r8"
mkdir "$work/to"

run 0 price $rare --format json "$work/two.csv"
cp "$work/out" "$work/expected"
umask 027
run 0 price $rare --format json --output "$work/to/new.json" "$work/two.csv"
empty out
cmp -s "$work/expected" "$work/to/new.json" || fail "other bytes in the file"
same "mode of a new file" 640 "$(stat -c %a "$work/to/new.json")"
umask 022

# Replaced as a whole; an old file's mode stays.
echo old >"$work/to/old.json"
chmod 600 "$work/to/old.json"
run 0 price $rare --format json --output "$work/to/old.json" "$work/two.csv"
cmp -s "$work/expected" "$work/to/old.json" || fail "other bytes in the file"
same "mode of an old file" 600 "$(stat -c %a "$work/to/old.json")"

# With bad rows the good ones are answered, so the file appears.
run 4 price $rare --format json --output "$work/to/some.json" "$work/bad.csv"
same "three results" 3 "$(wc -l <"$work/to/some.json")"

# What stops the command leaves the old file and no temporary one.
echo old >"$work/to/kept.json"
for arguments in "$work/one.csv $work/absent.csv" "--set nothing=1 $work/one.csv" \
	"--rules $work/absent $work/one.csv"; do
	"$SHOKAN" price $rare --output "$work/to/kept.json" $arguments \
		2>/dev/null && fail "$arguments: status 0"
	same "old file after a failure" old "$(cat "$work/to/kept.json")"
done
"$SHOKAN" price $rare --output "$work/to/never.json" "$work/absent.csv" \
	2>/dev/null
[ -e "$work/to/never.json" ] && fail "a file appeared after a failure" || ok
same "nothing else in the folder" "kept.json new.json old.json some.json" \
	"$(ls "$work/to" | paste -sd' ')"

# Devices and pipes are written to, not replaced.
run 0 price $rare --format json --output /dev/null "$work/two.csv"
[ -c /dev/null ] && ok || fail "/dev/null was replaced"
mkfifo "$work/pipe"
cat "$work/pipe" >"$work/through" &
run 0 price $rare --format json --output "$work/pipe" "$work/two.csv"
wait
cmp -s "$work/expected" "$work/through" || fail "other bytes in the pipe"
run 0 price $rare --format json --output - "$work/two.csv"
cmp -s "$work/expected" "$work/out" || fail "--output - differs"
run 0 rules list --output "$work/to/list.txt"
"$SHOKAN" rules list | cmp -s - "$work/to/list.txt" || fail "rules --output"

# explain says nothing before it is certain that there is one record.
run 2 explain $rare "$work/two.csv"
empty out

# The same bytes on every run, in every locale and time zone.
run 0 price --revision r8 --format json "$work/two.csv"
cp "$work/out" "$work/expected"
TZ=Asia/Tokyo LC_ALL=C LC_NUMERIC=de_DE.UTF-8 "$SHOKAN" price --revision r8 \
	--format json "$work/two.csv" >"$work/out"
cmp -s "$work/expected" "$work/out" || fail "bytes depend on the environment"
finish

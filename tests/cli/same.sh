#!/usr/bin/env bash
# The same input gives the same bytes: for any number of jobs, in every locale
# (C, Japanese, Turkish with its own i, German with its decimal comma), in
# every time zone, and from the build at SHOKAN_OTHER (of another compiler).
# Records of every decision, drawn from rules/fields.xml, the benchmark's, and
# the fixtures; answers, messages and exit status are compared.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
count=${SAME_RECORDS:-60}
other=${SHOKAN_OTHER-}

# COUNT records, each with most of the facts of one decision in turn; some
# rows are bad. The generator is its own, so that every awk draws the same.
make_records() # COUNT
{
	awk -v count="$1" '
	function below(n) {
		seed = (seed * 1103 + 12345) % 1048576
		return int(seed / 32) % n
	}
	function attribute(name, at) {
		at = match(field, " " name "=\"[^\"]*\"")
		return at ? substr(field, at + length(name) + 3,
			RLENGTH - length(name) - 4) : ""
	}
	function list_of(name) {
		if (name == "shares")
			return "A社:" 1 + below(60) "|Ｂ社:" 1 + below(41)
		if (name == "foreign_prices")
			return "us:" 100 + below(9000) "|gb:" 100 + below(9000)
		if (name == "similar_parts")
			return 100 + below(30000) ":1|" 10 + below(300) ":2"
		if (name == "premiums")
			return below(3) ? "usefulness:" 5 + below(20) : "none"
		if (name == "base_items")
			return 10 + below(900) ":2"
		return name == "requesters" ? "A社|B社" : 100 + below(900)
	}
	function draw(name, type, words, parts, n) {
		if (name == "as_of" || name == "payer_lane")
			return ""
		if (type == "bool")
			return below(2) ? "true" : "はい"
		if (type == "enum") {
			n = split(words, parts, " ")
			return parts[1 + below(n)]
		}
		if (type == "date")
			return 2025 + below(3) "-0" 1 + below(9) "-1" below(10)
		if (type == "int")
			return 1 + below(name ~ /type/ ? 5 : 1300)
		if (type == "percent")
			return below(100) "." below(10)
		if (type == "list")
			return list_of(name)
		if (type == "yen" || type == "dec")
			return 1 + below(32768) * (1 + below(20)) \
				(below(3) ? "" : ".5")
		return "株式会社" below(50)
	}
	BEGIN { RS = "<field "; seed = 20260601 }
	NR == 1 || !/^name=/ { next }
	{
		field = " " substr($0, 1, index($0, ">"))
		gsub(/[\n\t]/, " ", field)
		if (attribute("name") == "id")
			next
		name_of[++fields] = attribute("name")
		type_of[fields] = attribute("type")
		words_of[fields] = attribute("words")
		users_of[fields] = " " attribute("used-by") " "
		users = split(attribute("used-by"), user, " ")
		for (i = 1; i <= users; i++)
			if (user[i] != "all" && user[i] != "reports" &&
				!known[user[i]]++)
				decisions[++all] = user[i]
	}
	END {
		line = "id"
		for (i = 1; i <= fields; i++)
			line = line "," name_of[i]
		print line
		for (row = 1; row <= count; row++) {
			wanted = " " decisions[row % all + 1] " "
			line = "S" row
			for (i = 1; i <= fields; i++) {
				value = ""
				if (index(users_of[i] " reports ", wanted) &&
					below(8))
					value = draw(name_of[i], type_of[i],
						words_of[i])
				else if (name_of[i] == "name")
					value = "\"例：製品" row "、特\""
				line = line "," value
			}
			print line
		}
	}' "$SOURCE/rules/fields.xml"
}

make_records "$count" >"$work/all.csv"
# The benchmark program of the same build, if there is one: three decisions.
maker=${BUILD-}/tests/bench/bench_make
kinds=
if [ -x "$maker" ]; then
	kinds="awkward coefficient unprofitable above"
	for kind in $kinds; do
		"$maker" $kind $((count * 2)) >"$work/$kind.csv"
	done
fi
for file in "$SOURCE"/fixtures/products/*; do
	case $file in
	*.csv | *.json | *.jsonl | *.xml | *.tsv) fixtures+=("$file") ;;
	esac
done

# Each case: its arguments. Formats are those that this command has.
formats=$("$SHOKAN" price --help | sed -n 's/.*--format=\{0,1\} *\([a-z|]*\).*/\1/p' |
	head -n 1 | tr '|' ' ')
[[ $formats == *csv* ]] || formats="text json csv"
cases=()
for format in $formats; do
	cases+=("--format $format $work/all.csv")
done
cases+=("--format json --steps $work/all.csv" "--format text --lang ja $work/all.csv")
[ -z "$kinds" ] || cases+=("--format csv$(printf " $work/%s.csv" $kinds)")
cases+=("--format json ${fixtures[*]}")

# every SHOKAN NAME ARGUMENTS...: all cases, each into $work/NAME.N and the
# rest; the environment is the caller's.
every()
{
	local command=$1 name=$2 at=0 case lang
	shift 2
	for case in "${cases[@]}"; do
		lang="--lang en"
		[[ $case == *--lang* ]] && lang=
		# shellcheck disable=SC2086
		"$command" price --revision r8 $lang $case "$@" \
			>"$work/$name.$at" 2>"$work/$name.$at.err" </dev/null
		echo $? >>"$work/$name.$at.err"
		at=$((at + 1))
	done
}

alike() # NAME WHAT
{
	local at=0 case
	for case in "${cases[@]}"; do
		if cmp -s "$work/plain.$at" "$work/$1.$at" &&
			cmp -s "$work/plain.$at.err" "$work/$1.$at.err"; then
			ok
		else
			fail "$2: other bytes for price $case"
		fi
		rm -f "$work/$1.$at" "$work/$1.$at.err"
		at=$((at + 1))
	done
}

export LC_ALL=C TZ=UTC
every "$SHOKAN" plain
# the cases have answers of every status in them, and errors
for status in determined undetermined not_applicable error; do
	said=$status
	cat "$work"/plain.[0-9]* | grep -q "\"status\":\"$status\"" && ok ||
		fail "no case has that status"
done
[ "$(cut -d, -f2 "$work/plain.2" | sort -u | wc -l)" -gt 20 ] && ok ||
	fail "fewer than 20 decisions are asked"

if "$SHOKAN" price --help | grep -q -- '--jobs\b'; then
	for jobs in 1 2 7; do
		every "$SHOKAN" jobs --jobs $jobs
		alike jobs "--jobs $jobs"
	done
else
	echo "this command has no --jobs: skipped"
fi

# Locales of this test's own; without their sources they cannot be made.
export LOCPATH=$work/locales
mkdir "$LOCPATH"
for locale in ja_JP tr_TR de_DE; do
	if localedef -i $locale -f UTF-8 "$LOCPATH/$locale.UTF-8" \
		2>/dev/null; [ -d "$LOCPATH/$locale.UTF-8" ]; then
		said="locale $locale"
		same charmap UTF-8 "$(LC_ALL=$locale.UTF-8 locale charmap)"
		LC_ALL=$locale.UTF-8 TZ=America/St_Johns every "$SHOKAN" place
		alike place "LC_ALL=$locale.UTF-8"
	else
		echo "no source of the locale $locale (package locales): skipped"
	fi
done
unset LOCPATH
TZ=Asia/Tokyo every "$SHOKAN" zone
alike zone "TZ=Asia/Tokyo"
if [ -n "$other" ]; then
	every "$other" other
	alike other "the build $other"
else
	echo "SHOKAN_OTHER names no second build: skipped"
fi
finish

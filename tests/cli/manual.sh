#!/usr/bin/env bash
# The manual pages and the completions, against what the command says of
# itself: every option of every command is in its page in both languages and
# offered by bash, zsh and fish, values are completed, pages are set without a
# warning, the examples of the pages run, and --help in a Japanese locale says
# what the pages say.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
BUILD=${BUILD:-$(dirname "$SHOKAN")}
export LC_ALL=C.UTF-8
manual=$BUILD/manual
[ -d "$manual" ] || { echo "skipped, no manual pages at $manual"; exit 77; }
PATH=$(dirname "$SHOKAN"):$PATH
cd "$SOURCE" || exit 1

commands=$("$SHOKAN" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
paged=$(grep -vxE 'help|version' <<<"$commands")
# "COMMAND --OPTION CHOICES", - for none, of all commands
for command in $commands; do
	"$SHOKAN" "$command" --help | sed -nE "/^Options:/,/^\$/{
		s/^  (--[a-z-]+) ([a-z0-9|-]*\|[a-z0-9|-]*)( .*)?\$/$command \1 \2/p;t
		s/^  (--[a-z-]+).*/$command \1 -/p;}"
done >"$work/options"
same "options found" yes "$([ "$(wc -l <"$work/options")" -gt 150 ] && echo yes)"

# A page a command and language, no other; each option with its words.
wanted=$(for command in "" certify $paged; do
	echo "shokan${command:+-}$command.1"; done | sort)
same "pages" "$wanted" "$(ls "$manual/man1" | sort)"
same "Japanese pages" "$wanted" "$(ls "$manual/ja/man1" | sort)"
awk '/^\.TP$/ { getline name; getline text; print FILENAME "\t" name "\t" text }' \
	"$manual"/man1/*.1 "$manual"/ja/man1/*.1 | sed "s|^$manual/||; s/\\\\-/-/g
	s/\t\\\\fB\([^\\]*\)[^\t]*/\t\1/" >"$work/items"
while read -r command option choices; do
	grep -qx "$command" <<<"$paged" || continue
	printf '%s\n' "man1/shokan-$command.1	$option" \
		"ja/man1/shokan-$command.1	$option"
done <"$work/options" >"$work/needed"
same "options without a place" "" "$(cut -f1,2 "$work/items" | sort |
	comm -13 - <(sort "$work/needed"))"
same "options without English" "" "$(grep '^man1' "$work/items" |
	LC_ALL=C grep '[^ -~	]')"
# the full stop and the list of choices are there in any case
same "options without Japanese" "" "$(grep '^ja/.*	--' "$work/items" |
	sed 's/。//g; s/次.*//' | LC_ALL=C grep -v '[^ -~	]')"
for page in $wanted; do
	for section in NAME SYNOPSIS DESCRIPTION 'EXIT STATUS' EXAMPLES \
		'SEE ALSO'; do
		grep -qx ".SH $section" "$manual/man1/$page" ||
			fail "$page has no section $section"
	done
	name=$(sed -n '/^\.SH 名前$/{n;p;}' "$manual/ja/man1/$page")
	[[ ${name#* \\- } == *[![:ascii:]]* ]] ||
		fail "ja/$page has no summary in Japanese"
	same "sections of ja/$page" "$(grep -c '^\.SH' "$manual/man1/$page")" \
		"$(grep '^\.SH' "$manual/ja/man1/$page" | grep -c '[^ -~]')"
done
shokan-certify --help | grep -oE -- '--[a-z]+|Status [0-9]|; [0-9]:' |
	tr -dc 'a-z0-9\n-' | sort -u | while read -r word; do
	[[ $word == tatus* ]] && word=${word#tatus}
	grep -qF "\\fB${word//-/\\-}\\fR" "$manual/man1/shokan-certify.1" ||
		echo "$word"
done >"$work/lacks"
same "what shokan-certify.1 lacks" "" "$(cat "$work/lacks")"

# --help in a Japanese locale says the same as the Japanese page, not a word
# less where a line ends, in 80 columns.
plain() # without what lays out, but for lines
{
	sed 's/\\://g; s/\\-/-/g; s/\\(aq/'"'"'/g; s/\\f[BRI]//g' | tr -d ' '
}
joined()
{
	plain | tr -d '\n'
}
sed 's/。次のいずれか.*//; s/。$//' "$work/items" | plain >"$work/plain"
for command in $paged; do
	LC_ALL=ja_JP.UTF-8 "$SHOKAN" "$command" --help >"$work/out"
	longest=$(sed 1d "$work/out" | wc -L) # behind the synopsis
	[ "$longest" -le 80 ] || fail "$command --help is $longest columns wide"
	help=$(joined <"$work/out")
	told=$(sed '1,/^\.SH 説明/d; /^\.SH/,$d; /^\.PP/d' \
		"$manual/ja/man1/shokan-$command.1" | joined)
	[ -n "$told" ] && [[ $help == *"$told"* ]] && ok ||
		fail "$command --help in Japanese lacks words of its page"
	while IFS=$'\t' read -r -u 3 page option text; do
		[[ $option == --* ]] || continue
		[[ $help == *"$text"* ]] && ok ||
			fail "$command --help in Japanese: $option"
	done 3< <(grep "^ja/man1/shokan-$command.1	" "$work/plain")
done

# What follows is of texts that are the same in every build.
if ldd "$SHOKAN" | grep -q libasan; then finish; fi

# Set on a terminal without a warning, in lines of 80 columns.
if command -v groff >/dev/null; then
	for page in "$manual"/man1/*.1 "$manual"/ja/man1/*.1; do
		groff -Kutf8 -man -Tutf8 -ww -rLL=78n -P-c "$page" \
			>"$work/set" 2>"$work/err"
		[ -s "$work/err" ] && fail "groff warns of $page"
		longest=$(sed 's/.\x08//g' "$work/set" | wc -L)
		[ "$longest" -gt 80 ] && fail "$page is $longest columns wide"
		passed=$((passed + 1))
	done
else
	echo "without groff: the pages were not set"
fi

# The examples run, in a folder that has their files, in their order.
mkdir "$work/examples"
cp fixtures/products/rare-disease.csv "$work/examples/products.csv"
cp rules/r8/rare_disease_coefficient.dmn "$work/examples/model.dmn"
cp rules/r8/common.dmn "$work/examples" # which it imports
cp fixtures/masters/t_ALL*.csv "$work/examples"
while IFS=$'\t' read -r page line; do
	[ "$page" = serve ] && continue # it would stay
	(cd "$work/examples" && SHOKAN_RULES=$SOURCE/rules bash -c "$line") \
		>"$work/out" 2>"$work/err"
	status=$?
	# compare and batch --baseline may have findings
	{ [ $status = 0 ] || [ "$page $status" = "compare 1" ]; } &&
		[ -n "$(cat "$work/out")$(ls -A "$work/examples")" ] && ok ||
		fail "example of $page: status $status: $line"
done <"$manual/examples.tsv"
same "pages with an example" "$(sort <<<"$paged")" "$(cut -f1 \
	"$manual/examples.tsv" | sort -u | grep -vxE 'shokan|certify')"

# What the three shells are asked: line, tab, words that are to be offered, or
# "=" and exactly these. The options and choices of every command first.
while read -r command option choices; do
	[ "$choices" = - ] || printf 'shokan %s %s \t=%s\n' "$command" \
		"$option" "$(tr '|' '\n' <<<"$choices" | sort | paste -sd' ')"
done <"$work/options" >"$work/asked"
for command in $commands; do
	printf 'shokan %s --\t=%s\n' "$command" "$(sed -n \
		"s/^$command \(--[^ ]*\) .*/\1/p" "$work/options" | sort |
		paste -sd' ')"
done >>"$work/asked"
revisions=$("$SHOKAN" rules list | sed '/^$/,$d' | awk '{ print $1 }' |
	paste -sd' ')
[ -n "$revisions" ] || fail "no revision"
cat >>"$work/asked" <<END
shokan pri	=price prices
shokan price --revision 	=$revisions
shokan price --decision prem	=premium
shokan compare --revisions 	=$revisions
shokan compare --revisions r6,r	r8
shokan diff r6 	=$revisions
shokan price --decision points_sum,prem	premium
shokan price --min-evidence E	=E0 E1 E2 E3 E4 E5
shokan price --rules rules --set annual_t	annual_tests
shokan sweep --rules rules --vary annual_t	annual_tests
shokan edges --rules rules --fact annual_t	=annual_tests
shokan rules 	=check hash-quotes html keygen list pack show sign sources verify
shokan rules show prem	=premium
shokan runs 	=delete list show
shokan export 	=prices products
shokan dmn 	=check eval test
shokan prices 	=changes
shokan help pri	=price prices
shokan price README.m	README.md
shokan price --policy README.m	=README.md
shokan dmn check README.m	README.md
shokan rules html call	=
END

# answers SHELL: its lines in $work/offered belong to those of $work/asked
answers()
{
	local line wanted got word missing
	said=$1
	same "$1: answers" "$(wc -l <"$work/asked")" "$(wc -l <"$work/offered")"
	while IFS=$'\t' read -r -u 3 line wanted &&
		IFS= read -r -u 4 got; do
		missing=
		if [ "${wanted:0:1}" = = ]; then
			[ "$got" = "${wanted:1}" ] || missing="not ${wanted:1}"
		else
			for word in $wanted; do
				[[ " $got " == *[\ ,]$word[\ =]* ]] ||
					missing=$word
			done
		fi
		[ -z "$missing" ] && ok || fail "$1: \"$line\": $missing: \"$got\""
	done 3< <(tr -d '\r' <"$work/asked") 4<"$work/offered"
}

# in one process: words as bash splits them, the function, what it offers
cat >"$work/complete.bash" <<'END'
compopt() { :; }
. "$1"
while IFS= read -r line; do
	read -ra COMP_WORDS <<<"$line"
	[[ $line == *' ' ]] && COMP_WORDS+=("")
	COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
	COMPREPLY=()
	_shokan
	printf '%s\n' "${COMPREPLY[@]}" | sort -u | paste -sd' '
done
END
cut -f1 "$work/asked" >"$work/lines"
bash "$work/complete.bash" "$manual/shokan.bash" <"$work/lines" \
	>"$work/offered" 2>"$work/err"
empty err
answers bash
# --format=c is split into three words
same "bash: a value behind =" csv "$(
	compopt() { :; }
	. "$manual/shokan.bash"
	COMP_WORDS=(shokan price --format = cs) COMP_CWORD=4
	_shokan
	echo "${COMPREPLY[*]}"
)"

if command -v fish >/dev/null; then
	HOME=$work fish --no-config -c "source $manual/shokan.fish
		while read -l line
			set -l words (complete -C \"\$line\" |
				string replace -r '\t.*' '' | sort -u)
			printf '%s\n' \"\$words\"
		end" <"$work/lines" >"$work/offered" 2>"$work/err"
	empty err
	answers fish
else
	echo "without fish: its completion was not run"
fi
if command -v zsh >/dev/null; then
	HOME=$work timeout 120 zsh -f "$here/complete.zsh" "$manual/_shokan" \
		"$(dirname "$SHOKAN")" <"$work/lines" >"$work/offered" \
		2>"$work/err"
	answers zsh
else
	echo "without zsh: its completion was not run"
fi
finish

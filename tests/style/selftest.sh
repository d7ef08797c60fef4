#!/usr/bin/env bash
# The style scripts see what they are for: in a small clean tree every script
# passes, and each planted violation makes its script fail at that place.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
passed=0
failed=0

commit()
{
	git -C "$tree" -c user.name=t -c user.email=t@example.org \
		-c commit.gpgsign=false commit -q "$@"
}

mkdir -p "$tree"/{calc/{base,feel,record,cli},include/shokan,rules/r8,tests/base}
cp "$root/.clang-format" "$tree/"
printf '/*\n * Adds.\n */\n#ifndef ADD_H\n#define ADD_H\n#define ADD_MAX (4u << 10)\nint add(int a, int b);\n#endif\n' \
	>"$tree/calc/base/add.h"
printf '/*\n * Adds two numbers, 1.5 or float are words of a comment here,\n * and so is printf("x").\n */\n#include "base/add.h"\n\nint add(int a, int b)\n{\n\treturn a + b;\n}\n' \
	>"$tree/calc/base/add.c"
cp "$tree/calc/base/add.c" "$tree/calc/feel/machine.c"
printf '#ifndef SHOKAN_DIAG_H\n#define SHOKAN_DIAG_H\n#include <stddef.h>\n#endif\n' \
	>"$tree/include/shokan/diag.h"
printf '<definitions><inputEntry><text>&lt; 13600</text></inputEntry><text>1.10</text></definitions>\n' \
	>"$tree/rules/r8/x.dmn"
printf '<rulebook><revision name="r8" from="2026-06-01"/></rulebook>\n' \
	>"$tree/rules/rulebook.xml"
printf 'SHOKAN_0.1 {\nglobal:\n};\n' >"$tree/calc/library.map"
echo "# A tree" >"$tree/README.md"
printf '| sums | 4 KiB | `ADD_MAX` calc/base/add.h | cut | `tests/add.sh` |\n' \
	>"$tree/include/shokan/LIMITS.md"
mkdir -p "$tree/tests"
echo '# adds' >"$tree/tests/add.sh"
git -C "$tree" init -q && git -C "$tree" add -A && commit -m 'base: start'

run()
{
	said=$(SOURCE=$tree bash "$here/$1" 2>&1)
	status=$?
}

for script in ranks headers no_binary_float banned law_numbers sizes format \
	roles names exports named_tests limits fuzz_targets; do
	run $script.sh
	if [ $status = 0 ] || [ $status = 77 ]; then
		passed=$((passed + 1))
	else
		echo "FAIL $script.sh finds something in a clean tree:" "$said"
		failed=$((failed + 1))
	fi
done

# plant SCRIPT FILE TEXT [WANTED]: append TEXT (printf form) to FILE, see
# SCRIPT fail and name the file, take it out again.
plant()
{
	local script=$1 file=$2 text=$3 wanted=${4:-$2:}
	local kept=
	[ -e "$tree/$file" ] && kept=$(mktemp) && cp "$tree/$file" "$kept"
	mkdir -p "$(dirname "$tree/$file")"
	# shellcheck disable=SC2059
	printf "$text" >>"$tree/$file"
	run "$script.sh"
	if [ $status = 77 ]; then
		echo "skip $script: $said"
	elif [ $status = 1 ] && grep -qF -- "$wanted" <<<"$said"; then
		passed=$((passed + 1))
	else
		echo "FAIL $script.sh does not see in $file: $text (exit $status)"
		echo "$said"
		failed=$((failed + 1))
	fi
	if [ -n "$kept" ]; then
		mv "$kept" "$tree/$file"
	else
		rm -f "$tree/$file"
	fi
}

role='/*\n * A role of\n * two lines.\n */\n'
plant ranks calc/base/x.c '#include "record/record.h"\n' calc/base/x.c:1
plant ranks calc/base/x.h '# include "num/num.h"\n'
plant ranks calc/cli/x.c '#include "base/add.h"\n'
plant ranks calc/feel/x.c '#include <libxml/xmlreader.h>\n'
plant ranks calc/feel/x.c '#include <jansson.h>\n'
plant ranks calc/price/x.c '#include <sodium.h>\n'
plant ranks calc/record/x.c '#include <shokan/price.h>\n'
plant ranks calc/base/x.c '#include <somewhere/else.h>\n'
plant ranks calc/extra/x.c 'int x;\n' calc/extra
plant ranks include/shokan/x.h '#include "base/add.h"\n'
plant headers calc/base/x.h 'size_t f(void);\n'
plant headers include/shokan/x.h '#include "base/add.h"\n'
plant no_binary_float calc/base/x.c 'double x;\n'
plant no_binary_float calc/base/x.h 'int x; /* a */ float y;\n'
plant no_binary_float calc/base/x.c 'x = atof(s);\n'
plant no_binary_float calc/base/x.c 'x = 1.5;\n'
plant no_binary_float calc/base/x.c 'x = 1e6;\n'
plant no_binary_float calc/base/x.c '#include <math.h>\n'
plant banned calc/base/x.c 'a\nsprintf(b, c);\n' calc/base/x.c:2
plant banned calc/base/x.c 'x = strtok (a, b);\n'
plant banned calc/cli/x.c 'strcpy(a, b);\n'
plant banned calc/base/x.c 'abort();\n'
plant banned calc/certify/x.c 'printf("x");\n'
plant banned calc/base/x.c 'printf("x");\n'
plant banned calc/base/x.c 'fprintf(stderr, "x");\n'
plant banned calc/base/x.c 'assert(x);\n'
plant law_numbers calc/base/x.c 'x = 13600;\n'
plant law_numbers calc/base/x.c 'x = 13600u;\n'
plant law_numbers calc/base/x.c 's = "1.10";\n'
plant law_numbers calc/base/x.c 's = "2026-06-01";\n'
plant law_numbers include/shokan/x.h '#define YEAR 2026\n'
plant roles calc/base/x.c 'int x;\n' calc/base/x.c:1
plant roles tests/base/x.c '/* one line */\nint x;\n' tests/base/x.c
plant format calc/base/x.c "${role}int  x;\n" calc/base/x.c:5
plant names README.md 'see /w''ork/main for it\n'
plant names README.md 'made by C''EO\n'
plant names README.md 'get it from http:/''/registry/pypi\n'
plant named_tests tests/fuzz/README.md '`no: such_test`\n' 'README.md:1: no test'
plant named_tests include/shokan/LIMITS.md '`tests/no.sh`\n' \
	'LIMITS.md:2: no test tests/no.sh'
plant limits calc/base/x.h '#define X_LIMIT 5\n' 'x.h:1: X_LIMIT has no row'
limits=include/shokan/LIMITS.md
plant limits calc/base/x.h '#define ADD_MAX 5\n' 'x.h:1: ADD_MAX has no row'
plant limits $limits '| a | 5 | `GONE_MAX` calc/base/add.h | b | `t: t` |\n' \
	'LIMITS.md:2: no GONE_MAX in'
plant limits calc/base/add.h '#undef ADD_MAX\n#define ADD_MAX (5 * 1024)\n' \
	'LIMITS.md:1: ADD_MAX is 5120'
also='#define ALSO_MAX 5\n'
printf "$also" >"$tree/calc/base/also.h"
plant limits $limits '| a | 5 | `ALSO_MAX` calc/base/also.h | b | - |\n' \
	'LIMITS.md:2: ALSO_MAX names no test'
plant limits $limits '## Sizes that suffice\n| a | 5 | `ALSO_MAX` calc/base/also.h | b |\n' \
	'LIMITS.md:3: no _Static_assert names ALSO_MAX'
rm "$tree/calc/base/also.h"
plant fuzz_targets tests/fuzz/corpus/x/1 'x\n' 'tests/fuzz/corpus/x: no test plays it'
plant fuzz_targets tests/fuzz/CMakeLists.txt 'set(fuzz_targets x)\n' \
	'tests/fuzz/CMakeLists.txt: no input is kept in corpus/x'
plant exports calc/library.map '\tshk_f;\n' \
	'library.map:4: shk_f is in no public'
plant exports include/shokan/x.h 'int shk_f(void); /* shk_g() */\n' \
	'library.map:1: shk_f is declared'
long=$(for i in $(seq 90); do printf '\\tx++;\\n'; done)
plant sizes calc/base/x.c "${role}int f(int x)\n{\n$long\treturn x;\n}\n" \
	'f has 9'
many=$(for i in $(seq 25); do printf '\\tif (x == %d) return 1;\\n' "$i"; done)
plant sizes calc/base/x.c "${role}int f(int x)\n{\n$many\treturn x;\n}\n" \
	'f has complexity'
plant sizes calc/base/x.c "$(for i in $(seq 801); do printf 'int a;\\n'; done)"
sixteen=$(for i in $(seq 17); do printf '\\tx++;\\n'; done)
plant sizes calc/base/x.c "$(for f in a b c d e; do
	printf 'int %s(int x)\\n{\\n%s\\treturn x;\\n}\\n' $f "$sixteen"
done)" 'median function'
# the interface: a change that is not recorded, one that is, and what a release
# promised
abi() # WANTED, or nothing when it is to pass
{
	run abi.sh
	if [ $status = 77 ]; then
		echo "skip abi: $said"
	elif [ $status = 0 ] && [ -z "$1" ]; then
		passed=$((passed + 1))
	elif [ $status = 1 ] && [ -n "$1" ] && grep -qF -- "$1" <<<"$said"; then
		passed=$((passed + 1))
	else
		echo "FAIL abi.sh: wanted \"$1\", exit $status:" "$said"
		failed=$((failed + 1))
	fi
}
header=$tree/include/shokan/shokan.h
cat >"$header" <<'END'
#include <stddef.h>
struct shk_place { int row; int column; };
typedef void (*shk_tell)(struct shk_place place);
enum shk_kind { SHK_ONE, SHK_TWO };
int shk_find(struct shk_place *place, shk_tell tell);
#define SHK_MAX 5
END
echo 'set(SHOKAN_ABI 3)' >"$tree/calc/library.cmake"
abi 'not recorded: field shk_place.column: at 4, 4 bytes, int'
accept()
{
	SOURCE=$tree bash "$here/abi.sh" accept >/dev/null
}
accept
abi ''
git -C "$tree" add -A && commit -m 'base: a release' && git -C "$tree" tag v0.1.0
abi ''
for change in 's/int column/long column/' 's/SHK_ONE, //' \
	's/place);/p, int n);/'; do
	cp "$header" "$header.kept"
	sed -i "$change" "$header"
	abi 'went or changed: '
	accept
	abi 'v0.1.0 promised: '
	sed -i 's/ABI 3/ABI 4/' "$tree/calc/library.cmake"
	abi ''
	sed -i 's/ABI 4/ABI 3/' "$tree/calc/library.cmake"
	mv "$header.kept" "$header"
done
echo 'int shk_more(void);' >>"$header"
abi 'not recorded: function shk_more'
accept
abi ''
commit --allow-empty -m 'changed things'
run names.sh
if [ $status = 1 ] && grep -q 'subject is not' <<<"$said"; then
	passed=$((passed + 1))
else
	echo "FAIL names.sh does not see a commit subject without an area"
	failed=$((failed + 1))
fi
echo "style selftest: $passed passed, $failed failed"
[ $failed = 0 ]

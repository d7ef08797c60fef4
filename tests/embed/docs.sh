#!/usr/bin/env bash
# The public headers say everything: Doxygen finds nothing undocumented, and
# no value of an enumeration, which Doxygen lets pass, is without a meaning.
. "$(dirname "${BASH_SOURCE[0]}")/../cli/lib.bash"
for tool in doxygen xmllint; do
	command -v $tool >/dev/null || { echo "docs: skipped, no $tool"; exit 77; }
done

cd "$SOURCE" || exit 2
documented() # FOLDER OF HEADERS
{
	{
		cat tests/embed/Doxyfile
		echo "INPUT = $1"
		echo "OUTPUT_DIRECTORY = $work/api"
		echo "GENERATE_XML = YES"
	} | doxygen - >"$work/err" 2>&1 || return 1
	xmllint --xpath "//enumvalue[not(normalize-space(briefdescription))
		and not(normalize-space(detaileddescription))]/name/text()" \
		"$work"/api/xml/*_8h.xml >"$work/bare" 2>"$work/none"
	[ ! -s "$work/bare" ] || { mv "$work/bare" "$work/err"; return 1; }
}
documented include/shokan && ok || fail "the headers leave something out"
for header in include/shokan/*.h; do
	name=$(basename "$header" .h)
	[ -f "$work/api/html/$(sed 's/_/__/g' <<<"$name")_8h.html" ] && ok ||
		fail "$header has no page"
done

# and it would be seen
mkdir "$work/include"
printf '/*\n * A file.\n */\n%s\n' '/* Does it. */ int f(void);' \
	>"$work/include/a.h"
documented "$work/include" && ok || fail "what is documented is refused"
while IFS= read -r code; do
	printf '/*\n * A file.\n */\n%s\n' "$code" >"$work/include/a.h"
	documented "$work/include" && fail "not seen: $code" || ok
done <<'END'
int f(void);
/* S. */ struct s { int a; };
/* E. */ enum e { ONE, /* one */ TWO };
END
finish

#!/usr/bin/env bash
# Every ceiling has a row in include/shokan/LIMITS.md, with its value, its place
# and its tests; named_tests.sh looks whether those tests exist. A ceiling is a
# macro of which one word is MAX, LIMIT, CEILING or MOST. A row under "Sizes that
# suffice" names no test: a _Static_assert names the macro instead.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
page=include/shokan/LIMITS.md
[ -f "$page" ] || finding "$page: no such page; write it"

# rows that are not written, or have no test, so far: NAME FILE
pending=$(
	cat <<'END'
WORLD_PRICERS_MAX calc/compare/world.h
CHECK_REGIONS_MAX calc/dmn/check_table.h
CHECK_ROWS_MAX calc/dmn/check_table.h
CHECK_STEPS_MAX calc/dmn/check_table.h
KIT_DEPTH_MAX calc/dmn/kit.c
KIT_NAMES_MAX calc/dmn/kit.c
KIT_NODES_MAX calc/dmn/kit.c
KIT_NESTED_MAX calc/dmn/kit_value.c
DMN_NEEDS_MAX calc/dmn/model.h
DMN_ROWS_MAX calc/dmn/model.h
SAME_DEPTH_MAX calc/dmn/same.c
FEEL_MAYBE_MAX calc/feel/machine_state.h
FEEL_OPERAND_LIMIT calc/feel/opcode.h
EXCERPT_MAX calc/feel/parser.c
FEEL_GLOBALS_MAX calc/feel/program.h
REGEX_DEPTH_MAX calc/feel/regex.h
TEMPORAL_MONTHS_MAX calc/feel/temporal.h
ZONE_BYTES_MAX calc/feel/temporal_zone.c
ZONE_NAME_MAX calc/feel/temporal_zone.c
ITEMS_MAX calc/inquiry/diff_sample.c
STACK_MAX calc/inquiry/pieces.c
PIECES_CUTS_MAX calc/inquiry/pieces.h
PIECES_EVALUATIONS_MAX calc/inquiry/pieces.h
NUM_BITS_MAX calc/num/functions.c
NUM_EXP_MAX calc/num/functions.c
NUM_POWER_MAX calc/num/functions.c
NUM_SMALL_MAX calc/num/parts.h
NUM_EXPONENT_LIMIT calc/num/text.c
NUM_WHOLE_MAX calc/num/whole.h
PLUG_MESSAGE_MAX calc/plug/plug.h
EXPLORE_FLIPS_MAX calc/price/explore.h
RECALL_AGAIN_MAX calc/price/recall.h
RECALL_BYTES_MAX calc/price/recall.h
RECALL_HOLES_MAX calc/price/recall.h
RECALL_KEY_MAX calc/price/recall.h
RECALL_KINDS_MAX calc/price/recall.h
RECALL_LEAVES_MAX calc/price/recall.h
RECALL_NUMBERS_MAX calc/price/recall.h
RECALL_PINS_MAX calc/price/recall.h
WHOLES_MAX calc/price/recall_inside.h
DIGITS_MOST calc/price/recall_whole.c
EXPONENT_MOST calc/price/recall_whole.c
WHOLE_MOST calc/price/recall_whole.h
REPEAT_BYTES_MAX calc/price/repeat.h
REPEAT_KEYS_MAX calc/price/repeat.h
EVALUATED_MAX calc/price/roundings.c
TEMPLATE_BYTES_MAX calc/report/template.h
TEMPLATE_COUNT_MAX calc/report/template.h
TEMPLATE_GAPS_MAX calc/report/template.h
XLSX_FILE_MAX calc/report/xlsx_write.c
PACK_TOP_MAX calc/rulebook/pack.h
QUOTE_LOOKED_MAX calc/rulebook/quote.h
QUOTE_MESSAGE_MAX calc/rulebook/quote.h
QUOTE_NUMBER_MAX calc/rulebook/quote.h
SHK_PRICE_LISTS_MAX include/shokan/price_changes.h
SHK_SWEEP_AXES_MAX include/shokan/sweep.h
SHK_SWEEP_POINTS_MAX include/shokan/sweep.h
END
)

declare -A text place waits asserted listed
while IFS=$'\t' read -r file line name value; do
	text[$file $name]=$value
	text[$name]=$value
	place[$file $name]=$line
done < <(find calc include -name '*.[ch]' | sort | xargs awk '
	{
		sub(/\/\*.*/, "")
		held = held $0
		if (sub(/\\$/, " ", held))
			next
		if (held ~ /^# *define [A-Z][A-Z0-9_]*[ \t]/) {
			sub(/^# *define /, "", held)
			name = held
			sub(/[ \t].*/, "", name)
			sub(/^[A-Z0-9_]*[ \t]+/, "", held)
			gsub(/\t/, " ", held)
			print FILENAME "\t" FNR "\t" name "\t" held
		}
		held = ""
	}')
while read -r name file; do
	[ -n "$name" ] && waits[$file $name]=1
done <<<"$pending"
while read -r name; do
	asserted[$name]=1
done < <(find calc -name '*.[ch]' | sort | xargs awk '
	/_Static_assert/ { inside = 1 }
	inside { print }
	/;/ { inside = 0 }' | grep -oE '[A-Z][A-Z0-9_]+' | sort -u)

# value_of FILE EXPRESSION: sets `number`, with the macros of the file first
value_of()
{
	local file=$1 left=$2 made='' word
	while [[ $left =~ ^([^A-Za-z0-9_]*)([A-Za-z0-9_]+)(.*)$ ]]; do
		made+=${BASH_REMATCH[1]}
		word=${BASH_REMATCH[2]}
		left=${BASH_REMATCH[3]}
		if [[ $word =~ ^(0[xX][0-9a-fA-F]+|[0-9]+)[uUlL]*$ ]]; then
			made+=${BASH_REMATCH[1]}
		elif [[ $word =~ ^U?INT64_C$ ]]; then
			continue
		elif [ "$word" = size_t ]; then
			made=${made%(}
			left=${left#)}
		elif [ "$word" = INT32_MAX ]; then
			made+=2147483647
		elif [ -n "${text[$file $word]:-${text[$word]:-}}" ]; then
			value_of "$file" "${text[$file $word]:-${text[$word]}}"
			made+="($number)"
		else
			number=unknown
			return
		fi
	done
	number=$(($made$left))
}

# said_value TEXT: sets `number` from "16 MiB", "1,048,576" or "30 s"
said_value()
{
	number=unknown
	[[ $1 =~ ^([0-9,]+)( (KiB|MiB|GiB))?($|[^0-9.]) ]] || return
	number=${BASH_REMATCH[1]//,/}
	case ${BASH_REMATCH[3]} in
	KiB) number=$((number << 10)) ;;
	MiB) number=$((number << 20)) ;;
	GiB) number=$((number << 30)) ;;
	esac
}

section='' line=0
while IFS= read -r row; do
	line=$((line + 1))
	[[ $row =~ ^##\ (.*) ]] && section=${BASH_REMATCH[1]}
	[[ $row =~ ^\|\ (.*)\ \|\ (.*)\ \|\ \`([A-Z0-9_]+)\`\ ([a-z0-9_/]+\.[ch])\ \|(.*)\|$ ]] ||
		continue
	name=${BASH_REMATCH[3]} file=${BASH_REMATCH[4]}
	said=${BASH_REMATCH[2]} rest=${BASH_REMATCH[5]}
	if [ -z "${text[$file $name]:-}" ]; then
		finding "$page:$line: no $name in $file; name where it is defined"
		continue
	fi
	[ -z "${listed[$file $name]:-}" ] ||
		finding "$page:$line: $name has a row already; leave one"
	listed[$file $name]=1
	value_of "$file" "${text[$file $name]}"
	value=$number
	said_value "$said"
	[ "$value" = "$number" ] ||
		finding "$page:$line: $name is $value in $file; say that, not $said"
	if [ "$section" = "Sizes that suffice" ]; then
		[ -n "${asserted[$name]:-}" ] ||
			finding "$page:$line: no _Static_assert names $name; add one"
	elif ! [[ ${rest##*|} =~ \`([a-z_]+:\ [a-z0-9_]+|tests/[a-z0-9_/.]+)\` ]]; then
		[ -n "${waits[$file $name]:-}" ] ||
			finding "$page:$line: $name names no test; add and name one"
	elif [ -n "${waits[$file $name]:-}" ]; then
		finding "$page:$line: $name has its row; strike it off the list here"
	fi
done < <(cat "$page" 2>/dev/null)

missing()
{
	local key name
	for key in "${!place[@]}"; do
		name=${key#* }
		[[ _${name}_ =~ _(MAX|LIMIT|CEILING|MOST)_ ]] || continue
		[ -n "${listed[$key]:-}${waits[$key]:-}" ] ||
			echo "${key% *}:${place[$key]}: $name has no row in" \
				"$page; add one"
	done | sort
}
findings_from < <(missing)
for key in "${!waits[@]}"; do
	[ ! -f "${key% *}" ] || [ -n "${text[$key]:-}" ] ||
		finding "tests/style/limits.sh: no ${key#* } in ${key% *}; strike it off"
done
finish

#!/usr/bin/env bash
# The formats for continuous integration, read by other programs: JUnit by
# xmllint, SARIF by a JSON schema validator, TAP by TAP::Parser, and GitHub's
# commands by the rules of its runner; with ids and paths made to break them.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
for tool in jq xmllint prove; do
	command -v $tool >/dev/null || { echo "skipped, no $tool"; exit 77; }
done
python=/usr/bin/python3
$python -c 'import jsonschema, yaml' 2>/dev/null ||
	{ echo "skipped, no python3-jsonschema or python3-yaml"; exit 77; }
schemas=$SOURCE/tests/schemas
rare="--decision rare_disease_coefficient --revision r8"
formats="junit sarif github tap"

cat >"$work/sarif.py" <<'END'
import json, sys, warnings
warnings.simplefilter("ignore")
from jsonschema.validators import validator_for
schema = json.load(open(sys.argv[1]))
log = json.load(open(sys.argv[2]))
validator = validator_for(schema)
validator.check_schema(schema)
errors = list(validator(schema).iter_errors(log))
for error in errors[:5]:
    print("/".join(map(str, error.absolute_path)), error.message[:200])
run = log["runs"][0]
rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
for result in run["results"]:
    if result["ruleId"] not in rules:
        errors.append(result)
        print("no rule", result["ruleId"])
sys.exit(bool(errors))
END

# Points, planned, failed without TODO, skipped, TODO; the ids with a block.
cat >"$work/tap.pl" <<'END'
use strict; use warnings; use TAP::Parser;
binmode STDOUT, ':encoding(UTF-8)';
open my $file, '<:encoding(UTF-8)', $ARGV[0] or die;
my @lines = <$file>;
chomp @lines;
my $parser = TAP::Parser->new({ source => \@lines });
my ($points, $blocks, $odd) = (0, 0, 0);
while (my $line = $parser->next) {
	$points++ if $line->is_test;
	$blocks++ if $line->is_yaml && $line->data->{status};
	$odd++ if $line->is_unknown || $line->is_bailout;
}
print join(' ', $points, $parser->tests_planned, scalar($parser->failed),
	scalar($parser->skipped), scalar($parser->todo), $blocks,
	$odd, scalar($parser->parse_errors)), "\n";
END
cat >"$work/block.py" <<'END'
import sys, yaml
block = None
for line in open(sys.argv[1], encoding="utf-8", newline="\n"):
    if line == "  ---\n":
        block = ""
    elif line == "  ...\n":
        data = yaml.safe_load(block)
        assert data["status"] and data["message"], data
        block = None
    elif block is not None:
        block += line[2:]
END

# As the runner reads a line: command, properties, message; all decoded. One
# JSON object a command; anything else but the last line is an error.
cat >"$work/github.py" <<'END'
import json, re, sys
def decode(text, properties):
    pairs = [("%0D", "\r"), ("%0A", "\n")]
    if properties:
        pairs += [("%3A", ":"), ("%2C", ",")]
    for code, sign in pairs + [("%25", "%")]:
        text = text.replace(code, sign)
    return text
data = open(sys.argv[1], "rb").read().decode("utf-8")
lines = data.split("\n")
assert lines.pop() == "", "no line feed at the end"
last = lines.pop()
assert re.search("; annotations: |。注釈: ", last) and "::" not in last, last
for line in lines:
    match = re.fullmatch(r"::(error|warning|notice) (.*?)::(.*)", line)
    assert match, line
    assert not re.search(r"[\x00-\x1f\x7f]", line), line
    found = {"level": match[1], "message": decode(match[3], False)}
    for part in match[2].split(","):
        name, value = part.split("=", 1)
        assert name in ("file", "line", "title"), part
        found[name] = decode(value, True)
    print(json.dumps(found))
END

check_junit() # FILE
{
	local counts
	xmllint --noout --nonet --schema "$schemas/junit.xsd" "$1" \
		2>"$work/err" || { fail "$said: JUnit is not valid"; return; }
	ok
	# the counts of each suite are those of its cases
	counts=$(xmllint --nonet --xpath 'count(//testsuite[
		@tests != count(testcase) or @errors != count(testcase/error)
		or @failures != count(testcase/failure)
		or @skipped != count(testcase/skipped)])' "$1")
	same "$said: suites with wrong counts" 0 "$counts"
}

check_sarif()
{
	if $python "$work/sarif.py" "$schemas/sarif-2.1.0.json" "$1" \
		>"$work/err" 2>&1
	then ok; else fail "$said: SARIF is not valid"; fi
}

check_github()
{
	if $python "$work/github.py" "$1" >"$work/annotations" 2>"$work/err"
	then ok; else fail "$said: not GitHub's commands"; fi
}

check_tap()
{
	tap=$(perl "$work/tap.pl" "$1" 2>"$work/err") ||
		fail "$said: TAP::Parser died"
	[ -s "$work/err" ] && fail "$said: TAP::Parser complains"
	same "$said: unknown lines, parse errors" "0 0" "${tap#* * * * * * }"
	same "$said: plan" "${tap%% *}" "$(cut -d' ' -f2 <<<"$tap")"
	if $python "$work/block.py" "$1" 2>"$work/err"; then ok; else
		fail "$said: a block is no YAML"
	fi
}

# Every example, right and damaged: valid in each format, and the status of
# the command is that of JSON.
cd "$SOURCE/fixtures" || exit 2
for arguments in "$rare products/rare-disease.csv" \
	"$rare --strict products/rare-disease.csv" \
	"$rare --strict --lang ja products/rare-disease.csv products/rare-disease.json" \
	"--revision r8 products/same-record.xml" \
	"--revision r6 --lang ja products/existing-category.csv" \
	"--decision points_from_price --revision r8 prices/notice-prices-r8.csv" \
	"--revision r8 bad/yen-sign.csv bad/duplicate-id.csv products/samd.csv" \
	"--revision r8 bad/unknown-column.csv" "bad/empty.csv" \
	"bad/cut.json" "bad/nul-byte.csv bad/before-the-first-revision.csv"; do
	"$SHOKAN" price --format json $arguments >/dev/null 2>&1
	status=$?
	for format in $formats; do
		run $status price --format $format $arguments
		check_$format "$work/out"
		iconv -f utf-8 -t utf-8 "$work/out" >/dev/null 2>&1 ||
			fail "$said: not UTF-8"
	done
done

# What is counted is what happened: 5 results, 1 undetermined, 1 not
# applicable, one with an open output (EX-RD1).
rare_file=products/rare-disease.csv
run 0 price $rare --format junit $rare_file
same "JUnit" "5 0 0 1" "$(xmllint --xpath 'concat(/testsuites/testsuite/@tests,
	" ", //testsuite/@failures, " ", //testsuite/@errors, " ",
	//testsuite/@skipped)' "$work/out")"
same "JUnit: the open one" "EX-RD4 rare_disease_coefficient" \
	"$(xmllint --xpath 'concat(//testcase[skipped]/@name, " ",
		//testcase[skipped]/@classname)' "$work/out")"
run 1 price $rare --strict --format junit $rare_file
same "JUnit, strict" "1 0" "$(xmllint --xpath 'concat(//testsuite/@failures,
	" ", //testsuite/@skipped)' "$work/out")"
run 0 price $rare --format sarif $rare_file
same "SARIF" "note EX-RD1 2,warning EX-RD4 5" "$(jq -r '[.runs[0].results[] |
	"\(.level) \(.properties.id) " +
	"\(.locations[0].physicalLocation.region.startLine)"] | join(",")' \
	"$work/out")"
same "SARIF: counts" "3 1 1" "$(jq -r '.runs[0].properties.counts |
	"\(.determined) \(.undetermined) \(.not_applicable)"' "$work/out")"
same "SARIF: rules are the decisions" \
	"$("$SHOKAN" rules list | awk '$1 ~ /^[0-9.]+$/ { print $2 }' | sort |
		paste -sd' ')" \
	"$(jq -r '.runs[0].tool.driver.rules[].id' "$work/out" |
		grep -vE '^(unreadable_input|changed_answer)$' | sort | paste -sd' ')"
same "SARIF: both languages" "希少疾病等技術料係数" \
	"$(jq -r '.runs[0].tool.driver.rules[0].properties.ja' "$work/out")"
jq -r '.runs[0].results[].fingerprints[]' "$work/out" >"$work/prints"
{ head -n 1 $rare_file; tail -n +2 $rare_file | sort -r; } >"$work/moved.csv"
run 0 price $rare --format sarif "$work/moved.csv"
same "SARIF: fingerprints do not move with the rows" \
	"$(sort "$work/prints" | paste -sd' ')" \
	"$(jq -r '.runs[0].results[].fingerprints[]' "$work/out" | sort |
		paste -sd' ')"
run 1 price $rare --strict --format sarif $rare_file
same "SARIF, strict" "note error" "$(jq -r '.runs[0].results[].level' \
	"$work/out" | paste -sd' ')"
run 0 price $rare --format github $rare_file
check_github "$work/out"
same "GitHub" "notice products/rare-disease.csv 2,warning products/rare-disease.csv 5" \
	"$(jq -r '"\(.level) \(.file) \(.line)"' "$work/annotations" |
		paste -sd,)"
run 1 price $rare --strict --format github $rare_file
check_github "$work/out"
same "GitHub, strict" "notice error" \
	"$(jq -r .level "$work/annotations" | paste -sd' ')"
run 0 price $rare --format tap $rare_file
check_tap "$work/out"
same "TAP" "5 5 0 1 1 2 0 0" "$tap"
prove --exec cat "$work/out" >"$work/prove" 2>&1 || fail "prove fails"
run 1 price $rare --strict --format tap $rare_file
check_tap "$work/out"
same "TAP, strict" "5 5 1 1 0 2 0 0" "$tap"
prove --exec cat "$work/out" >"$work/prove" 2>&1 && fail "prove passes" || ok

# Ids that try to end a line, a text, an attribute, a property, a block, or
# to be a command: one result each, and the id comes out as it went in, but
# for what is shown as a picture of itself.
cat >"$work/hostile.py" <<'END'
import json
ids = ["a\n::error::b", "::set-output name=x::y", "x]]>y", "</testcase>",
       "\"quoted\" 'twice'", "a # SKIP b", "a\nnot ok - b", "a\n1..99",
       "a\n  ...\nBail out! c", "Bail out!", "a\\nb\\", "a%0Ab%25",
       "b:c,d=e", "&lt;&#10;", "<!--", "tab\there", "back\\\"slash",
       "\u001b[31mred", "bell\u0007", "del\u007f", "c1\u009b1m",
       "ls\u2028ps\u2029", "bom\ufeff", "fffe\ufffe", "bidi\u202e",
       "日本語", "𠮷", "{\"a\":1}", "- item", "key: value", "#", "\\#",
       "ok 3", "TAP version 14", "##[error]x", "%", "x" * 200]
for text in ids:
    print(json.dumps({"id": text, "orphan_designated": True,
                      "indication_aid": False, "base_points": 1000}))
with open("shown", "w", encoding="utf-8") as shown:
    for text in ids:
        text = "".join(chr(0x2400 + ord(c)) if ord(c) < 32 and c not in "\n\t"
                       else "\u2421" if c == "\x7f"
                       else "\ufffd" if c in "\x9b\u2028\u2029\ufeff\ufffe"
                       else c for c in text)
        shown.write(json.dumps(text) + "\n")
END
(cd "$work" && $python hostile.py >hostile.jsonl)
count=$(wc -l <"$work/shown")
run 0 price $rare --format json "$work/hostile.jsonl"
same "hostile ids are records" "$count" "$(wc -l <"$work/out")"
for format in $formats; do
	run 0 price $rare --format $format "$work/hostile.jsonl"
	check_$format "$work/out"
	cp "$work/out" "$work/hostile.$format"
done
$python - "$work" <<'END' >"$work/names" || fail "JUnit names"
import json, sys, xml.etree.ElementTree as tree
for case in tree.parse(sys.argv[1] + "/hostile.junit").iter("testcase"):
    print(json.dumps(case.get("name")))
END
cmp -s "$work/shown" "$work/names" && ok || fail "JUnit: other ids"
jq -c '.runs[0].results[].properties.id' "$work/hostile.sarif" |
	jq -r . >"$work/names"
jq -r . "$work/shown" | cmp -s - "$work/names" && ok ||
	fail "SARIF: other ids"
check_github "$work/hostile.github"
jq -r '.title | rtrimstr(" rare_disease_coefficient")' "$work/annotations" |
	tr '\t' '~' >"$work/names"
jq -r 'gsub("\t"; "\u2409")' "$work/shown" | tr '\t' '~' |
	cmp -s - "$work/names" && ok || fail "GitHub: other ids"
same "TAP: one point an id" "$count" "$(grep -c '^not ok - ' \
	"$work/hostile.tap")"
check_tap "$work/hostile.tap"
same "TAP: all are TODO" "$count $count 0 0 $count $count 0 0" "$tap"

# Paths too: with a colon, a comma, markup, a line feed, not UTF-8.
mkdir "$work/paths"
cp "$work/two.csv" "$work/paths/"$'a:b,c%<&">\n\377.csv'
cp "$work/one.csv" "$work/paths/-x.csv"
for format in $formats; do
	run 0 price $rare --format $format \
		"$work/paths/"$'a:b,c%<&">\n\377.csv' -- "$work/paths/-x.csv"
	check_$format "$work/out"
done

# Standard input has no place.
for format in $formats; do
	"$SHOKAN" price $rare --format $format - <"$work/two.csv" \
		>"$work/out" 2>"$work/err" || fail "standard input"
	said="$format of standard input"
	check_$format "$work/out"
	lacks out '"-"'
done

# Changes: of a batch beside its baseline, and of compare; one is approved.
cd "$work" || exit 2
cp "$SOURCE/fixtures/$rare_file" before.csv
sed 's/,150,/,250,/; s/,2100$/,2200/' before.csv >after.csv
cmp -s before.csv after.csv && fail "nothing changes"
run 0 batch $rare --quiet --write-baseline base before.csv
run 0 batch $rare --quiet --write-baseline later after.csv
"$SHOKAN" compare --format lines base later | grep '^EX-RD2 ' >base.approved
[ -s base.approved ] && ok || fail "EX-RD2 does not change"
row=$(grep -n '^EX-RD1' base | cut -d: -f1)
for format in $formats; do
	run 1 batch $rare --format $format --baseline base after.csv
	check_$format "$work/out"
	cp out batch.$format
	run 1 compare --format $format --approved base.approved base later
	check_$format "$work/out"
	cp out compare.$format
	run 0 compare --format $format base base
	check_$format "$work/out"
done
said="changes"
for of in batch compare; do
	same "JUnit of $of" "2 1 EX-RD1 change.rare_disease_coefficient" \
		"$(xmllint --xpath 'concat(//testsuite[@name="base"]/@tests,
			" ", //testsuite[@name="base"]/@failures, " ",
			//testcase[failure]/@name, " ",
			//testcase[failure]/@classname)' $of.junit)"
	same "SARIF of $of" "changed_answer EX-RD1 base $row" \
		"$(jq -r '.runs[0].results[] | select(.level == "error") |
		"\(.ruleId) \(.properties.id) " + (.locations[0].physicalLocation |
		"\(.artifactLocation.uri) \(.region.startLine)")' $of.sarif)"
	check_github $of.github
	same "GitHub of $of" "base $row EX-RD1 rare_disease_coefficient (change)" \
		"$(jq -r 'select(.level == "error") |
			"\(.file) \(.line) \(.title)"' annotations)"
	check_tap $of.tap
	same "TAP of $of: failed" 1 "$(cut -d' ' -f3 <<<"$tap")"
done
cd "$SOURCE/fixtures" || exit 2

# batch writes the same, saved in a store or not, on any number of threads.
for format in $formats; do
	run 0 price $rare --format $format "$SOURCE/fixtures/$rare_file"
	cp "$work/out" "$work/expected"
	for how in "" "--store $work/$format.store" "--jobs 1" "--jobs 3"; do
		run 0 batch $rare $how --format $format \
			"$SOURCE/fixtures/$rare_file"
		cmp -s "$work/out" "$work/expected" && ok ||
			fail "$said: not what price writes"
	done
done

# The proof has no place in them; neither has a file that does not exist.
for format in $formats; do
	run 2 explain $rare --format $format "$work/one.csv"
	has err "explain has no --format $format"
	run 5 price $rare --format $format --output "$work/never" \
		"$work/absent.csv"
	[ -e "$work/never" ] && fail "a report of a file that is not there" ||
		ok
done
finish

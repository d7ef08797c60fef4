#!/usr/bin/env bash
# The examples of README.md for GitHub, GitLab and pre-commit: they are YAML
# of the right shape, and every shokan command in them is run as it stands in
# a folder with a catalogue.csv and gives what README says. What needs a
# network (actions, packages, images) is not run.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
python=/usr/bin/python3
$python -c 'import yaml' 2>/dev/null ||
	{ echo "skipped, no python3-yaml"; exit 77; }
for tool in jq xmllint; do
	command -v $tool >/dev/null || { echo "skipped, no $tool"; exit 77; }
done

# FILE<tab>COMMAND for every command that an example gives to a shell, and
# `files` of the hook.
cat >"$work/commands.py" <<'END'
import re, sys, yaml
text = open(sys.argv[1], encoding="utf-8").read()
section = text.split("## In continuous integration\n")[1].split("\n## ")[0]
for block in re.findall(r"```yaml\n(.*?)```", section, re.S):
    name = re.match(r"# (\S+)\n", block)[1]
    data = yaml.safe_load(block)
    lines = []
    if name.startswith(".github/workflows/"):
        assert True in data or "on" in data  # YAML 1.1 reads `on` as true
        for job in data["jobs"].values():
            assert job["runs-on"] and job["container"] == "debian:12"
            for step in job["steps"]:
                assert ("run" in step) != ("uses" in step), step
                assert set(step) <= {"run", "uses", "with", "if", "name"}
                lines += step.get("run", "").splitlines()
    elif name == ".gitlab-ci.yml":
        for job in data.values():
            assert job["image"] == "debian:12"
            assert job["artifacts"]["when"] == "always"
            print("report", job["artifacts"]["reports"]["junit"], sep="\t")
            lines += job["before_script"] + job["script"]
    elif name == ".pre-commit-config.yaml":
        for repo in data["repos"]:
            assert repo["repo"] == "local"
            for hook in repo["hooks"]:
                assert hook["language"] == "system" and hook["id"]
                assert hook["name"] and hook["pass_filenames"] is False
                lines.append(hook["entry"])
                print("files", hook["files"], sep="\t")
    else:
        sys.exit("unknown example " + name)
    for line in lines:
        print(name, line, sep="\t")
END
$python "$work/commands.py" "$SOURCE/README.md" >"$work/commands" || {
	echo "FAIL the examples of README.md"
	exit 1
}

mkdir "$work/bin" "$work/catalogue"
ln -s "$SHOKAN" "$work/bin/shokan"
PATH=$work/bin:$PATH
cd "$work/catalogue" || exit 2

# example FILE WORD STATUS: its one shokan command with that word is run.
example()
{
	local command
	command=$(awk -F'\t' -v file="$1" -v word="$2" '$1 == file &&
		$2 ~ /^shokan / && index($2, word) { print $2 }' \
		"$work/commands")
	said="$1: $command"
	if [ "$(grep -c . <<<"$command")" != 1 ]; then
		fail "$1: not one shokan command with \"$2\""
		return
	fi
	bash -euc "$command" >"$work/out" 2>"$work/err"
	same "$said: status" "$3" $?
}

# The baseline as README says that it is written.
write=$(tr '\n' ' ' <"$SOURCE/README.md" |
	grep -oE '`shokan batch [^`]*--write-baseline prices.snapshot[^`]*`' |
	tr -d '`')
cp "$SOURCE/fixtures/products/rare-disease.csv" catalogue.csv
said=$write
bash -euc "$write" >"$work/out" 2>"$work/err"
same "$said: status" 0 $?
empty out

# Nothing has changed: all of them are content, the open record is shown.
workflow=.github/workflows/prices.yml
example $workflow "--format github" 0
has out "::warning file=catalogue.csv,line=5,title=EX-RD4 "
lacks out "::error"
example $workflow "--format sarif" 0
empty out
same "SARIF of the workflow" "EX-RD1 EX-RD4" \
	"$(jq -r '.runs[0].results[].properties.id' prices.sarif |
		paste -sd' ')"
grep -qF "sarif_file: prices.sarif" "$SOURCE/README.md" ||
	fail "the workflow uploads another file"
example .gitlab-ci.yml "--format junit" 0
example .pre-commit-config.yaml shokan 0

# 250 tests a year in place of 150 are another band: found by all of them.
sed -i 's/,150,/,250,/' catalogue.csv
example $workflow "--format github" 1
has out "::error file=prices.snapshot,line=10,title=EX-RD1 "
has out "because: annual_tests 150 -> 250"
example .gitlab-ci.yml "--format junit" 1
report=$(awk -F'\t' '$1 == "report" { print $2 }' "$work/commands")
same "JUnit of the job" "6 1 EX-RD1" "$(xmllint --xpath 'concat(
	sum(//testsuite/@tests), " ", sum(//testsuite/@failures), " ",
	//testcase[failure]/@name)' "$report")"
example .pre-commit-config.yaml shokan 1
has err "EX-RD1 rare_disease_coefficient coefficient 1.5 -> 1.4"

# Approved in the file that README names: content again.
grep '^EX-RD1 ' "$work/err" >prices.snapshot.approved
example $workflow "--format github" 0
has out "1 change, 1 approved"
example .gitlab-ci.yml "--format junit" 0
example .pre-commit-config.yaml shokan 0

# The hook runs for the files that decide, as Python's re finds them.
files=$(awk -F'\t' '$1 == "files" { print $2 }' "$work/commands")
for row in "catalogue.csv yes" "prices.snapshot yes" \
	"prices.snapshot.approved yes" "other.csv no" "catalogue.csv.bak no"; do
	found=no
	$python -c 'import re, sys; sys.exit(not re.search(*sys.argv[1:]))' \
		"$files" "${row% *}" && found=yes
	same "the hook and ${row% *}" "${row#* }" $found
done

# What the build lines name is there.
grep -q '^option(SHOKAN_TESTS ' "$SOURCE/CMakeLists.txt" ||
	fail "there is no SHOKAN_TESTS"
[ -f "$SOURCE/.ci/packages" ] || fail "there is no .ci/packages"
finish

#!/usr/bin/env bash
# The rows that the mutation of the law asked for, through the command. Each
# expected value was worked out by hand; a row of "r6|r8" is one of each.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
SOURCE=${SOURCE:-$(cd "$here/../.." && pwd)}
rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
awk -F, -v OFS=, '{
	n = split($3, revision, "|")
	if (n < 2) { print; next }
	id = $1
	for (i = 1; i <= n; i++) {
		$1 = id "-" revision[i]
		$3 = revision[i]
		print
	}
}' "$SOURCE/fixtures/vectors/law.csv" >"$rows"
bash "$here/../vectors/run.sh" "$rows"

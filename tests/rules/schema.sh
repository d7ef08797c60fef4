#!/usr/bin/env bash
# Every model of rules/ is valid against the schema of DMN 1.3 (which lies in
# the shared folder beside the checkout; skipped where that is absent), and
# rulebook.xml, sources.xml and fields.xml are well-formed.
set -u
SOURCE=${SOURCE:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
SHARED=${SHARED:-$SOURCE/../shared}
schema=$SHARED/tck/DMN13.xsd

if ! command -v xmllint >/dev/null; then
	echo "schema.sh: skipped, xmllint is not installed"
	exit 77
fi
if [ ! -f "$schema" ]; then
	echo "schema.sh: skipped, $schema is absent"
	exit 77
fi
status=0
count=0
for model in "$SOURCE"/rules/*/*.dmn; do
	xmllint --nonet --noout --schema "$schema" "$model" 2>&1 |
		grep -v ' validates$'
	[ "${PIPESTATUS[0]}" = 0 ] || status=1
	count=$((count + 1))
done
for list in "$SOURCE"/rules/*.xml; do
	xmllint --nonet --noout "$list" || status=1
done
if [ "$count" = 0 ]; then
	echo "schema.sh: no model was found"
	exit 1
fi
[ "$status" = 0 ] && echo "schema.sh: $count models are valid"
exit $status

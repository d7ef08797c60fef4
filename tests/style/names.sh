#!/usr/bin/env bash
# Nothing in the tree or its history names one person's machine or tools, and
# a commit says its area first. The patterns are written so that they do not
# find themselves.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

paths='(^|[^A-Za-z0-9_.}/-])/(w[o]rk|h[o]me|r[o]ot|U[s]ers)/[A-Za-z0-9.]'
words='\b([C]EO|[C]laude|[A]nthropic|[C]hatGPT|[C]opilot)\b'
trailers='[C]o-[a]uthored-by'
areas='base|num|xml|feel|dmn|rulebook|record|snapshot|store|price|inquiry|report|compare|flow|certify|serve|cli'
areas="$areas|plug|rules|fixtures|tests|tests/long|fuzz|style|vectors"
areas="$areas|ci|build|docs|shokan"

mapfile -t files < <(tracked | grep -vE '^fixtures/(bad|prices|vectors)/')
findings_from < <(printf '%s\0' "${files[@]}" |
	xargs -0 -r grep -HnIE "$paths" 2>/dev/null |
	sed -E 's/^([^:]*:[0-9]+):(.*)/\1: path of one machine; use a relative one: \2/')
findings_from < <(printf '%s\0' "${files[@]}" |
	xargs -0 -r grep -HnIE "$words|$trailers" 2>/dev/null |
	sed -E 's/^([^:]*:[0-9]+):(.*)/\1: word of a workplace; say it for every reader: \2/')
findings_from < <(printf '%s\0' "${files[@]}" |
	xargs -0 -r grep -HnIoE '\bhttps?://[A-Za-z0-9-]+([:/]|$)' 2>/dev/null |
	grep -vE 'https?://localhost' |
	sed -E 's/^([^:]*:[0-9]+):(.*)/\1: host that only one network knows: \2/')
if git -c safe.directory='*' rev-parse --verify -q HEAD >/dev/null 2>&1; then
	findings_from < <(git -c safe.directory='*' log --no-merges \
		--format='%h %s' |
		grep -vE "^[0-9a-f]+ ($areas)(, ($areas))*: [^ ]" |
		sed -E 's/^([0-9a-f]+) (.*)/commit \1: subject is not "area: what changed": \2/')
	findings_from < <(git -c safe.directory='*' log --format='%h %B' |
		grep -E "$words|$trailers" |
		sed 's/^/commit message: word of a workplace: /')
fi
finish

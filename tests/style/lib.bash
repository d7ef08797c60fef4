# Shared by the style scripts. SOURCE is the tree to look at. A finding is one
# line "file:line: what is wrong; what to do"; finish gives the exit status.
SOURCE=${SOURCE:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
cd "$SOURCE" || exit 2
export LC_ALL=C
CC=${CC:-cc}
findings=0

finding()
{
	echo "$*"
	findings=$((findings + 1))
}

# Every line of standard input is a finding.
findings_from()
{
	local line
	while IFS= read -r line; do
		finding "$line"
	done
}

finish()
{
	if [ "$findings" -gt 0 ]; then
		echo "$(basename "$0"): $findings finding(s)"
		exit 1
	fi
	echo "$(basename "$0"): clean"
	exit 0
}

skip_without()
{
	local tool
	for tool in "$@"; do
		command -v "$tool" >/dev/null 2>&1 && continue
		echo "$(basename "$0"): skipped, $tool is not installed"
		exit 77
	done
}

# C files of the given folders, sorted.
c_files()
{
	local folder
	for folder in "$@"; do
		[ -d "$folder" ] && find "$folder" -name '*.[ch]' -type f
	done | sort
}

# code_of STRINGS FILE...: "file:line:text" with comments blanked; STRINGS is
# "keep" or "blank" and says what happens to the inside of string literals.
code_of()
{
	local strings=$1
	shift
	[ $# -gt 0 ] || return 0
	awk -v strings="$strings" '
	FNR == 1 { inside = 0 }
	{
		out = ""
		n = length($0)
		for (i = 1; i <= n; i++) {
			c = substr($0, i, 1)
			two = substr($0, i, 2)
			if (inside) {
				if (two == "*/") {
					inside = 0
					i++
					out = out " "
				}
			} else if (two == "/*") {
				inside = 1
				i++
			} else if (two == "//") {
				break
			} else if (c == "\"" || c == "\047") {
				quote = c
				out = out c
				for (i++; i <= n; i++) {
					c = substr($0, i, 1)
					if (c == "\\") {
						if (strings == "keep")
							out = out substr($0, i, 2)
						i++
						continue
					}
					if (c == quote)
						break
					if (strings == "keep")
						out = out c
				}
				out = out quote
			} else {
				out = out c
			}
		}
		print FILENAME ":" FNR ":" out
	}' "$@"
}

# Files that git tracks or would track; every file where there is no git.
tracked()
{
	git -c safe.directory='*' ls-files -co --exclude-standard 2>/dev/null |
		sort -u || find . -type f | sed 's|^\./||' | sort
}

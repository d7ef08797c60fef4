# What the pages need around them, for the scripts of this folder to read in:
# the command and its source, and no setting of whoever runs it.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export SOURCE=${SOURCE:-$(cd "$here/../.." && pwd)}
export SHOKAN=${SHOKAN:-$SOURCE/build/dev/shokan} LANG=C.UTF-8
export PYTHONDONTWRITEBYTECODE=1
unset SHOKAN_RULES LC_ALL LC_MESSAGES

# run SCRIPT: with sanitizers the quick part of it
run()
{
	local sanitized
	sanitized=$(grep -c '^SHOKAN_SANITIZE:BOOL=ON' \
		"${BUILD:-.}/CMakeCache.txt" 2>/dev/null)
	exec python3 "$here/$1" ${sanitized:+$([ "$sanitized" = 0 ] ||
		echo quick)}
}

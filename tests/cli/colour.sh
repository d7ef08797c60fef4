#!/usr/bin/env bash
# Colour: only on a terminal, and never with NO_COLOR, --no-color, TERM=dumb.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
script -qec true /dev/null >/dev/null 2>&1 </dev/null ||
	{ echo "skipped: no script(1), or no pseudo-terminal here"; exit 77; }
rare="--decision rare_disease_coefficient --revision r8"
escape=$(printf '\033[')
said=colour

run 0 price $rare "$work/two.csv"
lacks out "$escape"

terminal() # SETTING ARGUMENTS...: as if on a terminal
{
	local setting=$1
	shift
	said="$setting $*"
	script -qec "env $setting '$SHOKAN' price $rare $* '$work/two.csv'" \
		/dev/null >"$work/out" 2>"$work/err" </dev/null
}
terminal TERM=xterm
has out "$escape"
has out determined
terminal NO_COLOR=1
lacks out "$escape"
has out determined
terminal NO_COLOR=anything
lacks out "$escape"
terminal TERM=dumb
lacks out "$escape"
terminal TERM=xterm --no-color
lacks out "$escape"
terminal TERM=xterm --format json
lacks out "$escape"
terminal TERM=xterm --output "$work/file"
[ -s "$work/file" ] || fail "no file"
grep -qF "$escape" "$work/file" && fail "colour in a file" || ok
finish

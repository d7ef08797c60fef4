# What zsh would offer for each line of standard input, one line of words for
# each, sorted: an interactive zsh in a pseudo-terminal completes, and its
# compadd tells the words. Arguments: the completion, the command's folder.
zmodload zsh/zpty || exit 77
zpty shell zsh -f -i
ask() { # LINE: up to the mark
	zpty -w shell "$1"
	local line
	while zpty -r shell line; do
		[[ $line == *MARK$'\r'$'\n' ]] && return
	done
}
ask "PROMPT= RPROMPT= PS2=; unsetopt zle_bracketed_paste; path=($2 \$path); print MA''RK"
ask "autoload -Uz compinit; compinit -u -D; source $1; print MA''RK"
ask "compadd() { local -a said; builtin compadd -O said \"\$@\"; print -r -- \"WORD \$said\"; builtin compadd \"\$@\"; }; print MA''RK"
ask "finish() { print -r -- 'EN''D'; zle send-break; }; zle -N finish; all() { zle list-choices; finish; }; zle -N all; bindkey '^T' all; print MA''RK"
while IFS= read -r line; do
	zpty -w -n shell "$line"$'\x14'
	words=()
	while zpty -r shell got; do
		got=${got//[$'\r\n']/}
		[[ $got == *WORD\ * ]] && words+=(${=got##*WORD })
		[[ $got == *END* ]] && break
	done
	print -r -- ${(ou)words}
done
zpty -d shell

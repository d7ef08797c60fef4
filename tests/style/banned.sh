#!/usr/bin/env bash
# Functions that nobody calls here, and those that only the command may call:
# a library does not print, does not exit and does not assert on its input.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

never='sprintf|vsprintf|strcpy|stpcpy|strcat|strncpy|strncat|gets|atoi|atol'
never="$never|atoll|strtok|rand|srand|random|setlocale|system|popen|alloca"
never="$never|tmpnam|mktemp|sscanf|scanf|isalpha|isdigit|isspace|toupper|tolower"
never="$never|localtime|mktime|longjmp|setjmp"
library='strerror|exit|_exit|_Exit|abort|assert|printf|vprintf|puts|putchar|perror|raise'

told()
{
	sed -E "s/^([^:]*:[0-9]+):[[:space:]]*(.*)/\1: $1: \2/"
}

mapfile -t files < <(c_files calc include)
# three programs: the command, the main file of the checker of certificates,
# and that of the writer of the manual
mapfile -t rooms < <(c_files calc include |
	grep -vE '^calc/(cli/|(certify|manual)/main\.c$)')
findings_from < <(code_of blank "${files[@]}" |
	grep -E "^[^:]*:[0-9]+:(.*[^A-Za-z0-9_])?($never)[[:space:]]*\(" |
	told 'banned function; see the list in banned.sh')
findings_from < <(code_of blank "${rooms[@]}" |
	grep -E "^[^:]*:[0-9]+:(.*[^A-Za-z0-9_])?($library)[[:space:]]*\(" |
	told 'a library room does not end the process, print, or share text between threads; return a shk_diag')
findings_from < <(code_of blank "${rooms[@]}" |
	grep -E "^[^:]*:[0-9]+:(.*[^A-Za-z0-9_])?(stderr|stdout)([^A-Za-z0-9_]|$)" |
	told 'a library room has no standard streams; return a shk_diag')
finish

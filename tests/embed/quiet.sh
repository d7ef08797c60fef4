#!/usr/bin/env bash
# The library does nothing behind the back of the program that it is in: what
# it calls outside of itself stands in the list below, and printing, ending the
# process, signals and the locale do not; what it can write to outside of a
# call are the counters and the allocator of base/memory.c, and the functions
# by which GMP and jansson take memory (num/reserve.c, record/json_text.c), or
# the one would end the process and the other lose bytes.
. "$(dirname "${BASH_SOURCE[0]}")/../cli/lib.bash"
BUILD=${BUILD:-$(dirname "$SHOKAN")}
library=$BUILD/libshokan.a

libc=(
	# memory: base/memory.c only, as the style test of ours says
	malloc calloc realloc free
	memchr memcmp memcpy memmove memset bsearch qsort
	strcasecmp strchr strcmp strcspn strlen strncasecmp strncmp strpbrk
	strrchr strspn strstr strtol strtoul __isoc23_strtol __isoc23_strtoul
	snprintf vsnprintf __snprintf_chk __vsnprintf_chk
	__memcpy_chk __memmove_chk __memset_chk
	iconv iconv_open iconv_close
	# files: those that the caller names, and temporary ones
	open open64 close read pread pread64 write __read_chk lseek lseek64 dup
	stat fstat lstat stat64 fstat64 lstat64 fchmod fsync rename unlink
	opendir readdir readdir64 closedir mkstemp mkstemp64 realpath
	fdopen fwrite fflush ferror fclose fileno
	# shk_flow_run has threads of its own, which take no signals
	pthread_create pthread_join pthread_sigmask sigfillset
	pthread_mutex_init pthread_mutex_destroy pthread_mutex_lock
	pthread_mutex_unlock pthread_cond_init pthread_cond_destroy
	pthread_cond_wait pthread_cond_signal pthread_cond_broadcast
	# GMP's and jansson's memory, once; what MPFR keeps for a thread ends with it
	pthread_once pthread_key_create pthread_setspecific
	# libxlsxwriter, once a workbook is written
	dlopen dlsym dlclose
	# TMPDIR, and the words of errors
	getenv __errno_location __xpg_strerror_r
	# now() and today() of FEEL; the secret key of a table of names
	clock_gettime getrandom
	# the Intel decimal library, for its square root
	sqrt
	# the compiler's own
	_GLOBAL_OFFSET_TABLE_ __stack_chk_fail __cpu_model __cpu_indicator_init
	__udivti3 __umodti3 __divti3
	__modti3 __tls_get_addr
)
others='xml[A-Z]|__xml|sqlite3_|json_|mpfr_|__gmp[qzfn]?_|pcre2_|unz[A-Z]'
others="$others|utf8proc_|nettle_|crypto_|sodium_|randombytes_"
sanitized=no
nm -u "$library" | grep -q __asan_init && sanitized=yes
[ $sanitized = yes ] && others="$others|__asan_|__ubsan_|__sanitizer_"

[ -f "$library" ] || { fail "no $library"; finish; }
nm -u "$library" | awk '$1 == "U" || $1 == "w" { print $2 }' |
	grep -vE "^($others)" | sort -u >"$work/called"
printf '%s\n' "${libc[@]}" | sort -u >"$work/allowed"
comm -23 "$work/called" "$work/allowed" >"$work/err"
[ ! -s "$work/err" ] && ok || fail "the library calls what is not allowed"
for name in malloc qsort xmlReaderForIO; do # the list is really read
	nm -u "$library" | grep -qw "U $name" && ok || fail "$name is not called"
done

# of the environment only TMPDIR is read
grep -rnE '\bgetenv\(' "$SOURCE"/calc --include=*.c |
	grep -vE '/calc/(cli|plug|certify|serve)/|getenv\("TMPDIR"\)' >"$work/err"
[ ! -s "$work/err" ] && ok || fail "the library reads the environment"

# what can be written to: sections .data and .bss, thread-local ones too
if [ $sanitized = no ]; then
	nm -f sysv "$library" | awk -F'|' 'NF == 7 {
		gsub(/ /, "", $1); gsub(/ /, "", $7); gsub(/ /, "", $4)
		# constants with addresses are sealed before the program starts
		if ($7 ~ /^(\.t?data|\.t?bss|\*COM\*)/ &&
				$7 !~ /^\.data\.rel\.ro/ && $4 ~ /OBJECT|TLS/)
			print $1 }' | sort >"$work/writable"
	grep -q '^memory_' "$work/writable" && ok || fail "no counters are seen"
	# tables of the Intel decimal library, which it only reads
	grep -vE '^(memory_[a-z_]+|reserve_[a-z_]+|json_text_[a-z]+|__bid_\w+|bid_\w+)$' "$work/writable" \
		>"$work/err"
	[ ! -s "$work/err" ] && ok ||
		fail "the library keeps something outside of its handles"
fi
finish

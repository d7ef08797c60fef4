/*
 * Loaded before the command: makes its n-th allocation or its n-th system call
 * of a kind fail. Allocations are those of every library, since malloc itself
 * stands here; system calls are caught by a filter of the kernel (seccomp) at
 * the C library's own instructions, so that those of its streams are caught
 * too. What to do is told by the environment, what was done in FAULT_STATE, a
 * file that is mapped here and by the driver; see fault_state.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#define FAULT_FRAMES 24	       /* callers that are told of a failed call */
#define FAULT_MARKS  (1 << 21) /* calls of which the place is recorded */
#define FAULT_PATH   256       /* bytes of a file's name that are told */

/* In FAULT_STATE; the driver (walk.py) knows this layout. */
struct fault_state {
	uint64_t calls;		    /* of the kind, after main began */
	uint64_t fired;		    /* of these, made to fail */
	uint64_t depth;		    /* of frame */
	void *frame[FAULT_FRAMES];  /* callers of the first that failed */
	char path[FAULT_PATH];	    /* its file, where it has one */
	uint64_t mark[FAULT_MARKS]; /* by call: a hash of its callers */
};

/* What a kind of system call is made of; -1 ends it. */
struct fault_kind {
	const char *name;
	int calls[8];
};

#if defined(__x86_64__)
#define FAULT_HERE true
static const struct fault_kind fault_kinds[] = {
	{ "open", { SYS_openat, SYS_open, -1 } },
	{ "read", { SYS_read, SYS_pread64, SYS_readv, -1 } },
	{ "write", { SYS_write, SYS_pwrite64, SYS_writev, -1 } },
	{ "sync", { SYS_fsync, SYS_fdatasync, -1 } },
	{ "rename", { SYS_rename, SYS_renameat, SYS_renameat2, -1 } },
	{ "size", { SYS_ftruncate, SYS_fallocate, -1 } },
	{ "remove", { SYS_unlink, SYS_unlinkat, SYS_rmdir, -1 } },
	{ "make", { SYS_mkdir, SYS_mkdirat, -1 } },
	{ "list", { SYS_getdents64, -1 } },
	{ "state", { SYS_newfstatat, SYS_stat, SYS_fstat, SYS_lstat, SYS_statx,
			   SYS_access, -1 } },
	{ "map", { SYS_mmap, SYS_mremap, -1 } },
	{ "lock", { SYS_fcntl, SYS_flock, -1 } },
	{ "seek", { SYS_lseek, -1 } },
	{ "mode", { SYS_fchmod, SYS_fchown, -1 } },
	{ "close", { SYS_close, -1 } },
};
#else
#define FAULT_HERE false
static const struct fault_kind fault_kinds[] = { { "", { -1 } } };
#endif

static struct fault_state *fault_state;
static _Atomic bool fault_armed;
static bool fault_memory, fault_threads, fault_records, fault_stays;
static bool fault_short;  /* half of the bytes, no error */
static int fault_number;  /* errno of what fails */
static uint64_t fault_at; /* the call that fails; 0: none */
static __thread bool fault_inside;

static void fault_note(uint64_t call)
{
	void *frames[FAULT_FRAMES];
	uint64_t hash = 14695981039346656037u;
	int depth;

	if (!fault_records && fault_state->fired > 1)
		return;
	depth = backtrace(frames, FAULT_FRAMES);
	for (int i = 0; i < depth; i++)
		hash = (hash ^ (uint64_t)(uintptr_t)frames[i]) * 1099511628211u;
	if (fault_records && call <= FAULT_MARKS)
		fault_state->mark[call - 1] = hash;
	if (fault_records)
		return;
	fault_state->depth = (uint64_t)depth;
	memcpy(fault_state->frame, frames, sizeof(frames));
}

/* True when this call is the one that fails. */
static bool fault_now(void)
{
	uint64_t call;
	bool fails;
	int number = errno;

	if (!fault_armed || fault_inside)
		return false;
	fault_inside = true;
	call = atomic_fetch_add((_Atomic uint64_t *)&fault_state->calls, 1) + 1;
	fails = fault_at && (fault_stays ? call >= fault_at : call == fault_at);
	if (fails)
		atomic_fetch_add((_Atomic uint64_t *)&fault_state->fired, 1);
	if (fails || fault_records)
		fault_note(call);
	fault_inside = false;
	errno = number;
	return fails;
}

/* The next function of that name: the C library's or a sanitizer's. */
static void *fault_next(const char *name)
{
	void *next = dlsym(RTLD_NEXT, name);

	if (!next)
		_exit(125);
	return next;
}

static bool fault_memory_now(void)
{
	if (!fault_memory || !fault_now())
		return false;
	errno = ENOMEM;
	return true;
}

/* A function of the allocator that fails when its turn has come. */
/* NOLINTBEGIN(bugprone-macro-parentheses): a declaration */
#define FAULT_ALLOCATOR(name, parameters, arguments)                           \
	void *name parameters                                                  \
	{                                                                      \
		static void *(*next)parameters;                                \
                                                                               \
		if (!next)                                                     \
			*(void **)&next = fault_next(#name);                   \
		if (fault_memory_now())                                        \
			return NULL;                                           \
		return next arguments;                                         \
	}
/* NOLINTEND(bugprone-macro-parentheses) */

FAULT_ALLOCATOR(malloc, (size_t size), (size))
FAULT_ALLOCATOR(calloc, (size_t count, size_t size), (count, size))
FAULT_ALLOCATOR(realloc, (void *block, size_t size), (block, size))
FAULT_ALLOCATOR(reallocarray, (void *block, size_t count, size_t size),
	(block, count, size))
FAULT_ALLOCATOR(memalign, (size_t alignment, size_t size), (alignment, size))
FAULT_ALLOCATOR(
	aligned_alloc, (size_t alignment, size_t size), (alignment, size))

int posix_memalign(void **out, size_t alignment, size_t size)
{
	static int (*next)(void **, size_t, size_t);

	if (!next)
		*(void **)&next = fault_next("posix_memalign");
	if (fault_memory_now())
		return ENOMEM;
	return next(out, alignment, size);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
	void *(*start)(void *), void *context)
{
	static int (*next)(
		pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

	if (!next)
		*(void **)&next = fault_next("pthread_create");
	if (fault_threads && fault_now())
		return EAGAIN;
	return next(thread, attributes, start, context);
}

#if defined(__x86_64__)
/* A system call from here, which the filter lets through. */
static long fault_call(long number, const greg_t *registers, long third)
{
	register long r10 __asm__("r10") = registers[REG_R10];
	register long r8 __asm__("r8") = registers[REG_R8];
	register long r9 __asm__("r9") = registers[REG_R9];
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(registers[REG_RDI]),
			 "S"(registers[REG_RSI]), "d"(third), "r"(r10), "r"(r8),
			 "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}

/* Is it one that counts? Standard error must be able to tell. */
static bool fault_counts(long number, const greg_t *registers)
{
	long first = registers[REG_RDI];

	switch (number) {
	case SYS_write:
	case SYS_writev:
		return first != STDERR_FILENO;
	case SYS_fcntl: /* only what locks */
		return registers[REG_RSI] == F_SETLK ||
		       registers[REG_RSI] == F_SETLKW ||
		       registers[REG_RSI] == F_OFD_SETLK;
	}
	return true;
}

static void fault_tell_path(long number, const greg_t *registers)
{
	const char *path = NULL;
	char link[64];
	long size;

	if (fault_state->fired > 1 || fault_state->path[0])
		return;
	switch (number) {
	case SYS_open:
	case SYS_stat:
	case SYS_lstat:
	case SYS_access:
	case SYS_rename:
	case SYS_unlink:
	case SYS_rmdir:
	case SYS_mkdir:
		path = (const char *)registers[REG_RDI];
		break;
	case SYS_openat:
	case SYS_newfstatat:
	case SYS_statx:
	case SYS_renameat:
	case SYS_renameat2:
	case SYS_unlinkat:
	case SYS_mkdirat:
		path = (const char *)registers[REG_RSI];
		break;
	case SYS_mmap:
	case SYS_mremap:
	case SYS_getrandom:
		return;
	}
	if (path) {
		strncpy(fault_state->path, path, FAULT_PATH - 1);
		return;
	}
	memcpy(link, "/proc/self/fd/000", 18);
	link[14] = (char)('0' + registers[REG_RDI] / 100 % 10);
	link[15] = (char)('0' + registers[REG_RDI] / 10 % 10);
	link[16] = (char)('0' + registers[REG_RDI] % 10);
	for (int i = 0; i < 2 && link[14] == '0'; i++)
		memmove(link + 14, link + 15, 4);
	size = readlink(link, fault_state->path, FAULT_PATH - 1);
	if (size < 0)
		fault_state->path[0] = '\0';
}

/* The kernel stopped a call: do it, or let it fail. */
static void fault_trap(int signal, siginfo_t *info, void *context)
{
	greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
	long number = info->si_syscall;
	long third = registers[REG_RDX];
	int old = errno;

	(void)signal;
	if (fault_counts(number, registers) && fault_now()) {
		fault_tell_path(number, registers);
		if (!fault_short) {
			registers[REG_RAX] = -fault_number;
			errno = old;
			return;
		}
		if (third > 1 && number != SYS_readv && number != SYS_writev)
			third = (third + 1) / 2;
	}
	registers[REG_RAX] = fault_call(number, registers, third);
	errno = old;
}

/* The instructions of the C library. */
struct fault_range {
	uintptr_t from, to;
};

static int fault_find(struct dl_phdr_info *info, size_t size, void *context)
{
	struct fault_range *range = context;

	(void)size;
	if (!strstr(info->dlpi_name, "/libc.so."))
		return 0;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &info->dlpi_phdr[i];

		if (part->p_type != PT_LOAD || !(part->p_flags & PF_X))
			continue;
		range->from = info->dlpi_addr + part->p_vaddr;
		range->to = range->from + part->p_memsz;
	}
	return 1;
}

/* Stop the calls of the kind that come from the C library, whose code is
   smaller than 4 GiB and does not cross a border of that size. */
static bool fault_filter(const struct fault_kind *kind)
{
	struct fault_range range = { 0, 0 };
	struct sock_filter code[32];
	struct sigaction action = { 0 };
	struct sock_fprog program = { 0, code };
	unsigned count = 0;
	size_t end = 0;

	dl_iterate_phdr(fault_find, &range);
	if (!range.to || range.from >> 32 != range.to >> 32)
		return false;
	while (kind->calls[end] != -1)
		end++;
#define FAULT_LOAD(field, half)                                                \
	code[count++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, \
		offsetof(struct seccomp_data, field) + (half))
#define FAULT_JUMP(test, value, yes, no)                                       \
	code[count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | (test) | BPF_K, \
		(uint32_t)(value), (uint8_t)(yes), (uint8_t)(no))
#define FAULT_RETURN(value)                                                    \
	code[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, value)
	FAULT_LOAD(nr, 0);
	for (size_t i = 0; i < end; i++)
		FAULT_JUMP(BPF_JEQ, kind->calls[i], end - i, 0);
	FAULT_RETURN(SECCOMP_RET_ALLOW);
	FAULT_LOAD(instruction_pointer, 4);
	FAULT_JUMP(BPF_JEQ, range.from >> 32, 0, 4);
	FAULT_LOAD(instruction_pointer, 0);
	FAULT_JUMP(BPF_JGE, range.from, 0, 2);
	FAULT_JUMP(BPF_JGE, range.to, 1, 0);
	FAULT_RETURN(SECCOMP_RET_TRAP);
	FAULT_RETURN(SECCOMP_RET_ALLOW);
	program.len = (unsigned short)count;
	action.sa_sigaction = fault_trap;
	action.sa_flags = SA_SIGINFO | SA_NODEFER;
	return sigaction(SIGSYS, &action, NULL) == 0 &&
	       prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}
#else
static bool fault_filter(const struct fault_kind *kind)
{
	(void)kind;
	return false;
}
#endif

/* Read by LeakSanitizer: what dlopen keeps of the library of backtrace; where
   the loader has no symbols, the blocks that it asked for itself. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:dl_open_worker_begin\nleak:ld-linux-x86-64.so\n";
}

static bool fault_set_up(const char *kind)
{
	size_t count = sizeof(fault_kinds) / sizeof(fault_kinds[0]);

	fault_memory = strcmp(kind, "memory") == 0;
	fault_threads = strcmp(kind, "thread") == 0;
	if (fault_memory || fault_threads)
		return true;
	for (size_t i = 0; FAULT_HERE && i < count; i++)
		if (strcmp(fault_kinds[i].name, kind) == 0)
			return fault_filter(&fault_kinds[i]);
	return false;
}

static const char *fault_given(const char *name, const char *otherwise)
{
	const char *value = getenv(name);

	return value && value[0] ? value : otherwise;
}

/* Map the state and set up; where that cannot be, the status is 125. */
static void fault_begin(void)
{
	const char *path = getenv("FAULT_STATE");
	void *frames[1];
	int file;

	if (!path)
		return;
	file = open(path, O_RDWR | O_CLOEXEC);
	fault_state = mmap(NULL, sizeof(*fault_state), PROT_READ | PROT_WRITE,
		MAP_SHARED, file, 0);
	if (file < 0 || fault_state == MAP_FAILED)
		_exit(125);
	close(file);
	fault_at = strtoull(fault_given("FAULT_AT", "0"), NULL, 10);
	fault_stays = fault_given("FAULT_STAYS", "0")[0] == '1';
	fault_short = fault_given("FAULT_SHORT", "0")[0] == '1';
	fault_records = fault_given("FAULT_RECORD", "0")[0] == '1';
	fault_number = (int)strtol(fault_given("FAULT_ERRNO", "5"), NULL, 10);
	(void)backtrace(frames, 1); /* it loads a library when first called */
	if (!fault_set_up(fault_given("FAULT_KIND", "memory")))
		_exit(125);
	fault_armed = true;
}

static int (*fault_real_main)(int, char **, char **);

static int fault_main(int count, char **arguments, char **environment)
{
	fault_begin();
	return fault_real_main(count, arguments, environment);
}

int __libc_start_main(int (*program)(int, char **, char **), int count,
	char **arguments, void (*init)(void), void (*fini)(void),
	void (*linker)(void), void *stack)
{
	int (*next)(int (*)(int, char **, char **), int, char **,
		void (*)(void), void (*)(void), void (*)(void), void *);

	*(void **)&next = fault_next("__libc_start_main");
	fault_real_main = program;
	return next(fault_main, count, arguments, init, fini, linker, stack);
}

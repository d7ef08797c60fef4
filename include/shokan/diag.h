/*
 * What went wrong and where. Every call of the library that can fail returns
 * an enum shk_code and fills a shk_diag that the caller owns; the library
 * prints nothing and keeps no last error.
 */
#ifndef SHOKAN_DIAG_H
#define SHOKAN_DIAG_H

#ifdef __cplusplus
extern "C" {
#endif

/* Kinds of failure. The command maps them to its exit status. */
enum shk_code {
	SHK_OK = 0,    /* it was done */
	SHK_END,       /* nothing more to read: not a failure */
	SHK_E_USAGE,   /* the caller asked for something that does not exist */
	SHK_E_RULES,   /* a rule, model, source or policy file is wrong */
	SHK_E_INPUT,   /* a product record is wrong */
	SHK_E_IO,      /* a file could not be opened, read or written */
	SHK_E_LIMIT,   /* a named ceiling was passed */
	SHK_E_MEMORY,  /* memory ran out */
	SHK_E_INTERNAL /* a promise inside the library was broken */
};

#define SHK_DIAG_PATH	 512 /* bytes of a path that a diagnostic keeps */
#define SHK_DIAG_FIELD	 64  /* bytes of a field or element name */
#define SHK_DIAG_REASON	 32  /* bytes of a reason code */
#define SHK_DIAG_MESSAGE 512 /* bytes of the message */

/*
 * A diagnostic. Owned by the caller; holds no pointers; zero is "none". Every
 * call takes one, or NULL from who does not want to be told. The first failure
 * that is told stays: empty it (`= { 0 }`) before it is used again after one.
 * It is to be looked at only after a call that failed.
 */
typedef struct shk_diag {
	enum shk_code code;	  /* SHK_OK: nothing is told */
	long line;		  /* 1-based line or row of the file; 0: none */
	long column;		  /* 1-based column; 0: none */
	char path[SHK_DIAG_PATH]; /* file, "-" for standard input, or "" */
	char field[SHK_DIAG_FIELD];   /* the field or element at fault, or "" */
	char reason[SHK_DIAG_REASON]; /* code of records.md section 5, or "" */
	/* what is wrong and what would be right */
	char message[SHK_DIAG_MESSAGE];
} shk_diag;

/* Short English name of a code, such as "input error"; never NULL. */
const char *shk_code_name(enum shk_code code);

#ifdef __cplusplus
}
#endif
#endif

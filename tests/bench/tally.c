/*
 * What a program pays, and for which records. `tally truth AMOUNT` turns the
 * JSON lines of shokan into id,status,value,amount with the status open where
 * facts are missing; `tally compare TRUTH OUTPUT COUNT` holds a program's CSV
 * of the first COUNT records against that and prints, tab-separated: the sum
 * of its amounts, how many records nobody can price it paid, how many of them
 * it answered, and how many of the others it answered differently.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What stands after `"name":` within `text`, or NULL. */
static const char *member(const char *text, const char *name)
{
	char key[64];
	const char *found;

	snprintf(key, sizeof(key), "\"%s\":", name);
	found = text ? strstr(text, key) : NULL;
	return found ? found + strlen(key) : NULL;
}

/* Characters of a string, a number or a word at `text`; a string's without
   its marks; 0 for an object or a list. */
static int simple(const char **text)
{
	if (**text == '{' || **text == '[')
		return 0;
	if (**text == '"')
		return (int)strcspn(++*text, "\"");
	return (int)strcspn(*text, ",}");
}

static int truth(const char *amount_name)
{
	char *line = NULL;
	size_t size = 0;

	puts("id,status,value,amount");
	while (getline(&line, &size, stdin) > 0) {
		const char *id = member(line, "id");
		const char *status = member(line, "status");
		const char *values = member(status, "values");
		const char *amount = member(values, amount_name);
		const char *value = values ? strchr(values, ':') : NULL;
		bool none, open;
		int lengths[4];

		if (!id || !status || !values || values[0] != '{')
			return 1;
		lengths[0] = simple(&id);
		lengths[1] = simple(&status);
		none = strncmp(status, "not_applicable", 14) == 0;
		if (none || !value || !amount)
			value = amount = "{";
		else
			value++;
		open = strncmp(status, "determined", 10) != 0 ||
		       (amount[0] == '{' &&
			       strncmp(amount, "{\"status\":\"not_", 15) != 0);
		lengths[2] = simple(&value);
		lengths[3] = simple(&amount);
		printf("%.*s,%.*s,%.*s,%.*s\n", lengths[0], id,
			none || !open ? lengths[1] : 4,
			none || !open ? status : "open", lengths[2], value,
			lengths[3], amount);
	}
	free(line);
	return ferror(stdin) || fflush(stdout);
}

/* The cells of the next line; false at the end. */
static bool next(FILE *file, char **line, size_t *size, char **cells)
{
	char *rest;

	if (getline(line, size, file) <= 0)
		return false;
	rest = *line;
	rest[strcspn(rest, "\r\n")] = '\0';
	for (int at = 0; at < 4; at++)
		cells[at] = rest ? strsep(&rest, ",") : NULL;
	return cells[2] != NULL;
}

/* 1.10 and 1.1 are the same. */
static bool differs(const char *left, const char *right)
{
	return left && right && strcmp(left, right) != 0 &&
	       (strtod(left, NULL) != strtod(right, NULL) || !*left || !*right);
}

static int compare(FILE *expected, FILE *got, unsigned long count)
{
	char *lines[2] = { NULL, NULL }, *cells[2][4];
	size_t sizes[2] = { 0, 0 };
	long total = 0, paid = 0, answered = 0, different = 0;

	next(expected, &lines[0], &sizes[0], cells[0]);
	next(got, &lines[1], &sizes[1], cells[1]);
	for (; count > 0; count--) {
		if (!next(expected, &lines[0], &sizes[0], cells[0])) {
			fputs("fewer records than that\n", stderr);
			return 1;
		}
		if (!next(got, &lines[1], &sizes[1], cells[1]) ||
			strcmp(cells[0][0], cells[1][0]) != 0) {
			fprintf(stderr, "no answer to %s\n", cells[0][0]);
			return 1;
		}
		if (cells[1][3])
			total += atol(cells[1][3]);
		if (strcmp(cells[0][1], "open") == 0) {
			answered += strncmp(cells[1][1], "und", 3) != 0 &&
				    (!cells[1][3] || cells[1][3][0] ||
					    strcmp(cells[1][2], cells[0][2]));
			paid += cells[1][3] && cells[1][3][0];
		} else if (differs(cells[0][1], cells[1][1]) ||
			   differs(cells[0][2], cells[1][2]) ||
			   differs(cells[0][3], cells[1][3])) {
			different++;
		}
	}
	if (next(got, &lines[1], &sizes[1], cells[1])) {
		fputs("more answers than records\n", stderr);
		return 1;
	}
	printf("%ld\t%ld\t%ld\t%ld\n", total, paid, answered, different);
	free(lines[0]);
	free(lines[1]);
	return 0;
}

int main(int count, char **words)
{
	FILE *expected, *got;
	int status = 2;

	if (count == 3 && strcmp(words[1], "truth") == 0)
		return truth(words[2]);
	if (count != 5 || strcmp(words[1], "compare") != 0)
		return 2;
	expected = fopen(words[2], "r");
	got = fopen(words[3], "r");
	if (expected && got)
		status = compare(expected, got, strtoul(words[4], NULL, 10));
	if (expected)
		fclose(expected);
	if (got)
		fclose(got);
	return status;
}

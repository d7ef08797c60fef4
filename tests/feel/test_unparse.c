/*
 * Trees to text and back: what is printed, that it has the fewest brackets,
 * and that it parses to an equal tree; on rows by hand and, when the TCK lies
 * beside the checkout, on every expression in its models.
 */
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "feel/ast.h"
#include "support/tree.h"

static const struct feel_place place = { "m.dmn", 1, 1 };

typedef enum shk_code (*parse_function)(struct arena *, struct text,
	struct feel_place, const struct feel_names *, const struct feel_node **,
	shk_diag *);

/* Print the tree of `source` into `text` and its structure into `tree`. */
static enum shk_code print(parse_function parse, struct text source,
	const struct feel_names *names, struct buffer *text,
	struct buffer *tree, shk_diag *diag)
{
	struct arena arena;
	const struct feel_node *node;
	enum shk_code code;

	arena_init(&arena);
	buffer_clear(text);
	buffer_clear(tree);
	memset(diag, 0, sizeof(*diag));
	code = parse(&arena, source, place, names, &node, diag);
	if (code == SHK_OK) {
		feel_unparse(node, text);
		tree_dump(node, tree);
	}
	arena_release(&arena);
	return code;
}

/* True when `source` parses; then its text must parse to the same tree. */
static bool round_trip(parse_function parse, struct text source,
	const struct feel_names *names, struct buffer *text, shk_diag *diag)
{
	struct buffer tree;
	struct buffer text_again;
	struct buffer tree_again;
	bool parsed;

	buffer_init(&tree);
	buffer_init(&text_again);
	buffer_init(&tree_again);
	parsed = print(parse, source, names, text, &tree, diag) == SHK_OK;
	if (parsed) {
		enum shk_code code =
			print(parse, (struct text){ text->data, text->size },
				names, &text_again, &tree_again, diag);

		cr_expect_eq(code, SHK_OK, "%.*s -> %s: %s", (int)source.size,
			source.data, text->data, diag->message);
		if (code == SHK_OK) {
			cr_expect_str_eq(tree.data, tree_again.data,
				"%.*s -> %s: %s, %s", (int)source.size,
				source.data, text->data, tree.data,
				tree_again.data);
			cr_expect_str_eq(text->data, text_again.data);
		}
	}
	buffer_release(&tree);
	buffer_release(&text_again);
	buffer_release(&tree_again);
	return parsed;
}

static const char *const known[] = { "Monthly Fee", "Student's name", "a-b",
	NULL };

static void check(
	parse_function parse, const char *const (*rows)[2], size_t count)
{
	struct feel_names names = tree_names(known);
	struct buffer text;
	shk_diag diag;
	size_t i;

	buffer_init(&text);
	for (i = 0; i < count; i++) {
		bool parsed = round_trip(
			parse, text_of(rows[i][0]), &names, &text, &diag);

		cr_expect(parsed, "%s: %s", rows[i][0], diag.message);
		if (parsed)
			cr_expect_str_eq(text.data,
				rows[i][1] ? rows[i][1] : rows[i][0],
				"%s -> %s", rows[i][0], text.data);
	}
	buffer_release(&text);
}

#define CHECK(parse, rows) check(parse, rows, sizeof(rows) / sizeof((rows)[0]))

/* NULL: the text is printed as it is written here. */
Test(unparse, expressions)
{
	static const char *const rows[][2] = {
		{ "null", NULL },
		{ "true", NULL },
		{ "1.50", "1.5" },
		{ "-.5", "-0.5" },
		{ "\"a\\\\d\\\"\\n\\u0001\"", NULL },
		{ "\"\\d\"", "\"\\\\d\"" },
		{ "@\"2024-02-29\"", NULL },
		{ "@\"P1D\"", NULL },
		{ "Monthly  Fee*2", "Monthly Fee * 2" },
		{ "a - b", NULL },
		{ "a-b", NULL },
		{ "((1+2))*3", "(1 + 2) * 3" },
		{ "(1*2)+3", "1 * 2 + 3" },
		{ "a-(b-c)", "a - (b - c)" },
		{ "(d-e)-f", "d - e - f" },
		{ "2**(3**4)", "2 ** (3 ** 4)" },
		{ "(2**3)**4", "2 ** 3 ** 4" },
		{ "(-2)**2", "-2 ** 2" },
		{ "-(2**2)", "-(2 ** 2)" },
		{ "-(-a)", "--a" },
		{ "--1", NULL },
		{ "(-1)[1]", NULL },
		{ "(-a).b", NULL },
		{ "-a.b", NULL },
		{ "a - -1", NULL },
		{ "(a or b) and c", NULL },
		{ "a or (b and c)", "a or b and c" },
		{ "a = (b = c)", NULL },
		{ "(a = b) = c", "a = b = c" },
		{ "a between (1+2) and 3 and b",
			"a between 1 + 2 and 3 and b" },
		{ "a between (b and c) and d", NULL },
		{ "(a between 1 and 2) = b", "a between 1 and 2 = b" },
		{ "a = (b between 1 and 2)", NULL },
		{ "(if a then b else c) + 1", NULL },
		{ "1 + if a then b else c", "1 + (if a then b else c)" },
		{ "if a then (if b then 1 else 2) else (3 + 4)",
			"if a then if b then 1 else 2 else 3 + 4" },
		{ "[(1), (for i in a return i)]", "[1, for i in a return i]" },
		{ "(a + b)[1].c(2)", NULL },
		{ "f(start position: 1, b: 2)", NULL },
		{ "f()", NULL },
		{ "(function(a: number, b) a + b)(1, 2)", NULL },
		{ "function(a: list<context<b: string, c: Any>>) a", NULL },
		{ "function(a: function<number>->range<date>) a", NULL },
		{ "function(a) external {java: 1}", NULL },
		{ "for i in 1..10, j in [1, 2] return i * j", NULL },
		{ "for i in [1..10] return i", NULL },
		{ "for i in (1..10] return i", NULL },
		{ "some i in a satisfies i > 1 and b", NULL },
		{ "(every i in a satisfies b) and c", NULL },
		{ "{a: 1, b c: 2, \"d,e\": 3, \"f  g\": 4, \"\": 5}", NULL },
		{ "{\"h\": 1, \"1i\": 2, \"if\": 3, \"é x-y\": 4}",
			"{h: 1, \"1i\": 2, if: 3, é x-y: 4}" },
		{ "{\" h\": 1, \"i \": 2}", NULL },
		{ "{}", NULL },
		{ "[]", NULL },
		{ "]1..2[", "(1..2)" },
		{ "[(a[1])..(b or c))", "[a[1]..b or c)" },
		{ "(>= 5)", NULL },
		{ "(<5) = (= 5)", "(< 5) = (= 5)" },
		{ "(> (a or b))", NULL },
		{ "x in (5)", "x in 5" },
		{ "x in (< 5)", "x in < 5" },
		{ "x in (1, < 2, [3..4))", NULL },
		{ "x in ((< 5))", NULL },
		{ "x in (< 5, (< 5))", NULL },
		{ "x in ((<5)[1])", "x in ((< 5)[1])" },
		{ "x in (a or b)", NULL },
		{ "x in (a + b) * 2", NULL },
		{ "x in (1..2)", NULL },
		{ "(x in y) in z", "x in y in z" },
		{ "x in (y in z)", NULL },
		{ "-(x in 1)", NULL },
		{ "(x in < 5) = true", "x in < 5 = true" },
		{ "x instance of list<number>", NULL },
		{ "(x instance of a) and b", "x instance of a and b" },
		{ "(-x) instance of a", NULL },
		{ "(x instance of a).b", NULL },
		{ "x instance of days and time duration", NULL },
		{ "x instance of context<>", NULL },
		{ "x instance of function<>->Any", NULL },
		{ "@\"nonsense\"", NULL },
		{ "x instance of list", NULL },
		{ "x instance of range", NULL },
		{ "x instance of function", NULL },
		{ "function(a, b: number) a", NULL },
		{ "(function(a) a)(1)", NULL },
		{ "(function(a) a)(1)[2]", NULL },
		{ "@\"10:00:00Z\"", NULL },
		{ "@\"2024-01-01T10:00:00\"", NULL },
		{ "@\"P1Y\" + a", NULL },
		{ "x in not(y)", NULL },
		{ "x in (not(y), 1)", NULL },
		{ "x in ((not(y)))", "x in not(y)" },
		{ "x in (not(negand: y))", "x in not(negand: y)" },
		{ "x in (not(1, 2))", "x in not(1, 2)" },
		{ "x in (f(1), 2)", NULL },
		{ "x in (f(1)(2), 2)", NULL },
		{ "x in ((< 5) = y)", NULL },
		{ "x in ((> 5).start)", NULL },
		{ "? > 1", NULL },
	};

	CHECK(feel_parse, rows);
}

Test(unparse, tests)
{
	static const char *const rows[][2] = {
		{ "-", NULL },
		{ "<5, >=6", "< 5, >= 6" },
		{ "not(\"a\",[1..2])", "not(\"a\", [1..2])" },
		{ "not(< 5)", NULL },
		{ "(not(a))", NULL },
		{ "not(a) and b", NULL },
		{ "not(a), b", NULL },
		{ "(not(a, b)) and c", "(not(a, b) and c)" },
		{ "(not(negand: a)) and c", "(not(negand: a) and c)" },
		{ "a, (not(b))", "a, not(b)" },
		{ "-1", NULL },
		{ "(< 5)", NULL },
		{ "? in (1, 2) or ? = 5", NULL },
	};

	CHECK(feel_parse_tests, rows);
}

/*
 * The TCK. Names in scope are all values of name="..." in the models of one
 * folder, which is what a reader of models would know of them.
 */
#define NAMES_MAX 4000

struct folder {
	struct buffer files; /* all models of the folder, one after another */
	struct buffer names; /* NUL-terminated */
	const char *list[NAMES_MAX + 1];
	size_t count;
	size_t expressions;
};

static const struct {
	const char *entity;
	char meant;
} entities[] = { { "&lt;", '<' }, { "&gt;", '>' }, { "&amp;", '&' },
	{ "&quot;", '"' }, { "&apos;", '\'' } };

/* Character data of XML, without CDATA marks and the five entities. */
static void decode(struct text xml, struct buffer *out)
{
	size_t i = 0;
	size_t k;

	buffer_clear(out);
	buffer_text(out, "");
	if (xml.size > 12 && memcmp(xml.data, "<![CDATA[", 9) == 0) {
		buffer_add(out, xml.data + 9, xml.size - 12);
		return;
	}
	while (i < xml.size) {
		for (k = 0; k < 5; k++)
			if (strncmp(xml.data + i, entities[k].entity,
				    strlen(entities[k].entity)) == 0)
				break;
		buffer_byte(out, k < 5 ? entities[k].meant : xml.data[i]);
		i += k < 5 ? strlen(entities[k].entity) : 1;
	}
}

static void collect_names(struct folder *folder)
{
	const char *at = folder->files.data;
	struct buffer name;
	size_t i;

	buffer_init(&name);
	while ((at = strstr(at, " name=\""))) {
		const char *end = strchr(at + 7, '"');

		decode((struct text){ at + 7, (size_t)(end - at - 7) }, &name);
		buffer_add(&folder->names, name.data, name.size);
		buffer_byte(&folder->names, 0);
		at = end;
		folder->count++;
	}
	cr_assert(folder->count < NAMES_MAX);
	at = folder->names.data;
	for (i = 0; i < folder->count; i++) {
		folder->list[i] = at;
		at += strlen(at) + 1;
	}
	folder->list[folder->count] = NULL;
	buffer_release(&name);
}

/* Is `at` in an element of that name, whatever its prefix? */
static bool inside(const char *from, const char *at, const char *element)
{
	size_t size = strlen(element);

	/* back to the tag around <text> */
	for (at--; at > from && *at != '<'; at--)
		;
	for (at++; *at != '>' && *at != ' '; at++)
		if (strncmp(at, element, size) == 0)
			return true;
	return false;
}

static void try_text(struct folder *folder, const char *at, struct text xml)
{
	struct feel_names names = tree_names(folder->list);
	const char *from = folder->files.data;
	bool tests = inside(from, at, "inputEntry") ||
		     inside(from, at, "Values") ||
		     inside(from, at, "typeConstraint");
	struct buffer source;
	struct buffer text;
	shk_diag diag;

	if (inside(from, at, "textAnnotation") ||
		inside(from, at, "annotationEntry"))
		return;
	buffer_init(&source);
	buffer_init(&text);
	decode(xml, &source);
	folder->expressions++;
	if (!round_trip(tests ? feel_parse_tests : feel_parse,
		    (struct text){ source.data, source.size }, &names, &text,
		    &diag)) {
		cr_expect_fail("%s: %ld:%ld %s", source.data, diag.line,
			diag.column, diag.message);
	}
	buffer_release(&source);
	buffer_release(&text);
}

static void try_folder(const char *path, size_t *expressions)
{
	static struct folder folder;
	struct dirent *entry;
	char file[1024];
	DIR *listing = opendir(path);
	char *at;

	cr_assert(listing);
	memset(&folder, 0, sizeof(folder));
	while ((entry = readdir(listing))) {
		if (!strstr(entry->d_name, ".dmn"))
			continue;
		cr_assert(file_join(file, sizeof(file), path, entry->d_name));
		cr_assert_eq(
			file_read(file, 1u << 24, &folder.files, NULL), SHK_OK);
	}
	closedir(listing);
	buffer_text(&folder.files, "\n");
	collect_names(&folder);
	at = folder.files.data;
	while ((at = strstr(at, "text>"))) {
		char *end = strstr(at, "</");
		char *tag = at;

		at += 5;
		/* <text> or <prefix:text>, not </text> or <context> */
		if (tag[-1] != '<' && tag[-1] != ':')
			continue;
		while (*tag != '<' && *tag != '/')
			tag--;
		if (*tag == '<' && end)
			try_text(&folder, tag,
				(struct text){ at, (size_t)(end - at) });
	}
	*expressions += folder.expressions;
	buffer_release(&folder.files);
	buffer_release(&folder.names);
}

Test(unparse, technology_compatibility_kit)
{
	char level[512];
	char path[1024];
	struct dirent *entry;
	size_t expressions = 0;
	int i;

	for (i = 2; i <= 3; i++) {
		DIR *listing;

		snprintf(level, sizeof(level), "%s/tck/compliance-level-%d",
			SHARED_FOLDER, i);
		listing = opendir(level);
		if (!listing)
			cr_skip("no TCK in " SHARED_FOLDER);
		while ((entry = readdir(listing))) {
			if (entry->d_name[0] == '.')
				continue;
			snprintf(path, sizeof(path), "%s/%s", level,
				entry->d_name);
			try_folder(path, &expressions);
		}
		closedir(listing);
	}
	cr_expect_gt(expressions, 3000);
}

/*
 * Quotes and numbers: our own rules pass, and every digit of every number in
 * them, and of every quote, is guarded: with any other digit in its place
 * something is found.
 */
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/memory.h"
#include "rulebook/quote.h"
#include "rulebook/shelf.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))
#define OUR_RULES   SOURCE_FOLDER "/rules"

/* The first finding of a kind. */
struct first {
	size_t count;
	shk_quote_finding finding;
	char element[64], number[64], nearest[64], looked[256], message[512];
	long line;
};

static bool take(void *context, const shk_quote_finding *finding)
{
	struct first *first = context;

	if (first->count++)
		return true;
	first->finding = *finding;
	first->line = finding->line;
	snprintf(first->element, 64, "%s", finding->element);
	snprintf(first->number, 64, "%s", finding->number);
	snprintf(first->nearest, 64, "%s", finding->nearest);
	snprintf(first->looked, 256, "%s", finding->looked);
	snprintf(first->message, 512, "%s", finding->message);
	return true;
}

static bool stop(void *context, const shk_quote_finding *finding)
{
	(void)context;
	(void)finding;
	return false;
}

/* The quotes of our rules and one tree of them. */
struct desk {
	struct arena arena;
	struct quotes quotes;
	shk_quote_counts counts;
	shk_diag diag;
};

static struct xml_element *desk_tree(struct desk *desk, const char *file)
{
	char path[SHK_DIAG_PATH];
	struct xml_element *root;

	snprintf(path, sizeof(path), OUR_RULES "/%s", file);
	cr_assert_eq(xml_read_file(&desk->arena, path, SHK_E_RULES, &root,
			     &desk->diag),
		SHK_OK, "%s: %s", path, desk->diag.message);
	return root;
}

static void desk_open(struct desk *desk)
{
	memset(desk, 0, sizeof(*desk));
	arena_init(&desk->arena);
	desk->quotes.arena = &desk->arena;
	desk->quotes.tell = stop;
	desk->quotes.counts = &desk->counts;
	desk->quotes.diag = &desk->diag;
	cr_assert_eq(quotes_read(&desk->quotes, "sources.xml",
			     desk_tree(desk, "sources.xml")),
		SHK_OK);
	cr_assert_eq(desk->counts.findings, 0u);
}

static size_t desk_findings(struct desk *desk, const struct xml_element *root)
{
	desk->counts.findings = 0;
	desk->quotes.stopped = false;
	cr_assert_eq(quotes_check_tree(&desk->quotes, "file", root), SHK_OK,
		"%s", desk->diag.message);
	return desk->counts.findings;
}

/* Every other digit in place of every digit of the numbers of `*text`. */
static size_t each_digit(struct desk *desk, const struct xml_element *root,
	const char *file, const char **text)
{
	const char *good = *text;
	struct numeral list[NUMERALS_MAX];
	size_t count = numeral_read_feel(text_of(good), list, NUMERALS_MAX);
	char *copy = memory_copy_text(good, strlen(good));
	size_t tried = 0;

	*text = copy;
	for (size_t i = 0; i < count; i++)
		for (size_t at = list[i].at; at < list[i].at + list[i].size;
			at++) {
			if (good[at] < '0' || good[at] > '9')
				continue;
			for (char c = '0'; c <= '9'; c++) {
				copy[at] = c;
				if (c == good[at])
					continue;
				tried++;
				cr_expect_gt(desk_findings(desk, root), 0u,
					"%s: \"%s\" for \"%s\" is not noticed",
					file, copy, good);
			}
			copy[at] = good[at];
		}
	*text = good;
	memory_free(copy);
	return tried;
}

static bool is_guarded(const char *name)
{
	return strcmp(name, "from") == 0 || strcmp(name, "low") == 0 ||
	       strcmp(name, "high") == 0;
}

static size_t each_number(struct desk *desk, const struct xml_element *root,
	const char *file, struct xml_element *element)
{
	size_t tried = 0;

	if (strcmp(element->name, "text") == 0 ||
		strcmp(element->name, "value") == 0)
		tried += each_digit(desk, root, file, &element->text);
	for (size_t i = 0; i < element->attribute_count; i++) {
		struct xml_attribute *attribute =
			(struct xml_attribute *)(uintptr_t)&element
				->attributes[i];

		if (is_guarded(attribute->name))
			tried +=
				each_digit(desk, root, file, &attribute->value);
	}
	for (element = element->first; element; element = element->next)
		tried += each_number(desk, root, file, element);
	return tried;
}

static size_t each_file(struct desk *desk, const char *file)
{
	struct xml_element *root = desk_tree(desk, file);

	cr_expect_eq(desk_findings(desk, root), 0u, "%s", file);
	return each_number(desk, root, file, root);
}

static size_t each_model(struct desk *desk, const char *revision)
{
	char folder[SHK_DIAG_PATH], file[SHK_DIAG_PATH];
	struct dirent *entry;
	size_t tried = 0;
	DIR *list;

	snprintf(folder, sizeof(folder), OUR_RULES "/%s", revision);
	list = opendir(folder);
	cr_assert_not_null(list);
	while ((entry = readdir(list)) != NULL) {
		if (!strstr(entry->d_name, ".dmn"))
			continue;
		snprintf(file, sizeof(file), "%s/%s", revision, entry->d_name);
		tried += each_file(desk, file);
	}
	closedir(list);
	return tried;
}

Test(quotes, no_digit_of_a_rule_changes_unnoticed)
{
	struct desk desk;
	size_t tried = 0;

	desk_open(&desk);
	tried += each_file(&desk, "rulebook.xml");
	tried += each_model(&desk, "r6");
	tried += each_model(&desk, "r8");
	cr_expect_gt(tried, 9000u, "%zu", tried);
	arena_release(&desk.arena);
}

/* ASCII digits; those of another width are other bytes of the same hash. */
Test(quotes, no_digit_of_a_quote_changes_unnoticed)
{
	struct desk desk;
	size_t tried = 0;

	desk_open(&desk);
	for (size_t i = 0; i < desk.quotes.count; i++) {
		const struct quote *quote = &desk.quotes.list[i];
		const char *wanted = xml_attribute(quote->element, "sha256");
		size_t size = strlen(quote->element->text);
		char *copy = memory_copy_text(quote->element->text, size);

		for (size_t at = 0; at < size; at++) {
			char hash[DIGEST_HEX + 1];

			if (copy[at] < '0' || copy[at] > '9')
				continue;
			copy[at] = copy[at] == '9' ? '0' : copy[at] + 1;
			tried++;
			cr_expect(quote_hash(copy, hash));
			cr_expect_str_neq(hash, wanted, "%s %s", quote->source,
				quote->place);
			copy[at] = quote->element->text[at];
		}
		memory_free(copy);
	}
	cr_expect_gt(tried, 200u, "%zu", tried);
	arena_release(&desk.arena);
}

Test(quotes, our_rules_say_what_they_cite)
{
	struct first first = { .count = 0 };
	shk_quote_counts counts;
	shk_diag diag;

	cr_assert_eq(shk_quotes_verify(
			     OUR_RULES, NULL, take, &first, &counts, &diag),
		SHK_OK, "%s", diag.message);
	cr_expect_eq(first.count, 0u, "%s", first.message);
	cr_expect_eq(counts.findings, 0u);
	cr_expect_gt(counts.quotes, 40u);
	cr_expect_gt(counts.in_quotes, 80u);
	cr_expect_eq(counts.numbers,
		counts.in_quotes + counts.in_readings + counts.exempt);
}

/* ---- one finding of each kind, in a book of one model ---- */

static const char sources[] =
	"<sources><source id=\"S1\" file=\"s1.txt\">"
	"<quote place=\"L2\" sha256=\"%s\">200回以上400回未満 110/100</quote>"
	"</source><source id=\"S2\"/></sources>";

static const char model[] = "<definitions><decision id=\"d\" name=\"d\">\n"
			    "<extensionElements>%s</extensionElements>\n"
			    "<text>%s</text></decision></definitions>";

#define CITE "<cite source=\"S1\" place=\"L2\"/>"

static const struct {
	const char *marks, *text;
	int kind; /* -1: none */
	const char *number, *nearest;
} kinds[] = {
	{ CITE, "x in [200..400)", -1, "", "" },
	{ CITE, "x in [200..400) and 110/100", -1, "", "" },
	{ CITE, "1.1", -1, "", "" },
	{ CITE, "x >= 201", SHK_QUOTE_NUMBER, "201", ">= 200" },
	{ CITE, "120/100", SHK_QUOTE_NUMBER, "120/100", "1.1" },
	{ CITE, "x > 200", SHK_QUOTE_BOUND, "200", ">= 200" },
	{ CITE, "x in [200..400]", SHK_QUOTE_BOUND, "400", "< 400" },
	{ CITE, "x in [200..400) and 1.1 + 1.1", SHK_QUOTE_NUMBER, "1.1",
		"1.1" },
	{ CITE, "x >= 400", SHK_QUOTE_BOUND, "400", "< 400" },
	{ "<basis source=\"S1\" place=\"L2\" otherwise=\"true\"/>",
		"x >= 400 or x &lt; 200", -1, "", "" },
	{ CITE, "x + 1", SHK_QUOTE_NUMBER, "1", "1.1" },
	{ CITE "<unquoted numbers=\"1\" reason=\"next\"/>", "x + 1", -1, "",
		"" },
	{ CITE "<unquoted numbers=\"1 1\" reason=\"next\"/>", "x + 1",
		SHK_QUOTE_EXEMPT, "1", "" },
	{ CITE "<unquoted numbers=\"1\"/>", "x + 1", SHK_QUOTE_EXEMPT, "", "" },
	{ "<unquoted numbers=\"2 x\" reason=\"r\"/>", "2", SHK_QUOTE_EXEMPT, "",
		"" },
	{ "<unquoted reason=\"r\"/>", "x", SHK_QUOTE_EXEMPT, "", "" },
	{ "", "x + 1", SHK_QUOTE_NUMBER, "1", "" },
	{ "<cite source=\"S1\" place=\"L3\"/>", "x", SHK_QUOTE_PLACE, "", "" },
	{ "<cite source=\"S2\" place=\"L3\"/>", "x", -1, "", "" },
	{ "<cite source=\"S2\" place=\"L3\"/>", "x + 1", SHK_QUOTE_NUMBER, "1",
		"" },
	{ "<basis source=\"S2\" place=\"L3\"/>", "x", SHK_QUOTE_PLACE, "", "" },
	{ "<basis source=\"S1\" place=\"L2\" only=\"400 1.1\"/>" CITE,
		"x &lt; 400 and 1.1", -1, "", "" },
	{ "<basis source=\"S1\" place=\"L2\" only=\"400\"/>" CITE, "x >= 200",
		SHK_QUOTE_NUMBER, "200", "< 400" },
	{ "<basis source=\"S1\" place=\"L2\" only=\"\"/>" CITE, "x >= 200",
		SHK_QUOTE_NUMBER, "200", "" },
	{ "<basis source=\"S1\" place=\"L2\" only=\"7\"/>" CITE, "x",
		SHK_QUOTE_EXEMPT, "7", "" },
	{ CITE, "\"2026-06-01\"", SHK_QUOTE_NUMBER, "\"2026-06-01\"", "" },
};

static struct xml_element *parsed(struct desk *desk, const char *text)
{
	struct xml_element *root;

	cr_assert_eq(xml_read_text(&desk->arena, "t", text_of(text),
			     SHK_E_RULES, &root, &desk->diag),
		SHK_OK, "%s: %s", text, desk->diag.message);
	return root;
}

static void desk_small(struct desk *desk, struct first *first, const char *hash)
{
	char text[1024];

	memset(desk, 0, sizeof(*desk));
	arena_init(&desk->arena);
	desk->quotes.arena = &desk->arena;
	desk->quotes.tell = take;
	desk->quotes.context = first;
	desk->quotes.counts = &desk->counts;
	desk->quotes.diag = &desk->diag;
	snprintf(text, sizeof(text), sources, hash);
	cr_assert_eq(
		quotes_read(&desk->quotes, "s", parsed(desk, text)), SHK_OK);
}

Test(quotes, each_kind_of_finding)
{
	char hash[DIGEST_HEX + 1];

	cr_assert(quote_hash("200回以上400回未満 110/100", hash));
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct first first = { .count = 0 };
		struct desk desk;
		char text[1024];

		desk_small(&desk, &first, hash);
		cr_assert_eq(first.count, 0u, "%s", first.message);
		snprintf(text, sizeof(text), model, kinds[i].marks,
			kinds[i].text);
		cr_expect_eq(quotes_check_tree(
				     &desk.quotes, "m", parsed(&desk, text)),
			SHK_OK);
		cr_expect_eq(first.count, kinds[i].kind >= 0 ? 1u : 0u,
			"row %zu: %zu: %s", i, first.count, first.message);
		if (first.count && kinds[i].kind >= 0) {
			cr_expect_eq((int)first.finding.kind, kinds[i].kind,
				"row %zu: %s", i, first.message);
			cr_expect_str_eq(first.element, "d", "row %zu", i);
			cr_expect_str_eq(first.number, kinds[i].number,
				"row %zu: %s", i, first.number);
			cr_expect_str_eq(first.nearest, kinds[i].nearest,
				"row %zu: %s", i, first.nearest);
		}
		arena_release(&desk.arena);
	}
}

Test(quotes, a_hash_that_is_missing_or_another)
{
	struct first first = { .count = 0 };
	struct desk desk;

	desk_small(&desk, &first, "00");
	cr_expect_eq(first.count, 1u);
	cr_expect_eq(first.finding.kind, SHK_QUOTE_ALTERED);
	cr_expect_str_eq(first.element, "S1 L2");
	arena_release(&desk.arena);
}

/* Only blanks at the ends of lines, and empty lines around, do not count. */
Test(quotes, normalisation)
{
	static const struct {
		const char *text, *wanted;
	} rows[] = { { "", "" }, { "a", "a" }, { "a \t\r\n", "a" },
		{ "\n\n a\n\nb  \n\n", " a\n\nb" }, { "a\r\nb", "a\nb" },
		{ " \n", "" } };

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer out;

		buffer_init(&out);
		quote_normalise(rows[i].text, &out);
		cr_expect_str_eq(
			out.data ? out.data : "", rows[i].wanted, "row %zu", i);
		cr_expect_eq(out.size, strlen(rows[i].wanted), "row %zu", i);
		buffer_release(&out);
	}
}

/* ---- the documents themselves ---- */

static void corpus_row(
	const char *quote, const char *place, const char *document, int kind)
{
	char folder[] = "/tmp/shokan_corpus_XXXXXX";
	char path[64], text[1024], hash[DIGEST_HEX + 1], sum[DIGEST_HEX + 1];
	unsigned char digest[DIGEST_BYTES];
	struct first first = { .count = 0 };
	struct desk desk;
	FILE *file;

	cr_assert_not_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/d.txt", folder);
	digest_of(text_of(document), digest);
	digest_hex(digest, DIGEST_BYTES, sum);
	file = fopen(path, "w");
	cr_assert_not_null(file);
	fputs(document, file);
	fclose(file);
	quote_hash(quote, hash);
	snprintf(text, sizeof(text),
		"<sources><source id=\"S\" file=\"d.txt\" sha256=\"%s\">"
		"<quote place=\"%s\" sha256=\"%s\">%s</quote></source>"
		"</sources>",
		sum, place, hash, quote);
	memset(&desk, 0, sizeof(desk));
	arena_init(&desk.arena);
	desk.quotes = (struct quotes){ .arena = &desk.arena,
		.tell = take,
		.context = &first,
		.counts = &desk.counts,
		.diag = &desk.diag };
	quotes_read(&desk.quotes, "s", parsed(&desk, text));
	cr_expect_eq(quotes_check_corpus(&desk.quotes, folder), SHK_OK);
	cr_expect_eq(first.count, kind < 0 ? 0u : 1u, "%s %s: %s", quote, place,
		first.message);
	cr_expect(kind < 0 || (int)first.finding.kind == kind, "%s",
		first.message);
	cr_expect_eq(desk.counts.compared, 1u);
	remove(path);
	first.count = 0;
	cr_expect_eq(quotes_check_corpus(&desk.quotes, folder), SHK_OK);
	cr_expect_eq(first.finding.kind, SHK_QUOTE_DOCUMENT);
	remove(folder);
	arena_release(&desk.arena);
}

Test(quotes, against_documents)
{
	static const char document[] = "one\n two \nthree\nfour";
	static const struct {
		const char *quote, *place;
		int kind;
	} rows[] = {
		{ "one", "L1", -1 },
		{ " two", "L2", -1 },
		{ "two", "L2", SHK_QUOTE_WORDS },
		{ " two\nthree", "L2-3", -1 },
		{ "four", "L4", -1 },
		{ "three\nfour", "L3-4", -1 },
		{ "", "L5", SHK_QUOTE_WORDS },
		{ "three\nfour", "L3-5", SHK_QUOTE_WORDS },
		{ "three", "L2", SHK_QUOTE_WORDS },
		{ "one", "1", SHK_QUOTE_WORDS },
		{ "one", "L0", SHK_QUOTE_WORDS },
		{ "one", "L2-1", SHK_QUOTE_WORDS },
		{ "one", "L1x", SHK_QUOTE_WORDS },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		corpus_row(
			rows[i].quote, rows[i].place, document, rows[i].kind);
}

/* Writing the hashes again changes no byte; a changed quote gets its own. */
Test(quotes, hashes_are_written)
{
	const char *folder = shelf_open();
	struct buffer out;
	shk_diag diag;

	buffer_init(&out);
	cr_assert_eq(shk_quotes_hash(OUR_RULES, shelf_sink(&out), &diag),
		SHK_OK, "%s", diag.message);
	{
		struct buffer now;

		buffer_init(&now);
		cr_assert_eq(file_read(OUR_RULES "/sources.xml", 1u << 20, &now,
				     &diag),
			SHK_OK);
		cr_expect_eq(out.size, now.size);
		cr_expect_str_eq(out.data, now.data);
		buffer_release(&now);
	}
	buffer_clear(&out);
	shelf_write("sources.xml",
		"<sources xmlns=\"urn:shokan:sources:1\"><!-- <quote> -->\n"
		"<source id=\"S1\"><title>t</title>"
		"<quote place=\"a>b\">1円</quote>"
		"<quote\nsha256=\"0\" place='c'\n>2円</quote>"
		"<reading place=\"d\"/></source></sources>\n");
	cr_assert_eq(shk_quotes_hash(folder, shelf_sink(&out), &diag), SHK_OK,
		"%s", diag.message);
	cr_expect_not_null(strstr(out.data, "<!-- <quote> -->\n"));
	cr_expect_not_null(strstr(out.data, "<quote place=\"a>b\" sha256=\""));
	cr_expect_null(strstr(out.data, "sha256=\"0\""));
	cr_expect_not_null(strstr(out.data, "<reading place=\"d\" sha256="));
	buffer_release(&out);
	shelf_close();
}

/* `count` times `part` between two texts, as a tree. */
static struct xml_element *repeated(struct desk *desk, const char *before,
	const char *part, size_t count, const char *after)
{
	struct buffer text;
	struct xml_element *root;

	buffer_init(&text);
	buffer_text(&text, before);
	for (size_t i = 0; i < count; i++)
		buffer_text(&text, part);
	buffer_text(&text, after);
	root = parsed(desk, text.data);
	buffer_release(&text);
	return root;
}

Test(quotes, ceilings)
{
	for (size_t past = 0; past < 2; past++) {
		enum shk_code wanted = past ? SHK_E_LIMIT : SHK_OK;
		struct first first = { .count = 0 };
		struct desk desk;

		desk_small(&desk, &first, "00");
		cr_expect_eq(
			quotes_check_tree(&desk.quotes, "m",
				repeated(&desk, "<d><decision id=\"d\"><text>",
					"1,", MATCH_MAX + past,
					"</text></decision></d>")),
			wanted, "numbers of a rule, %zu past", past);
		diag_clear(&desk.diag);
		cr_expect_eq(quotes_read(&desk.quotes, "s",
				     repeated(&desk,
					     "<s><source id=\"S\"><quote "
					     "place=\"L1\">",
					     "1円、", NUMERALS_MAX + past,
					     "</quote></source></s>")),
			wanted, "numbers of a quote, %zu past", past);
		diag_clear(&desk.diag);
		desk.quotes.count = 0;
		cr_expect_eq(
			quotes_read(&desk.quotes, "s",
				repeated(&desk, "<s><source id=\"S\">",
					"<quote place=\"L1\"/>",
					QUOTES_MAX + past, "</source></s>")),
			wanted, "quotes, %zu past", past);
		arena_release(&desk.arena);
	}
}

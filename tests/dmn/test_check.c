/*
 * The analysis of tables: what it finds in small ones, and in random ones
 * what trying every value finds.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "helper.h"

#include <shokan/dmn.h>

#include "base/buffer.h"

TestSuite(dmn_check, .init = folder_open, .fini = folder_close, .timeout = 120);

struct told {
	struct buffer text; /* a line a finding: kind and message */
	size_t counts[SHK_DMN_UNCHECKED + 1];
};

static bool keep(void *context, const shk_dmn_finding *finding)
{
	struct told *told = context;

	told->counts[finding->kind]++;
	buffer_format(&told->text, "%s: %s\n",
		shk_dmn_finding_name(finding->kind), finding->message);
	cr_expect_gt(finding->line, 1, "%s", finding->message);
	cr_expect_gt(finding->column, 0, "%s", finding->message);
	return true;
}

static void find(const char *text, struct told *told)
{
	const char *path = folder_write("c.dmn", text);
	shk_dmn *model;
	shk_diag diag = { 0 };

	memset(told, 0, sizeof(*told));
	buffer_init(&told->text);
	buffer_add(&told->text, "", 0);
	cr_assert_eq(shk_dmn_load(&model, &path, 1, &diag), SHK_OK, "%s",
		diag.message);
	cr_assert_eq(shk_dmn_check(model, keep, told, &diag), SHK_OK);
	shk_dmn_free(model);
}

#define ROW(cells, out) "<rule>" cells OUT(out) "</rule>\n"
#define TABLE(policy, inputs, rows)                                            \
	"<decisionTable hitPolicy=\"" policy "\">" inputs "<output/>" rows     \
	"</decisionTable>"
#define ONE_INPUT(policy, type, rows)                                          \
	HEAD TYPE("amount", "number", "[0..100]") TYPE("word", "string",       \
		"\"x\", \"y\"") INPUT("a", type) DECISION("d", "Any",          \
		NEEDS_INPUT("a"), TABLE(policy, INPUT_COLUMN("a"), rows)) TAIL

#define COUNT_INPUT(rows)                                                      \
	HEAD INPUT("a", "Any") DECISION("d", "Any", NEEDS_INPUT("a"),          \
		TABLE("UNIQUE", INPUT_COLUMN("count(a)"), rows)) TAIL

Test(dmn_check, small_tables)
{
	static const struct {
		const char *text;
		const char *told;
	} rows[] = {
		{ ONE_INPUT("UNIQUE", "amount",
			  ROW(IN("&lt; 50"), "1") ROW(IN("&gt;= 50"), "2")),
			"" },
		{ ONE_INPUT("UNIQUE", "number",
			  ROW(IN("&lt; 50"), "1") ROW(IN("&gt; 50"), "2")),
			"gap: no row takes a = 50\n" },
		{ ONE_INPUT("UNIQUE", "amount",
			  ROW(IN("[0..50]"), "1") ROW(IN("[50..100]"), "2")),
			"overlap: rows 1 and 2 both take a = 50\n" },
		{ ONE_INPUT("ANY", "amount",
			  ROW(IN("[0..50]"), "1") ROW(IN("[50..100]"), "1")),
			"" },
		{ ONE_INPUT("ANY", "amount",
			  ROW(IN("[0..50]"), "1") ROW(IN("[50..100]"), "2")),
			"overlap: rows 1 and 2 both take a = 50\n" },
		{ ONE_INPUT("FIRST", "amount",
			  ROW(IN("&gt; 10"), "1") ROW(IN("-"), "2")
				  ROW(IN("5"), "3")),
			"unreachable: row 3 never decides\n" },
		{ ONE_INPUT("COLLECT", "amount",
			  ROW(IN("-"), "1") ROW(IN("&gt; 100"), "2")),
			"unreachable: row 2 never decides\n" },
		{ ONE_INPUT("UNIQUE", "word",
			  ROW(IN("\"x\""), "1") ROW(IN("\"y\""), "2")),
			"" },
		{ ONE_INPUT("UNIQUE", "string", ROW(IN("\"x\""), "1")),
			"gap: no row takes a = \"(any other)\"\n" },
		{ ONE_INPUT("UNIQUE", "boolean", ROW(IN("true"), "1")),
			"gap: no row takes a = false\n" },
		{ ONE_INPUT("UNIQUE", "boolean",
			  ROW(IN("true"), "1") ROW(IN("not(true)"), "1")),
			"" },
		{ ONE_INPUT("UNIQUE", "date",
			  ROW(IN("&lt; @\"2026-06-01\""), "1")
				  ROW(IN("&gt; @\"2026-06-01\""), "2")),
			"gap: no row takes a = date(\"2026-06-01\")\n" },
		{ ONE_INPUT("UNIQUE", "date",
			  ROW(IN("&lt;= @\"2026-06-01\""), "1")
				  ROW(IN("&gt;= @\"2026-06-02\""), "2")),
			"" },
		{ ONE_INPUT("UNIQUE", "Any",
			  ROW(IN("&lt; @\"P1D\""), "1")
				  ROW(IN("&gt;= @\"P1D\""), "2")),
			"" },
		{ ONE_INPUT("UNIQUE", "number", ROW(IN("? &gt; 1"), "1")),
			"unchecked: cells use names: gaps and overlaps cannot "
			"be decided\n" },
		{ ONE_INPUT("UNIQUE", "Any",
			  ROW(IN("1"), "1") ROW(IN("\"x\""), "2")),
			"unchecked: cells of one column are of different "
			"types\n" },
		/* a number of things is a whole one; a half is not */
		{ COUNT_INPUT(ROW(IN("&lt; 3"), "1") ROW(IN("&gt; 2"), "2")),
			"" },
		{ COUNT_INPUT(
			  ROW(IN("&lt; 2.5"), "1") ROW(IN("&gt; 2.5"), "2")),
			"" },
		{ COUNT_INPUT(ROW(IN("&lt; 3"), "1") ROW(IN("&gt; 3"), "2")),
			"gap: no row takes count(a) = 3\n" },
		{ COUNT_INPUT(ROW(IN("&lt; 4"), "1") ROW(IN("&gt; 2"), "2")),
			"overlap: rows 1 and 2 both take count(a) = 3\n" },
		{ ONE_INPUT("UNIQUE", "boolean",
			  ROW(IN("1"), "1") ROW(IN("not(1)"), "2")),
			"unchecked: a cell is not of its column's type\n" },
		{ HEAD "<inputData id=\"i_a\" name=\"a\"/>\n" TAIL,
			"missing type: this input data has no type\n" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct told told;

		find(rows[i].text, &told);
		cr_expect_str_eq(told.text.data ? told.text.data : "",
			rows[i].told, "row %zu", i);
		buffer_release(&told.text);
	}
}

static uint64_t next(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return *seed >> 33;
}

/* A cell over 0, 0.5, ..., 5, as text and as the set of those it takes. */
static unsigned put_cell(uint64_t *seed, struct buffer *out)
{
	unsigned low = (unsigned)(next(seed) % 5);
	unsigned high = low + (unsigned)(next(seed) % (6 - low));
	unsigned kind = (unsigned)(next(seed) % 5);
	unsigned takes = 0;

	for (unsigned half = 0; half <= 10; half++) {
		bool inside = kind == 0	  ? true
			      : kind == 1 ? half < 2 * high
			      : kind == 2 ? half >= 2 * low
			      : kind == 3 ? half >= 2 * low && half <= 2 * high
					  : half != 2 * low;

		takes |= (unsigned)inside << half;
	}
	if (kind == 0)
		buffer_text(out, "-");
	else if (kind == 1)
		buffer_format(out, "&lt; %u", high);
	else if (kind == 2)
		buffer_format(out, "&gt;= %u", low);
	else if (kind == 3)
		buffer_format(out, "[%u..%u]", low, high);
	else
		buffer_format(out, "not(%u)", low);
	return takes;
}

/* Which rows are needed, and whether there are gaps and overlaps. */
static void try_all(unsigned takes[6][2], unsigned rows, bool *gap,
	bool *overlap, unsigned *reached)
{
	*gap = *overlap = false;
	*reached = 0;
	for (unsigned a = 0; a <= 10; a++)
		for (unsigned b = 0; b <= 10; b++) {
			unsigned hits = 0;

			for (unsigned row = 0; row < rows; row++)
				if ((takes[row][0] >> a & 1) &&
					(takes[row][1] >> b & 1)) {
					hits++;
					*reached |= 1u << row;
				}
			*gap = *gap || hits == 0;
			*overlap = *overlap || hits > 1;
		}
}

Test(dmn_check, random_tables)
{
	struct buffer text;
	uint64_t seed = 20260601;

	buffer_init(&text);
	for (int i = 0; i < 300; i++) {
		unsigned takes[6][2];
		unsigned rows = 1 + (unsigned)(next(&seed) % 5);
		unsigned reached;
		size_t unreached = 0;
		struct told told;
		bool gap, overlap;

		buffer_clear(&text);
		buffer_text(&text,
			HEAD TYPE("small", "number", "[0..5]") INPUT(
				"a", "small") INPUT("b",
				"small") "<decision id=\"d\" "
					 "name=\"d\"><variable name=\"d\" "
					 "typeRef=\"Any\"/>" NEEDS_INPUT("a") NEEDS_INPUT(
						 "b") "<decisionTable"
						      ">" INPUT_COLUMN("a")
							      INPUT_COLUMN(
								      "b") "<ou"
									   "tpu"
									   "t/"
									   ">"
									   "\n");
		for (unsigned row = 0; row < rows; row++) {
			buffer_text(&text, "<rule><inputEntry><text>");
			takes[row][0] = put_cell(&seed, &text);
			buffer_text(&text,
				"</text></inputEntry><inputEntry><text>");
			takes[row][1] = put_cell(&seed, &text);
			buffer_text(&text,
				"</text></inputEntry>" OUT("1") "</rule>\n");
		}
		buffer_text(&text, "</decisionTable></decision>" TAIL);
		try_all(takes, rows, &gap, &overlap, &reached);
		for (unsigned row = 0; row < rows; row++)
			unreached += !(reached >> row & 1);
		find(text.data, &told);
		cr_expect_eq(told.counts[SHK_DMN_GAP] > 0, gap, "%s\n%s",
			text.data, told.text.data);
		cr_expect_eq(told.counts[SHK_DMN_OVERLAP] > 0, overlap,
			"%s\n%s", text.data, told.text.data);
		cr_expect_eq(told.counts[SHK_DMN_UNREACHABLE], unreached,
			"%s\n%s", text.data, told.text.data);
		cr_expect_eq(told.counts[SHK_DMN_FAULT], 0);
		buffer_release(&told.text);
	}
	buffer_release(&text);
}

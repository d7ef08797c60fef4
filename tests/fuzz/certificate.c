/*
 * Any bytes as a certificate of one small table: refused with a reason and a
 * line, or accepted, and then each of the twenty points of its domain lies in
 * exactly one cell, which names exactly the rows that take the point.
 */
#include <stdlib.h>
#include <string.h>

#include "certify/certify.h"
#include "fuzz/target.h"

/*
 * of r1, t of r1/m.dmn, line 3, UNIQUE
 * column 1 boolean: flag, column 2 integer [0..9]: count
 * row 1 line 5: true | [0..5)     row 2 line 6: false | -
 */
static struct unary_tests entries[2][2];
static struct models_column columns[2];
static struct models_row rows[2];
static struct models_table table = { .revision = "r1",
	.file = "r1/m.dmn",
	.id = "t",
	.line = 3,
	.policy = "UNIQUE",
	.source = "sha256:0",
	.column_count = 2,
	.columns = columns,
	.row_count = 2,
	.rows = rows,
	.unread = "" };
static struct models models = { .revision_count = 1,
	.revisions = { "r1" },
	.table_count = 1,
	.tables = &table };
static struct arena kept;

static void forget(void)
{
	arena_release(&kept);
}

static void read_tests(const char *text, struct unary_tests *out)
{
	const char *why = "";

	if (!unary_read_all(&kept, text_of(text), out, &why))
		fuzz_fail("cannot read %s: %s", text, why);
}

static void make_table(void)
{
	if (kept.first)
		return;
	arena_init(&kept);
	atexit(forget);
	columns[0] = (struct models_column){ .expression = text_of("flag"),
		.type = UNARY_BOOLEAN,
		.domain = { .dash = true } };
	columns[1] = (struct models_column){ .expression = text_of("count"),
		.type = UNARY_NUMBER,
		.whole = true };
	read_tests("[0..9]", &columns[1].domain);
	read_tests("true", &entries[0][0]);
	read_tests("[0..5)", &entries[0][1]);
	read_tests("false", &entries[1][0]);
	read_tests("-", &entries[1][1]);
	rows[0] =
		(struct models_row){ 5, text_of("true | [0..5)"), entries[0] };
	rows[1] = (struct models_row){ 6, text_of("false | -"), entries[1] };
}

static void check_point(const struct claim_table *claim, bool flag, int count)
{
	const struct unary_value point[2] = {
		{ UNARY_BOOLEAN, flag ? NUM_ONE : NUM_ZERO, { NULL, 0 } },
		{ UNARY_NUMBER, num_from_int(count), { NULL, 0 } }
	};
	size_t wanted = !flag ? 2 : count < 5 ? 1 : 0;
	size_t cells = 0;

	for (size_t i = 0; i < claim->cell_count; i++) {
		const struct claim_cell *cell = &claim->cells[i];

		if (!unary_holds(&cell->where[0], &point[0]) ||
			!unary_holds(&cell->where[1], &point[1]))
			continue;
		cells++;
		if (wanted == 0 ? cell->row_count != 0
				: cell->row_count != 1 ||
					  cell->rows[0] != wanted)
			fuzz_fail("accepted, but %d | %d has other rows", flag,
				count);
	}
	if (cells != 1)
		fuzz_fail("accepted, but %zu cells hold %d | %d", cells, flag,
			count);
}

/* It was accepted: read it again and try every point. */
static void check_accepted(struct text bytes)
{
	struct claims claims;
	struct claim_table claim;
	struct arena arena;

	arena_init(&arena);
	if (!claims_open(&claims, &arena, bytes) || !claims_more(&claims) ||
		!claims_next(&claims, &claim) || claim.left_out)
		fuzz_fail("accepted, but cannot be read again");
	for (int count = 0; count < 10; count++) {
		check_point(&claim, true, count);
		check_point(&claim, false, count);
	}
	arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* exactly as large as it is, so that a byte too far is seen */
	char *copy = malloc(size ? size : 1);
	struct verdict verdict;
	struct text bytes = { copy, size };

	if (!copy)
		return 0;
	if (size > 0)
		memcpy(copy, data, size);
	make_table();
	verdict_init(&verdict);
	certify(&models, bytes, &verdict);
	if (verdict.accepted)
		check_accepted(bytes);
	else if (!verdict.why[0] || verdict.line < 0)
		fuzz_fail("refused without a reason");
	verdict_release(&verdict);
	free(copy);
	return 0;
}

/*
 * Bytes decide a catalogue, the order of its records and facts, threads and
 * parts. Results come in the order of the records and, of each record, of the
 * rulebook; they are the same bytes for any number of threads, and those of a
 * record wherever it stands. Snapshots are sorted by id and decision in byte
 * order, and so are the changes between two of them.
 */
#include <shokan/flow.h>

#include <string.h>

#include "fuzz/catalogue.h"
#include "fuzz/law.h"
#include "fuzz/scratch.h"
#include "fuzz/snapshots.h"
#include "fuzz/target.h"

/* Asked in another order than that of the rulebook, in which they come. */
static const char *const asked[] = { "points_from_price", "category_review",
	"rare_disease_coefficient", "samd_billing" };
static const char *const answered[] = { "rare_disease_coefficient",
	"samd_billing", "category_review", "points_from_price" };
static const char *const columns[] = { "id", "decision", "status", "value",
	"missing" };

#define DECISIONS (sizeof(asked) / sizeof(asked[0]))

static const struct law *law;

/* How the catalogue goes through. */
struct way {
	size_t order[CATALOGUE_MAX]; /* record at each row */
	uint32_t facts;		     /* seed of the order of facts */
	unsigned jobs;
	size_t part_size;
};

struct outcome {
	struct buffer all;   /* results, and between them what was told */
	struct buffer lines; /* of the snapshot */
	struct buffer of[CATALOGUE_MAX]; /* results and tellings, by record */
	size_t rows;			 /* of records that have results */
	size_t in_row;			 /* results of the last one */
	long told_at;			 /* line */
};

/* Of the input that is played. */
struct play {
	struct catalogue catalogue;
	bool bare; /* few columns of CSV and nothing else is asked for */
	shk_price_options price;
	shk_pricer *pricer; /* of every flow */
	const struct way *way;
	struct outcome *outcome;
};

static void outcome_init(struct outcome *outcome)
{
	memset(outcome, 0, sizeof(*outcome));
	buffer_init(&outcome->all);
	buffer_init(&outcome->lines);
	for (size_t i = 0; i < CATALOGUE_MAX; i++)
		buffer_init(&outcome->of[i]);
}

static void outcome_release(struct outcome *outcome)
{
	buffer_release(&outcome->all);
	buffer_release(&outcome->lines);
	for (size_t i = 0; i < CATALOGUE_MAX; i++)
		buffer_release(&outcome->of[i]);
}

static bool take(void *context, const char *data, size_t size)
{
	buffer_add(context, data, size);
	return true;
}

/* A result is a line; each record has one of every decision, in their order. */
static void result_line(struct play *play, const char *line, size_t size)
{
	struct outcome *outcome = play->outcome;
	const char *decision = answered[outcome->in_row];
	struct buffer *of;
	size_t before;

	if (outcome->rows == play->catalogue.count)
		fuzz_fail("more results than records");
	of = &outcome->of[play->way->order[outcome->rows]];
	before = of->size;
	buffer_add(of, line, size);
	if (!strstr(of->data + before, decision))
		fuzz_fail("%s does not stand at its place: %.*s", decision,
			(int)size, line);
	outcome->in_row++;
	if (outcome->in_row == DECISIONS) {
		outcome->in_row = 0;
		outcome->rows++;
	}
}

static bool take_results(void *context, const char *data, size_t size)
{
	struct play *play = context;
	const char *end = data + size;

	buffer_add(&play->outcome->all, data, size);
	while (data < end) {
		const char *next = memchr(data, '\n', (size_t)(end - data));

		if (!next)
			fuzz_fail("a result is cut");
		next++;
		if (!play->bare || strncmp(data, "id,", 3) != 0)
			result_line(play, data, (size_t)(next - data));
		data = next;
	}
	return true;
}

static void tell(void *context, enum shk_flow_kind kind, const shk_diag *diag)
{
	struct play *play = context;
	struct outcome *outcome = play->outcome;
	long row = diag->line - 1 - play->catalogue.csv;

	if (kind != SHK_FLOW_ERROR && kind != SHK_FLOW_WARNING)
		fuzz_fail("told (%d): %s", (int)kind, diag->message);
	if (row < 0 || row >= (long)play->catalogue.count)
		fuzz_fail("told of line %ld", diag->line);
	if (diag->line < outcome->told_at)
		fuzz_fail("line %ld behind %ld", diag->line, outcome->told_at);
	outcome->told_at = diag->line;
	buffer_format(&outcome->all, "[%d %ld:%ld %s]\n", (int)kind, diag->line,
		diag->column, diag->message);
	buffer_format(&outcome->of[play->way->order[row]], "[%d %s %s]\n",
		(int)kind, diag->field, diag->message);
}

static size_t make_reports(struct play *play, shk_report **reports)
{
	shk_report_options results = { .format = SHK_REPORT_JSON };
	shk_report_options lines = { .format = SHK_REPORT_SNAPSHOT };
	shk_diag diag = { 0 };

	if (play->bare) {
		results.format = SHK_REPORT_CSV;
		results.columns = columns;
		results.column_count = sizeof(columns) / sizeof(columns[0]);
	}
	if (shk_report_new(&reports[0], &results,
		    (shk_sink){ play, take_results }, &diag) != SHK_OK)
		fuzz_fail("no report: %s", diag.message);
	if (play->bare)
		return 1;
	if (shk_report_new(&reports[1], &lines,
		    (shk_sink){ &play->outcome->lines, take }, &diag) != SHK_OK)
		fuzz_fail("no report: %s", diag.message);
	return 2;
}

static void flow(struct play *play, const struct way *way,
	const shk_flow_set *set, struct outcome *outcome)
{
	const shk_read_options read = { .format = play->catalogue.csv
							  ? SHK_FORMAT_CSV
							  : SHK_FORMAT_JSONL };
	const char *path = scratch_path();
	shk_report *reports[2] = { NULL };
	shk_flow_options options = { .rulebook = law->book,
		.schema = law->schema,
		.read = &read,
		.price = &play->price,
		.pricer = play->pricer,
		.reports = reports,
		.sets = set,
		.set_count = set ? 1 : 0,
		.paths = &path,
		.path_count = 1,
		.jobs = way->jobs,
		.part_size = way->part_size,
		.context = play,
		.tell = tell };
	shk_flow_totals totals;
	shk_diag diag = { 0 };
	struct buffer text;

	outcome_init(outcome);
	play->way = way;
	play->outcome = outcome;
	buffer_init(&text);
	catalogue_write(&play->catalogue, way->order, way->facts, &text);
	scratch_write(text.data, text.size);
	buffer_release(&text);
	options.report_count = make_reports(play, reports);
	if (shk_flow_run(&options, &totals, &diag) ||
		shk_report_finish(reports[0], &diag) ||
		(reports[1] && shk_report_finish(reports[1], &diag)))
		fuzz_fail("the flow ends: %s", diag.message);
	if (outcome->rows != play->catalogue.count)
		fuzz_fail("%zu records have results", outcome->rows);
	shk_report_free(reports[0]);
	shk_report_free(reports[1]);
}

static bool same(const struct buffer *a, const struct buffer *b)
{
	return a->size == b->size &&
	       (a->size == 0 || memcmp(a->data, b->data, a->size) == 0);
}

/* `moved` has the records in another order than `one`. */
static void compare_records(const struct play *play, const struct outcome *one,
	const struct outcome *moved)
{
	for (size_t i = 0; i < play->catalogue.count; i++) {
		if (!same(&one->of[i], &moved->of[i]))
			fuzz_fail("record %zu: %.*s\nelsewhere: %.*s", i,
				(int)one->of[i].size, one->of[i].data,
				(int)moved->of[i].size, moved->of[i].data);
	}
}

static void compare_threads(const struct outcome *one,
	const struct outcome *many, const struct way *way)
{
	if (!same(&one->all, &many->all) || !same(&one->lines, &many->lines))
		fuzz_fail("%u threads, parts of %zu: %.*s\nnot: %.*s",
			way->jobs, way->part_size, (int)many->all.size,
			many->all.data, (int)one->all.size, one->all.data);
}

/* Sorted, in whatever order they came, and against others. */
static void sort(struct play *play, const struct outcome *one,
	const struct outcome *moved, const struct way *way, size_t lines)
{
	static const shk_flow_set set = { "active_products", "7" };
	struct outcome other;

	flow(play, way, &set, &other);
	snapshots_hold(&one->lines, &moved->lines, &other.lines, lines);
	outcome_release(&other);
}

/* `data` has the bits of everything but the order. */
static void begin(struct play *play, const uint8_t *data)
{
	shk_diag diag = { 0 };

	play->catalogue.csv = data[0] & 1;
	play->bare = data[0] & 2;
	play->price = (shk_price_options){ .decisions = asked,
		.decision_count = DECISIONS,
		.flips = !play->bare,
		.facts = !play->bare,
		.anew = data[3] & 4 };
	if (shk_pricer_new(
		    &play->pricer, law->book, law->schema, &play->price, &diag))
		fuzz_fail("no pricer: %s", diag.message);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const size_t parts[] = { 0, 1, 150, 700 };
	static const size_t held[] = { 0, 1, 3, 16 };
	struct way way = { .jobs = 1 };
	struct play play = { 0 };
	struct outcome one, many, moved;

	if (size < 4)
		return 0;
	law = law_get();
	catalogue_read(&play.catalogue, data + 4, size - 4);
	if (play.catalogue.count == 0)
		return 0;
	begin(&play, data);
	catalogue_shuffle(way.order, play.catalogue.count, 0);
	flow(&play, &way, NULL, &one);
	way.jobs = 1 + data[0] / 4 % 4;
	way.part_size = parts[data[0] / 16 % 4];
	flow(&play, &way, NULL, &many);
	compare_threads(&one, &many, &way);
	catalogue_shuffle(
		way.order, play.catalogue.count, data[1] * 2654435761u);
	way.facts = data[2];
	way.jobs = 1;
	flow(&play, &way, NULL, &moved);
	compare_records(&play, &one, &moved);
	if (!play.bare)
		sort(&play, &one, &moved, &way, held[data[3] % 4]);
	shk_pricer_free(play.pricer);
	outcome_release(&one);
	outcome_release(&many);
	outcome_release(&moved);
	return 0;
}

/*
 * See flowing.h.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "flow/flowing.h"

static bool flowing_write(void *context, const char *data, size_t size)
{
	struct flowing *flowing = context;

	if (flowing->fails && ++flowing->calls == 3)
		return false;
	if (!flowing->deaf)
		buffer_add(&flowing->out, data, size);
	return true;
}

static bool flowing_feed(void *context, const char *data, size_t size)
{
	struct flowing *flowing = context;

	if (!flowing->deaf)
		buffer_add(&flowing->feed, data, size);
	cr_expect_eq(data[size - 1], '\n', "a whole result");
	return true;
}

static void flowing_tell(
	void *context, enum shk_flow_kind kind, const shk_diag *diag)
{
	struct flowing *flowing = context;

	if (flowing->deaf && kind == SHK_FLOW_ERROR && diag->column)
		return;
	buffer_format(&flowing->out, "[%d %ld:%ld %s %s %d %s]\n", (int)kind,
		diag->line, diag->column, diag->field, diag->reason,
		(int)diag->code, diag->message);
}

static enum shk_code flowing_mark(void *context, const shk_flow_mark *mark)
{
	struct flowing *flowing = context;

	flowing->marks++;
	cr_expect(mark->records <= mark->all_records);
	return flowing->marks == flowing->stop_at ? SHK_E_IO : SHK_OK;
}

void flowing_open(struct flowing *flowing)
{
	shk_diag diag = { 0 };

	memset(flowing, 0, sizeof(*flowing));
	flowing->format = SHK_REPORT_CSV;
	buffer_init(&flowing->out);
	buffer_init(&flowing->feed);
	/* the test's own memory is there before the flow's runs out */
	buffer_format(&flowing->out, "%1048576s", "");
	buffer_format(&flowing->feed, "%1048576s", "");
	cr_assert_eq(shk_rulebook_load(
			     &flowing->book, SOURCE_FOLDER "/rules", &diag),
		SHK_OK, "%s", diag.message);
	cr_assert_eq(shk_schema_load(
			     &flowing->schema, SOURCE_FOLDER "/rules", &diag),
		SHK_OK, "%s", diag.message);
}

void flowing_close(struct flowing *flowing)
{
	buffer_release(&flowing->out);
	buffer_release(&flowing->feed);
	shk_schema_free(flowing->schema);
	shk_rulebook_free(flowing->book);
}

/* The first of its format, and at least one of lines behind it. */
static void flowing_reports(
	struct flowing *flowing, shk_report **reports, size_t count)
{
	shk_report_options options = { .format = flowing->format,
		.columns = flowing->columns,
		.column_count = flowing->column_count,
		.steps = flowing->steps,
		.assumed_newest = true };
	shk_report_options lines = { .format = SHK_REPORT_SNAPSHOT };
	shk_sink sink = { flowing, flowing_write };
	shk_sink feed = { flowing, flowing_feed };
	shk_diag diag = { 0 };

	cr_assert_eq(
		shk_report_new(&reports[0], &options, sink, &diag), SHK_OK);
	for (size_t i = 1; i < count; i++)
		cr_assert_eq(shk_report_new(&reports[i], &lines, feed, &diag),
			SHK_OK);
}

const char *flowing_run(struct flowing *flowing, const char *path,
	unsigned jobs, size_t part_size, uint64_t skip)
{
	static const char *const decisions[] = { "rare_disease_coefficient" };
	shk_price_options price = {
		.decisions = decisions,
		.decision_count = flowing->all ? 0 : 1,
		.flips = true,
		.steps = flowing->steps,
		.facts = !flowing->lone,
		.anew = flowing->anew,
	};
	size_t count = flowing->report_count ? flowing->report_count : 2;
	shk_report *reports[32];
	shk_flow_options options = { .rulebook = flowing->book,
		.schema = flowing->schema,
		.read = &flowing->read,
		.price = &price,
		.reports = reports,
		.report_count = flowing->lone ? 1 : count,
		.sets = &flowing->set,
		.set_count = flowing->set.name ? 1 : 0,
		.paths = flowing->paths ? flowing->paths : &path,
		.path_count = flowing->paths ? flowing->path_count : 1,
		.jobs = jobs,
		.part_size = part_size,
		.skip = skip,
		.context = flowing,
		.tell = flowing_tell,
		.mark = flowing_mark };
	shk_diag diag = { 0 };

	buffer_clear(&flowing->out);
	buffer_clear(&flowing->feed);
	flowing->calls = 0;
	flowing->marks = 0;
	flowing_reports(flowing, reports, count);
	cr_assert_eq(shk_pricer_new(&options.pricer, flowing->book,
			     flowing->schema, &price, &diag),
		SHK_OK, "%s", diag.message);
	memory_fail_at(flowing->starve, true);
	flowing->code = shk_flow_run(&options, &flowing->totals, &diag);
	memory_fail_at(0, false);
	if (!flowing->code)
		shk_report_finish(reports[0], &diag);
	buffer_format(&flowing->out, "[%d %s; %llu %llu %d; %zu %zu %zu]\n",
		(int)flowing->code, diag.message,
		(unsigned long long)flowing->totals.records,
		(unsigned long long)flowing->totals.seen, flowing->totals.wrong,
		shk_report_count(reports[0], SHK_DETERMINED),
		shk_report_count(reports[0], SHK_UNDETERMINED),
		shk_report_count(reports[1], SHK_ERROR));
	buffer_add(&flowing->out, flowing->feed.data ? flowing->feed.data : "",
		flowing->feed.size);
	for (size_t i = 0; i < count; i++)
		shk_report_free(reports[i]);
	shk_pricer_free(options.pricer);
	cr_assert(!flowing->out.failed);
	return flowing->out.data;
}

const char *flowing_file(const char *ending, const char *text, size_t size)
{
	static char path[64];
	FILE *file;

	snprintf(path, sizeof(path), "/tmp/shokan-flow-%d%s", (int)getpid(),
		ending);
	file = fopen(path, "wb");
	cr_assert_not_null(file);
	cr_assert_eq(fwrite(text, 1, size, file), size);
	fclose(file);
	return path;
}

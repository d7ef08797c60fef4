/*
 * Hand-built results. They repeat what section 1 and 3 of the rules say about
 * such records, so that the expected texts of the tests read like answers.
 */
#include <string.h>

#include <criterion/criterion.h>

#include "report/sample.h"

struct price_value sample_number(const char *text)
{
	struct price_value value = { .kind = PRICE_NUMBER };

	cr_assert_eq(num_parse(text, strlen(text), false, &value.u.number),
		NUM_PARSED, "%s", text);
	return value;
}

struct price_value sample_text(const char *text)
{
	struct price_value value = { .kind = PRICE_TEXT };

	value.text = text_of(text);
	return value;
}

struct price_outcome sample_outcome(struct price_value value)
{
	struct price_outcome outcome = { SHK_DETERMINED, "", value };

	return outcome;
}

struct price_outcome sample_status(enum shk_status status, const char *reason)
{
	struct price_outcome outcome = { .status = status, .reason = reason };

	return outcome;
}

shk_result sample_empty(void)
{
	shk_result result;

	memset(&result, 0, sizeof(result));
	result.id = result.name = result.path = "";
	result.decision = result.label_ja = result.label_en = "";
	result.revision = result.as_of = result.reason = "";
	result.field = result.message = result.evidence = "";
	result.rulebook = "sha256:00";
	result.policy = "{}";
	return result;
}

static struct price_output sample_output(
	const char *name, const char *unit, enum shk_status status)
{
	struct price_output output = { .name = name,
		.label_ja = "",
		.label_en = "",
		.unit = unit,
		.status = status };

	return output;
}

shk_result sample_determined(void)
{
	static struct price_output outputs[3];
	static struct price_outcome points[2], high[1], low[1];
	static struct price_flip flips[1];
	static const char *const caveats[] = { "zero_tests" };
	static const struct price_citation citations[] = {
		{ "S001", "L1391-1397", "E0", "基準資料", "" },
		{ "S001", "L1387", "E0", "基準資料",
			"下表の係数を準用技術料に、乗じた点数を算定できる" },
	};
	static const struct price_missing missing[] = {
		{ "points_rounding", "点数の端数処理", "rounding of points",
			true, false, false },
	};
	shk_result result = sample_empty();

	outputs[0] = sample_output("coefficient", "ratio", SHK_DETERMINED);
	outputs[0].value = sample_number("1.5");
	outputs[1] = sample_output("points_exact", "points", SHK_DETERMINED);
	outputs[1].value = sample_number("1852.5");
	outputs[2] = sample_output("points", "points", SHK_UNDETERMINED);
	points[0] = sample_outcome(sample_number("1852"));
	points[1] = sample_outcome(sample_number("1853"));
	outputs[2].outcomes = points;
	outputs[2].outcome_count = 2;
	high[0] = sample_outcome(sample_number("1.5"));
	low[0] = sample_outcome(sample_number("1.4"));
	flips[0] = (struct price_flip){ .field = "annual_tests",
		.known = true,
		.now = sample_number("0"),
		.at = sample_number("200"),
		.below_count = 1,
		.on_count = 1,
		.above_count = 1,
		.below = high,
		.on = low,
		.above = low };
	result.id = "A1";
	result.name = "検査薬ア";
	result.path = "a.csv";
	result.row = 2;
	result.decision = "rare_disease_coefficient";
	result.label_ja = "希少疾病等技術料係数";
	result.label_en = "rare disease coefficient";
	result.revision = "r8";
	result.as_of = "2026-06-01";
	result.outputs = outputs;
	result.output_count = 3;
	result.missing = missing;
	result.missing_count = 1;
	result.flips = flips;
	result.flip_count = 1;
	result.caveats = caveats;
	result.caveat_count = 1;
	result.evidence = "E0";
	result.citations = citations;
	result.citation_count = 2;
	return result;
}

shk_result sample_undetermined(void)
{
	static struct price_output outputs[1];
	static struct price_outcome all[3], one[1], two[1];
	static struct price_flip flips[1];
	static const struct price_missing missing[] = {
		{ "majority_share", "「大半」の割合",
			"share that is a majority", true, false, false },
		{ "market_price", "市場実勢価格", "market price", false, true,
			false },
	};
	shk_result result = sample_empty();

	one[0] = sample_outcome(sample_number("1"));
	two[0] = sample_outcome(sample_number("2"));
	all[0] = one[0];
	all[1] = two[0];
	all[2] = sample_status(SHK_NOT_APPLICABLE, "not_above");
	outputs[0] = sample_output("pattern", "", SHK_UNDETERMINED);
	outputs[0].outcomes = all;
	outputs[0].outcome_count = 3;
	flips[0] = (struct price_flip){ .field = "majority_share",
		.parameter = true,
		.at = sample_number("60"),
		.below_count = 1,
		.on_count = 1,
		.above_count = 1,
		.below = one,
		.on = one,
		.above = two };
	result.id = "B2";
	result.decision = "above_price_pattern";
	result.label_ja = "市場実勢価格が償還価格を上回る機能区分";
	result.label_en = "market price above the price in force";
	result.revision = "r8";
	result.assumed_newest = true;
	result.status = SHK_UNDETERMINED;
	result.outputs = outputs;
	result.output_count = 1;
	result.outcomes = all;
	result.outcome_count = 3;
	result.missing = missing;
	result.missing_count = 2;
	result.flips = flips;
	result.flip_count = 1;
	result.evidence = "E5";
	return result;
}

shk_result sample_error(void)
{
	shk_result result = sample_empty();

	result.id = "C3";
	result.path = "a.csv";
	result.row = 4;
	result.status = SHK_ERROR;
	result.reason = "bad_value";
	result.field = "annual_tests";
	result.message = "\"8oo\" is not an integer";
	return result;
}

/* Decision, its fact, its row, and a rounding decision behind it. */
void sample_add_steps(shk_result *result)
{
	static struct price_step steps[6];
	static const struct text unknown[] = { { "aid_target", 10 } };
	static const char *const names[] = { "coefficient", "annual_tests",
		"coefficient", "column_2", "points", "round half up" };
	static const enum price_step_kind kinds[] = { PRICE_STEP_DECISION,
		PRICE_STEP_FACT, PRICE_STEP_ROW, PRICE_STEP_DECISION,
		PRICE_STEP_DECISION, PRICE_STEP_ROUND };
	static const unsigned depths[] = { 0, 1, 1, 1, 0, 1 };

	memset(steps, 0, sizeof(steps));
	for (size_t i = 0; i < 6; i++) {
		steps[i].kind = kinds[i];
		steps[i].depth = depths[i];
		steps[i].name = text_of(names[i]);
		steps[i].label_ja = steps[i].label_en = "";
		steps[i].formula = steps[i].description = "";
	}
	steps[0].label_ja = "係数";
	steps[0].value = sample_number("1.5");
	steps[1].value = sample_number("0");
	steps[2].row = 1;
	steps[2].description = "under 200: 150/100";
	steps[2].value = sample_number("1.5");
	steps[2].citation_count = 1;
	steps[2].citations = result->citations;
	steps[3].value.kind = PRICE_UNKNOWN;
	steps[3].value.count = 1;
	steps[3].value.names = unknown;
	steps[4].formula = "base_points * coefficient";
	steps[4].value = sample_number("1853");
	steps[5].before = sample_number("1852.5");
	steps[5].scale = sample_number("0");
	steps[5].value = sample_number("1853");
	result->steps = steps;
	result->step_count = 6;
}

static bool sample_sink(void *context, const char *data, size_t size)
{
	buffer_add(context, data, size);
	return true;
}

void sample_write(struct buffer *out, const shk_report_options *options,
	const shk_result *const *results, size_t count)
{
	shk_sink sink = { out, sample_sink };
	shk_report *report = NULL;
	shk_diag diag = { 0 };

	cr_assert_eq(shk_report_new(&report, options, sink, &diag), SHK_OK);
	for (size_t i = 0; i < count; i++)
		cr_assert_eq(shk_report_result(report, results[i], &diag),
			SHK_OK, "result %zu: %s", i, diag.message);
	cr_assert_eq(shk_report_finish(report, &diag), SHK_OK);
	shk_report_free(report);
}

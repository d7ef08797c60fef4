/*
 * JSON: keys, their order and the spelling of every kind of value, against
 * lines written by hand.
 */
#include <string.h>

#include <criterion/criterion.h>

#include "report/sample.h"

static void expect(const shk_result *result, bool steps, const char *expected)
{
	shk_report_options options = { .format = SHK_REPORT_JSON,
		.steps = steps };
	struct buffer out;

	buffer_init(&out);
	sample_write(&out, &options, &result, 1);
	cr_expect_str_eq(out.data, expected, "got:      %s\nexpected: %s",
		out.data, expected);
	buffer_release(&out);
}

Test(json, determined)
{
	shk_result result = sample_determined();

	expect(&result, false,
		"{\"id\":\"A1\",\"decision\":\"rare_disease_coefficient\","
		"\"revision\":\"r8\",\"as_of\":\"2026-06-01\","
		"\"status\":\"determined\","
		"\"values\":{\"coefficient\":1.5,\"points_exact\":1852.5,"
		"\"points\":{\"status\":\"undetermined\","
		"\"outcomes\":[1852,1853]}},"
		"\"outcomes\":[],\"missing\":[\"points_rounding\"],"
		"\"flips\":[{\"field\":\"annual_tests\",\"at\":200,"
		"\"below\":[1.5],\"on\":[1.4],\"above\":[1.4]}],"
		"\"reason\":null,\"caveats\":[\"zero_tests\"],"
		"\"evidence\":\"E0\","
		"\"citations\":[{\"source\":\"S001\","
		"\"place\":\"L1391-1397\"},"
		"{\"source\":\"S001\",\"place\":\"L1387\",\"quote\":"
		"\"下表の係数を準用技術料に、乗じた点数を算定できる\"}],"
		"\"rulebook\":\"sha256:00\",\"policy\":{}}\n");
}

Test(json, undetermined)
{
	shk_result result = sample_undetermined();

	expect(&result, false,
		"{\"id\":\"B2\",\"decision\":\"above_price_pattern\","
		"\"revision\":\"r8\",\"as_of\":null,"
		"\"status\":\"undetermined\","
		"\"values\":{\"pattern\":{\"status\":\"undetermined\","
		"\"outcomes\":[1,2,{\"status\":\"not_applicable\","
		"\"reason\":\"not_above\"}]}},"
		"\"outcomes\":[1,2,{\"status\":\"not_applicable\","
		"\"reason\":\"not_above\"}],"
		"\"missing\":[\"majority_share\",\"market_price\"],"
		"\"flips\":[{\"field\":\"majority_share\",\"parameter\":true,"
		"\"at\":60,\"below\":[1],\"on\":[1],\"above\":[2]}],"
		"\"reason\":null,\"caveats\":[],\"evidence\":\"E5\","
		"\"citations\":[],\"rulebook\":\"sha256:00\","
		"\"policy\":{}}\n");
}

Test(json, error_has_field_and_message_behind_reason)
{
	shk_result result = sample_error();

	expect(&result, false,
		"{\"id\":\"C3\",\"decision\":null,\"revision\":null,"
		"\"as_of\":null,\"status\":\"error\",\"values\":{},"
		"\"outcomes\":[],\"missing\":[],\"flips\":[],"
		"\"reason\":\"bad_value\",\"field\":\"annual_tests\","
		"\"message\":\"\\\"8oo\\\" is not an integer\","
		"\"caveats\":[],\"evidence\":null,\"citations\":[],"
		"\"rulebook\":\"sha256:00\",\"policy\":{}}\n");
}

Test(json, steps_lie_between_citations_and_rulebook)
{
	shk_result result = sample_empty();
	shk_result source = sample_determined();

	sample_add_steps(&source);
	result.id = "S";
	result.steps = source.steps;
	result.step_count = source.step_count;
	expect(&result, true,
		"{\"id\":\"S\",\"decision\":null,\"revision\":null,"
		"\"as_of\":null,\"status\":\"determined\",\"values\":{},"
		"\"outcomes\":[],\"missing\":[],\"flips\":[],\"reason\":null,"
		"\"caveats\":[],\"evidence\":null,\"citations\":[],"
		"\"steps\":["
		"{\"step\":\"decision\",\"depth\":0,\"name\":\"coefficient\","
		"\"value\":1.5},"
		"{\"step\":\"fact\",\"depth\":1,\"name\":\"annual_tests\","
		"\"value\":0},"
		"{\"step\":\"row\",\"depth\":1,\"name\":\"coefficient\","
		"\"row\":1,\"description\":\"under 200: 150/100\","
		"\"value\":1.5,\"citations\":[{\"source\":\"S001\","
		"\"place\":\"L1391-1397\",\"evidence\":\"E0\"}]},"
		"{\"step\":\"decision\",\"depth\":1,\"name\":\"column_2\","
		"\"value\":{\"status\":\"undetermined\","
		"\"missing\":[\"aid_target\"]}},"
		"{\"step\":\"decision\",\"depth\":0,\"name\":\"points\","
		"\"formula\":\"base_points * coefficient\",\"value\":1853},"
		"{\"step\":\"round\",\"depth\":1,\"name\":\"round half up\","
		"\"before\":1852.5,\"scale\":0,\"value\":1853}],"
		"\"rulebook\":\"sha256:00\",\"policy\":{}}\n");
}

/* One output of each kind, an inexact number, kept columns, a policy. */
Test(json, kinds_of_values)
{
	struct price_value ends[2] = { sample_number("100"),
		{ .kind = PRICE_NULL } };
	struct price_value parts[2] = { sample_text("a\"\\\n\x01、"),
		{ .kind = PRICE_DATE, .u.days = 20605 } };
	struct text names[2] = { text_of("x"), text_of("day") };
	struct price_value values[] = {
		{ .kind = PRICE_INTERVAL, .count = 2, .items = ends },
		{ .kind = PRICE_LIST },
		{ .kind = PRICE_CONTEXT,
			.count = 2,
			.items = parts,
			.names = names },
		{ .kind = PRICE_BOOLEAN, .u.boolean = true },
		sample_number("-0.00000000000000000001234567890123"),
		sample_number("100000000000000000000000"),
	};
	static const char *const labels[] = { "i", "l", "c", "b", "n", "m" };
	struct price_output outputs[6];
	shk_result result = sample_empty();
	struct text kept_name = text_of("x_note"), kept = text_of("007");

	memset(outputs, 0, sizeof(outputs));
	values[4].inexact = true;
	for (size_t i = 0; i < 6; i++) {
		outputs[i].name = labels[i];
		outputs[i].value = values[i];
	}
	result.id = "K";
	result.outputs = outputs;
	result.output_count = 6;
	result.policy = "{\"majority_share\":50}";
	result.kept_count = 1;
	result.kept_names = &kept_name;
	result.kept_values = &kept;
	expect(&result, false,
		"{\"id\":\"K\",\"decision\":null,\"revision\":null,"
		"\"as_of\":null,\"status\":\"determined\",\"values\":{"
		"\"i\":{\"from\":100,\"to\":null,\"from_closed\":false,"
		"\"to_closed\":false},\"l\":[],"
		"\"c\":{\"x\":\"a\\\"\\\\\\n\\u0001、\","
		"\"day\":\"2026-06-01\"},\"b\":true,"
		"\"n\":-0.00000000000000000001234567890123,"
		"\"m\":100000000000000000000000},\"inexact\":[\"n\"],"
		"\"outcomes\":[],\"missing\":[],\"flips\":[],\"reason\":null,"
		"\"caveats\":[],\"evidence\":null,\"citations\":[],"
		"\"rulebook\":\"sha256:00\","
		"\"policy\":{\"majority_share\":50},"
		"\"kept\":{\"x_note\":\"007\"}}\n");
}

/*
 * Values: equality, order, copies, joins, reasons, printing.
 */
#include "feel/feel_run.h"
#include "feel/machine_state.h"

Test(value, equality_and_sameness)
{
	static const struct {
		const char *a;
		const char *b;
		int equal;
		bool same;
	} rows[] = {
		{ "1", "1.00", 1, true },
		{ "1", "2", 0, false },
		{ "1", "\"1\"", -1, false },
		{ "1", "null", 0, false },
		{ "null", "null", 1, true },
		{ "\"a\"", "\"a\"", 1, true },
		{ "true", "true", 1, true },
		{ "true", "1", -1, false },
		{ "date(\"2024-01-01\")", "date(\"2024-01-01\")", 1, true },
		{ "[1, 2]", "[1, 2]", 1, true },
		{ "[1, 2]", "[2, 1]", 0, false },
		{ "[1]", "[1, 2]", 0, false },
		{ "[1, 3]", "[\"a\", 2]", 0, false },
		{ "[1, 2]", "[\"a\", 2]", -1, false },
		{ "[null]", "[null]", 1, true },
		{ "{x: 1, y: 2}", "{y: 2, x: 1}", 1, true },
		{ "{x: 1}", "{y: 1}", 0, false },
		{ "[1..2]", "[1..2]", 1, true },
		{ "[1..2]", "[1..2)", 0, false },
		{ "[1..2]", "(1..2]", 0, false },
		{ "[1..2]", "[1..3]", 0, false },
		{ "[1..2]", "[0..2]", 0, false },
		{ "[1..2]", "[\"a\"..\"b\"]", -1, false },
		{ "[1..2]", "1", -1, false },
		{ "(< 5)", "(< 5)", 1, true },
		{ "(< 5)", "(<= 5)", 0, false },
		{ "(< 5)", "[null..5)", 0, false },
		{ "(> 5)", "(5..null]", 0, false },
		{ "{x: 1}", "{x: 1, y: 2}", 0, false },
		{ "{x: 1}", "{x: \"a\"}", -1, false },
		{ "@\"P1D\"", "@\"P1D\"", 1, true },
		{ "@\"P1D\"", "@\"P1Y\"", -1, false },
		{ "@\"10:00:00\"", "@\"10:00:00\"", 1, true },
		{ "@\"10:00:00\"", "@\"10:00:00Z\"", -1, false },
		{ "@\"2024-01-01T00:00:00\"", "@\"2024-01-01T00:00:00\"", 1,
			true },
	};
	struct kit kit;

	kit_init(&kit);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct feel_value a = kit_value(&kit, rows[i].a);
		struct feel_value b = kit_value(&kit, rows[i].b);

		cr_expect(feel_equal(&a, &b) == rows[i].equal, "%s = %s: %d",
			rows[i].a, rows[i].b, feel_equal(&a, &b));
		cr_expect(feel_equal(&b, &a) == rows[i].equal, "%s = %s",
			rows[i].b, rows[i].a);
		cr_expect(feel_same(&a, &b) == rows[i].same, "%s is %s",
			rows[i].a, rows[i].b);
	}
	kit_release(&kit);
}

/* Each row stands before all that follow. */
Test(value, total_order)
{
	static const char *const rows[] = { "null", "false", "true", "-1", "2",
		"10", "\"a\"", "\"ab\"", "\"b\"", "date(\"2024-01-01\")",
		"date(\"2024-01-02\")", "[]", "[1]", "[1, 2]", "[2]", "[0..9]",
		"[1..2)", "[1..2]", "(1..2)", "(1..2]", "[1..3]", "{}",
		"{x: 1}", "{x: 2}", "{y: 1}" };
	const size_t count = sizeof(rows) / sizeof(rows[0]);
	struct kit kit;

	kit_init(&kit);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < count; j++) {
			struct feel_value a = kit_value(&kit, rows[i]);
			struct feel_value b = kit_value(&kit, rows[j]);
			int got = feel_arrange(&a, &b);

			cr_expect((got < 0) == (i < j) && (got > 0) == (i > j),
				"%s and %s: %d", rows[i], rows[j], got);
		}
	kit_release(&kit);
}

Test(value, printing)
{
	static const char *const rows[][2] = {
		{ "1.50", "1.5" },
		{ "\"a\\\"b\\\\c\\n\"", "\"a\\\"b\\\\c\\n\"" },
		{ "[1, \"a\", null, true]", "[1, \"a\", null, true]" },
		{ "{x: 1, \"a b\": [2]}", "{x: 1, \"a b\": [2]}" },
		{ "[1..2)", "[1..2)" },
		{ "(< 5)", "(< 5)" },
		{ "(>= 5)", "(>= 5)" },
		{ "(<= 5)", "(<= 5)" },
		{ "\"a\\u0000b\"", "\"a\\u0000b\"" },
		{ "(> 5)", "(> 5)" },
		{ "[null..5]", "[null..5]" },
		{ "[5..null)", "[5..null)" },
		{ "{_a1Z: 1, \"1a\": 2, \"a-b\": 3, \"\": 4}",
			"{_a1Z: 1, \"1a\": 2, \"a-b\": 3, \"\": 4}" },
		{ "{Zz9: 1, \"a/\": 2, \"a:\": 3, \"[\": 4, \"a{\": 5}",
			"{Zz9: 1, \"a/\": 2, \"a:\": 3, \"[\": 4, \"a{\": 5}" },
		{ "date(\"2024-02-29\")", "date(\"2024-02-29\")" },
		{ "function(x) x", "function" },
	};
	struct kit kit;

	kit_init(&kit);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_str_eq(kit_run(&kit, rows[i][0]), rows[i][1], "%s",
			rows[i][0]);
	kit_release(&kit);
}

Test(value, a_copy_outlives_the_original)
{
	static const char *const rows[] = { "1.5", "\"text\"",
		"[1, [2, {x: \"y\", z: [1..5]}]]", "{a: {b: {c: 1}}}", "a",
		"[a, 1]", "{k: 2, f: function(x) x * k}", "b", "c", "[c..3]",
		"@\"10:00:00@Asia/Tokyo\"", "abs", "[]", "{}" };
	struct kit kit;
	struct arena other;

	kit_init(&kit);
	arena_init(&other);
	kit_interval(&kit, 0, "[1..5]", true);
	kit_choice(&kit, 1, "[{x: 1}, [2]]");
	kit_unknown(&kit, 2);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct feel_value value = kit_value(&kit, rows[i]);
		const char *before = kit_shape(&kit, &value);
		struct feel_value copy;

		cr_assert(feel_copy(&other, &value, &copy));
		cr_expect_str_eq(kit_shape(&kit, &copy), before);
		if (value.type == FEEL_LIST && value.size > 0)
			cr_expect(copy.u.items != value.u.items);
	}
	arena_release(&other);
	kit_release(&kit);
}

Test(value, joins)
{
	static const struct {
		const char *a;
		const char *b;
		const char *joined;
	} rows[] = {
		{ "1", "1.0", "1" },
		{ "1", "2", "{1|2} <h>" },
		{ "1", "null", "{1|null} <h>" },
		{ "\"x\"", "1", "{\"x\"|1} <h>" },
		{ "c", "1", "{1|2|3} <ch>" },
		{ "c", "4", "{1|2|3|4} <ch>" },
		{ "b", "20", "[0..20] <bh>" },
		{ "b", "c", "[0..10] <bch>" },
		{ "b", "\"x\"", "? <bh>" },
		{ "a", "1", "? <ah>" },
		{ "a", "a", "? <ah> =1*a+0" },
		{ "a + 1", "a + 1", "? <ah> =1*a+1" },
		{ "a + 1", "a", "? <ah>" },
		{ "{x: 1, y: 2}", "{y: 2, x: 3}", "{x: unknown, y: 2} <h>" },
		{ "{x: 1}", "{y: 1}", "{{x: 1}|{y: 1}} <h>" },
		{ "[1]", "[2]", "{[1]|[2]} <h>" },
		{ "[a]", "[2]", "? <ah>" },
	};
	struct kit kit;
	struct feel_set why = { { 0 } };

	kit_init(&kit);
	kit_unknown(&kit, 0);
	kit_interval(&kit, 1, "[0..10]", true);
	kit_choice(&kit, 2, "[1, 2, 3]");
	feel_set_add(&why, 7);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct feel_value a = kit_value(&kit, rows[i].a);
		struct feel_value b = kit_value(&kit, rows[i].b);
		struct feel_value out;

		cr_assert(feel_join(&kit.arena, &a, &b, &why, &out));
		cr_expect_str_eq(kit_shape(&kit, &out), rows[i].joined,
			"%s or %s: %s", rows[i].a, rows[i].b,
			kit_shape(&kit, &out));
	}
	kit_release(&kit);
}

Test(value, a_choice_holds_sixteen)
{
	struct kit kit;
	struct feel_value joined = feel_number(NUM_ONE);
	struct feel_set why = { { 0 } };

	kit_init(&kit);
	feel_set_add(&why, 0);
	for (int i = 2; i <= FEEL_CHOICES_MAX + 1; i++) {
		struct feel_value next = feel_number(num_from_int(i));

		cr_assert(feel_join(&kit.arena, &joined, &next, &why, &joined));
		if (i == FEEL_CHOICES_MAX)
			cr_expect(joined.u.unknown->shape == FEEL_CHOICE &&
				  joined.u.unknown->choice_count ==
					  FEEL_CHOICES_MAX);
	}
	cr_expect_str_eq(kit_shape(&kit, &joined), "[1..17] <a>");
	kit_release(&kit);
}

Test(value, open_and_reasons)
{
	static const struct {
		const char *source;
		bool open;
		const char *shape;
	} rows[] = { { "[1, [b]]", true, "[1, [unknown]] <b>" },
		{ "{x: {y: a}}", true, "{x: {y: unknown}} <a>" },
		{ "[1..b]", true, "? <b>" },
		{ "[1..c]", true, "[1..unknown] <c>" },
		{ "[1, {x: 2}]", false, "[1, {x: 2}]" },
		{ "[a, b]", true, "[unknown, unknown] <ab>" } };
	struct kit kit;

	kit_init(&kit);
	kit_unknown(&kit, 0);
	kit_unknown(&kit, 1);
	kit_interval(&kit, 2, "[2..5]", true);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct feel_value value = kit_value(&kit, rows[i].source);

		cr_expect(feel_is_open(&value) == rows[i].open, "%s",
			rows[i].source);
		cr_expect_str_eq(kit_shape(&kit, &value), rows[i].shape);
	}
	kit_release(&kit);
}

Test(value, sets)
{
	struct feel_set set = { { 0 } };
	struct feel_set other = { { 0 } };

	cr_expect(feel_set_empty(&set));
	feel_set_add(&set, 0);
	feel_set_add(&set, FEEL_SLOTS_MAX - 1);
	feel_set_add(&set, FEEL_SLOTS_MAX); /* past the end: not kept */
	feel_set_add(&other, 64);
	feel_set_join(&set, &other);
	cr_expect(feel_set_has(&set, 0) && feel_set_has(&set, 64));
	cr_expect(feel_set_has(&set, FEEL_SLOTS_MAX - 1));
	cr_expect(!feel_set_has(&set, FEEL_SLOTS_MAX));
	cr_expect(!feel_set_has(&set, 1));
	cr_expect(!feel_set_empty(&set));
}

/*
 * A list inside a list, deeper than a program can make: nothing overflows, and
 * nothing is said of it.
 */
Test(value, depth_is_bounded)
{
	enum { LEVELS = 100000 };
	static struct feel_value nest[LEVELS];
	struct feel_value copy, other = { 0 };
	struct kit kit;

	kit_init(&kit);
	for (int i = 0; i < LEVELS; i++) {
		nest[i].type = FEEL_LIST;
		nest[i].size = i > 0;
		nest[i].u.items = i > 0 ? &nest[i - 1] : NULL;
	}
	cr_assert(feel_copy(&kit.arena, &nest[FEEL_NESTED_MAX], &other));
	cr_expect(feel_equal(&nest[FEEL_NESTED_MAX], &other) == 1);
	cr_expect(!feel_copy(&kit.arena, &nest[LEVELS - 1], &copy));
	cr_expect(feel_equal(&nest[LEVELS - 1], &nest[LEVELS - 2]) == -1);
	cr_expect(strlen(kit_text(&kit, &nest[LEVELS - 1])) < 1000);
	kit_release(&kit);
}

/* A cell against a value, where that takes no more than a look: 1 and 0, or
   -1 when it takes more. */
Test(value, quick_matches)
{
	static const struct {
		const char *input;
		const char *test;
		int result;
	} rows[] = {
		{ "1", "1", 1 },
		{ "1", "2", 0 },
		{ "1", "\"a\"", -1 },
		{ "\"a\"", "\"a\"", 1 },
		{ "\"a\"", "\"b\"", 0 },
		{ "\"a\"", "\"ab\"", 0 },
		{ "true", "true", 1 },
		{ "true", "false", 0 },
		{ "null", "null", -1 },
		{ "[1]", "[1]", -1 },
		{ "1 / 3", "1 / 3", -1 },
		{ "1", "1 / 3", -1 },
		{ "1", "[1..2]", 1 },
		{ "1", "(1..2]", 0 },
		{ "2", "[1..2)", 0 },
		{ "2", "[1..2]", 1 },
		{ "0", "[1..2]", 0 },
		{ "3", "[1..2]", 0 },
		{ "1", "(< 5)", 1 },
		{ "6", "(< 5)", 0 },
		{ "6", "(> 5)", 1 },
		{ "1", "[null..5]", -1 },
		{ "1", "[0..null]", -1 },
		{ "1", "[\"a\"..\"b\"]", -1 },
		{ "1", "(< \"a\")", -1 },
		{ "1", "[1 / 3..2]", -1 },
		{ "1", "[0..4 / 3]", -1 },
	};
	struct kit kit;

	kit_init(&kit);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct feel_value input = kit_value(&kit, rows[i].input);
		struct feel_value test = kit_value(&kit, rows[i].test);

		cr_expect_eq(feel_quick_match(&input, &test), rows[i].result,
			"%s in %s: %d", rows[i].input, rows[i].test,
			feel_quick_match(&input, &test));
	}
	kit_release(&kit);
}

Test(value, functions_are_themselves)
{
	struct kit kit;
	struct feel_value one, other;

	kit_init(&kit);
	one = kit_value(&kit, "function(x) x");
	other = kit_value(&kit, "function(x) x");
	cr_expect_eq(feel_equal(&one, &one), 1);
	cr_expect(feel_same(&one, &one));
	cr_expect_eq(feel_equal(&one, &other), -1);
	cr_expect_not(feel_same(&one, &other));
	cr_expect_str_eq(feel_type_name(FEEL_FUNCTION), "function");
	cr_expect_str_eq(feel_type_name(FEEL_UNKNOWN), "unknown");
	cr_expect_str_eq(feel_type_name((enum feel_type)99), "unknown");
	kit_unknown(&kit, 0);
	one = kit_value(&kit, "a");
	cr_expect_eq(feel_equal(&one, &one), -1);
	cr_expect(feel_same(&one, &one));
	kit_release(&kit);
}

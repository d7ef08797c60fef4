/*
 * What is not known at the borders: half-open and endless intervals, dates,
 * choices of several types, and built-ins that see them. Slot a is unknown
 * without shape, b lies in [0..10], c is one of 1, 2, 3, d is "x" or "y", e is
 * below 5, f is true or false, g lies in (2..4), h in a year of dates.
 */
#include "feel/feel_run.h"

static void lose_end(struct kit *kit, unsigned slot, bool low)
{
	struct feel_unknown *open = arena_alloc(&kit->arena, sizeof(*open));
	const struct feel_value nothing = FEEL_NULL_VALUE;

	cr_assert_not_null(open);
	*open = *kit->slots[slot].u.unknown;
	if (low) {
		open->interval.low = nothing;
		open->interval.low_closed = false;
	} else {
		open->interval.high = nothing;
		open->interval.high_closed = false;
	}
	kit->slots[slot] = feel_unknown_value(open);
}

static void set_slots(struct kit *kit)
{
	kit_unknown(kit, 0);
	kit_interval(kit, 1, "[0..10]", true);
	kit_choice(kit, 2, "[1, 2, 3]");
	kit_choice(kit, 3, "[\"x\", \"y\"]");
	kit_interval(kit, 4, "[4..5)", true);
	lose_end(kit, 4, true);
	kit_choice(kit, 5, "[true, false]");
	kit_interval(kit, 6, "(2..4)", false);
	kit_interval(kit, 7, "[@\"2026-01-01\"..@\"2026-12-31\"]", true);
}

#define CHECK(rows) kit_rows(set_slots, rows, sizeof(rows) / sizeof((rows)[0]))

/* clang-format off */
Test(open, endless)
{
	static const char *const rows[][2] = {
		{ "e", "(< 5) <e> =1*e+0" },
		{ "e + 1", "(< 6) <e> =1*e+1" },
		{ "e - 1", "(< 4) <e> =1*e+-1" },
		{ "1 - e", "(> -4) <e> =-1*e+1" },
		{ "e + b", "(< 15) <be>" },
		{ "e * 2", "(< 10) <e> =2*e+0" },
		{ "e * -1", "(> -5) <e> =-1*e+0" },
		{ "e * b", "(< 50) <be>" },
		{ "e * g", "(< 20) <eg>" },
		{ "e * 0", "0" },
		{ "g / e", "? <eg>" },
		{ "e / g", "(< 2.5) <eg>" },
		{ "abs(e)", "(>= 0) <e>" },
		{ "abs(1 - e)", "(>= 0) <e>" },
		{ "floor(e)", "(<= 5) <e>" },
		{ "e < 5", "true" },
		{ "e > 5", "false" },
		{ "e = 5", "false" },
		{ "e < 4", "{false|true} <e>" },
		{ "e < e", "false" },
		{ "e <= e", "true" },
		{ "2 * e < e", "{false|true} <e>" },
		{ "2 * e = e", "{false|true} <e>" },
		{ "min(e, 7)", "(< 5) <e> =1*e+0" },
		{ "max(e, 7)", "7" },
		{ "max(e, b)", "[0..10] <be>" },
		{ "if f then e else 9", "(<= 9) <ef>" },
		{ "if f then e else 1 - e", "? <ef>" },
		{ "if f then 1 - e else b", "(> -4) <bef>" },
		{ "e > 2 * e", "{false|true} <e>" },
		{ "max(g - 2, b)", "[0..10] <bg>" },
		{ "max(b, g - 2)", "[0..10] <bg>" },
		{ "max(g, 6 - g)", "(2..4) <g>" },
		{ "e in [1..3]", "{false|true} <e>" },
		{ "e in (< 5)", "true" },
		{ "sqrt(e)", "? <e>" },
		{ "exp(e) < 149", "? <e>" },
		{ "e ** 2", "? <e>" },
		{ "2 ** e < 33", "true" },
		{ "log(e)", "? <e>" },
	};

	CHECK(rows);
}

Test(open, dates)
{
	static const char *const rows[][2] = {
		{ "h", "[date(\"2026-01-01\")..date(\"2026-12-31\")] <h> =1*h+0" },
		{ "h < @\"2027-01-01\"", "true" },
		{ "h > @\"2027-01-01\"", "false" },
		{ "h < @\"2026-06-01\"", "{false|true} <h>" },
		{ "h + 1", "? <h>" },
		{ "-h", "null" },
		{ "abs(h)", "null" },
		{ "floor(h)", "null" },
		{ "sqrt(h)", "? <h>" },
		{ "h * 2", "? <h>" },
		{ "min(h, 1)", "null" },
		{ "min(h, @\"2025-01-01\")", "date(\"2025-01-01\")" },
		{ "if f then h else @\"2025-01-01\"", "[date(\"2025-01-01\")..date(\"2026-12-31\")] <fh>" },
		{ "if f then h else 1", "? <fh>" },
		{ "[h..@\"2027-01-01\"]", "[unknown..date(\"2027-01-01\")] <h>" },
		{ "[@\"2025-01-01\"..h]", "[date(\"2025-01-01\")..unknown] <h>" },
		{ "h = 1", "null" },
		{ "h.year", "? <h>" },
		{ "h - @\"2025-01-01\"", "? <h>" },
		{ "@\"2027-01-01\" in [@\"2026-01-01\"..h]", "false" },
	};

	CHECK(rows);
}

Test(open, choices)
{
	static const char *const rows[][2] = {
		{ "-c", "{-1|-2|-3} <c>" },
		{ "-d", "null" },
		{ "not(c)", "null" },
		{ "not(d)", "null" },
		{ "abs(d)", "null" },
		{ "abs(c - 2)", "{1|0} <c>" },
		{ "floor(d)", "null" },
		{ "decimal(1.25, c)", "? <c>" },
		{ "decimal(g, c)", "? <cg>" },
		{ "decimal(1.25, a)", "? <a>" },
		{ "[1, 2, 3][c]", "? <c>" },
		{ "[[1], [2, 3], 4][c]", "? <c>" },
		{ "d.x", "null" },
		{ "(if f then {x: 1} else {x: 2}).x", "{1|2} <f>" },
		{ "(if f then {x: 1} else {x: 2, y: 1}).x", "{1|2} <f>" },
		{ "(if f then {x: 1} else {y: 2}).x", "{1|null} <f>" },
		{ "if f then [1] else [1, 2]", "{[1]|[1, 2]} <f>" },
		{ "if f then [1..2] else [1..3]", "{[1..2]|[1..3]} <f>" },
		{ "if f then {x: c} else {x: 4}", "{x: unknown} <cf>" },
		{ "if f then \"x\" else 1", "{\"x\"|1} <f>" },
		{ "(if f then \"x\" else 1) + 1", "{null|2} <f>" },
		{ "(if f then \"x\" else 1) > 0", "{null|true} <f>" },
		{ "(if f then @\"P1D\" else 1) * 2", "{@\"P2D\"|2} <f>" },
		{ "-(if f then @\"P1D\" else 1)", "{@\"-P1D\"|-1} <f>" },
		{ "c in [2..3]", "{false|true} <c>" },
		{ "c in (1, 9)", "{true|false} <c>" },
		{ "c in [[1], [2]]", "{true|false} <c>" },
		{ "1 in [c, 5]", "{true|false} <c>" },
		{ "1 in c", "{true|false} <c>" },
		{ "[c] = [c]", "{true|false} <c>" },
		{ "{x: c} = {x: 9}", "false" },
		{ "c instance of number", "true" },
		{ "c instance of string", "false" },
		{ "a instance of number", "{false|true} <a>" },
		{ "[c] instance of list<number>", "{false|true} <c>" },
		{ "for i in c return i", "? <c>" },
		{ "for i in 1..c return i", "? <c>" },
		{ "for i in c..3 return i", "? <c>" },
		{ "for i in 1..a return i", "? <a>" },
		{ "for i in 1.5..3 return i", "null" },
		{ "for i in 1..3.5 return i", "null" },
		{ "for i in @\"2026-01-02\"..@\"2026-01-01\" return i.day", "[2, 1]" },
		{ "count(for i in a return i)", "? <a>" },
		{ "some i in [c, 1] satisfies i > 2", "? <c>" },
		{ "every i in [c, 1] satisfies i > 0", "true" },
		{ "[1, 2, 3][item >= c]", "{[3]|[1, 3]|[2, 3]|[1, 2, 3]} <c>" },
		{ "[{x: 1}, {x: 3}][x >= c].x", "{[3]|[1, 3]} <c>" },
		{ "sort([c, 9], function(x, y) x < y)", "[unknown, 9] <c>" },
		{ "context put({}, d, 1)", "? <d>" },
		{ "context put({}, \"x\", c)", "{x: unknown} <c>" },
		{ "context put(a, \"x\", 1)", "? <a>" },
		{ "context([{key: d, value: 1}])", "? <d>" },
		{ "context([{key: \"k\", value: c}]).k", "{1|2|3} <c>" },
		{ "context([a])", "? <a>" },
		{ "context merge([a, {x: 1}])", "? <a>" },
		{ "context merge([{x: c}, {y: 1}]).x", "{1|2|3} <c>" },
		{ "get or else(a, 1)", "? <a>" },
		{ "get or else(b, 1)", "[0..10] <b> =1*b+0" },
		{ "get or else(c, 9)", "{1|2|3} <c>" },
		/* it may only be 3 or 4: wider than it could be, and so below */
		{ "get or else(if f then null else 3, 4)", "{null|3|4} <f>" },
		{ "get value({x: 1, y: 2}, d)", "{1|2} <d>" },
		{ "get entries({x: c})[1].value", "{1|2|3} <c>" },
		{ "insert before(a, 1, 2)", "? <a>" },
		{ "insert before([1, 2], c, 0)", "? <c>" },
		{ "insert before([1, 2], a, 0)", "? <a>" },
		{ "list replace([1, 2, 3], c, 0)", "{[0, 2, 3]|[1, 0, 3]|[1, 2, 0]} <c>" },
		{ "list replace([1, 2, 3], function(i, n) i = c, 0)", "? <c>" },
		{ "sum(a)", "? <a>" },
		{ "sum([a])", "? <a> =1*a+0" },
		{ "sum(c)", "{1|2|3} <c>" },
		{ "mean([b, c])", "[0.5..6.5] <bc>" },
		{ "median([c, 1])", "? <c>" },
		{ "mode([c, 1])", "? <c>" },
		{ "stddev([c, 1])", "? <c>" },
		{ "max([c, 9])", "9" },
		{ "string join([d, \"z\"])", "? <d>" },
		{ "matches(d, \"x\")", "{true|false} <d>" },
		{ "split(d, \"x\")", "{[\"\", \"\"]|[\"y\"]} <d>" },
		{ "union([c], [1])", "? <c>" },
		{ "date(d)", "null" },
		{ "number(d)", "null" },
		{ "(function(p: number) p)(c)", "{1|2|3} <c>" },
		{ "(function(p: number) p)(a)", "? <a> =1*a+0" },
		{ "(function(p: list<number>) p)(c)", "{[1]|[2]|[3]} <c>" },
		{ "(function(p: number) p)(if f then 1 else [2])", "{1|2} <f>" },
		{ "(function(p: number) p)(if f then 1 else null)",
			"{1|null} <f>" },
		{ "(function(p: number) 7)(if f then 1 else \"x\")", "? <f>" },
		{ "a(1)", "? <a>" },
		{ "a(x: 1)", "? <a>" },
		{ "(if f then abs else floor)(-1.5)", "? <f>" },
		{ "(function(x, y) x - y)(y: 1, x: 3)", "2" },
		{ "(function(x, y) x - y)(y: 1, y: 3)", "null" },
		{ "(function(x, y) x - y)(y: 1, z: 3)", "null" },
		{ "(function(x, y) x - y)(y: 1)", "null" },
		{ "[function(x) x, function(y) y + 1][2](n: 3)", "null" },
		{ "(1)(2)", "null" },
		{ "(1)(x: 2)", "null" },
		{ "[1..c]", "[1..unknown] <c>" },
		{ "[c..3].start", "{1|2|3} <c>" },
		{ "[1..3].end", "3" },
		{ "[1..3).start included", "true" },
		{ "[1..3).end included", "false" },
		{ "[1..3).middle", "null" },
		{ "[{x: 1}, 2].x", "[1, null]" },
	};

	CHECK(rows);
}

/* Ends that meet: closed when one of them is. Slot a lies in (0..10), b in
   [-10..0), e is one of the dates from 2026 on. */
Test(open, ends)
{
	static const char *const rows[][2] = {
		{ "if f then g + 6 else c + 7", "[8..10] <cfg>" },
		{ "if f then c + 7 else g + 6", "[8..10] <cfg>" },
		{ "if f then g else 6 - g", "(2..4) <fg>" },
		{ "if f then b else -a", "[-10..0) <abf>" },
		{ "if f then -a else b", "[-10..0) <abf>" },
		{ "2 * a = a", "false" },
		{ "2 * a > a", "true" },
		{ "2 * b = b", "false" },
		{ "2 * b < b", "true" },
		{ "a < 2 * a", "true" },
		{ "e > @\"2025-01-01\"", "true" },
		{ "e < @\"2025-01-01\"", "false" },
		{ "e < @\"2027-01-01\"", "{false|true} <e>" },
		{ "abs(if f then 1 else @\"P1D\")", "{1|@\"P1D\"} <f>" },
		{ "(if f then 1 else @\"2024-01-01\") < 5", "{true|null} <f>" },
		{ "min(a, e)", "null" },
		{ "max(a, b)", "(0..10) <a> =1*a+0" },
	};
	struct kit kit;

	kit_init(&kit);
	set_slots(&kit);
	kit_interval(&kit, 0, "(0..10)", true);
	kit_interval(&kit, 1, "[-10..0)", true);
	kit_interval(&kit, 4, "[@\"2026-01-01\"..@\"2026-12-31\"]", true);
	lose_end(&kit, 4, false);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct feel_value value = kit_value(&kit, rows[i][0]);
		const char *got = kit_shape(&kit, &value);

		cr_expect_str_eq(got, rows[i][1], "%s\n  gives %s\n  not   %s",
			rows[i][0], got, rows[i][1]);
	}
	kit_release(&kit);
}
/* clang-format on */

/*
 * Relations of ranges and points (DMN, 10.3.4.9), and range(), which reads a
 * range from text. A point is the closed range of itself; an end that is not
 * there lies beyond every value.
 */
#include "feel/builtin_bodies.h"

/* Where one end lies against another: -1, 0 or 1; false: no order. */
struct side {
	const struct feel_value *value;
	bool endless;
	bool closed;
};

struct extent {
	struct side low;
	struct side high;
	bool point;
};

static bool extent_of(const struct feel_value *value, struct extent *out)
{
	const struct feel_range *range = value->u.range;

	out->point = value->type != FEEL_RANGE;
	if (out->point) {
		out->low = (struct side){ value, false, true };
		out->high = out->low;
		return value->type != FEEL_NULL;
	}
	if (range->low_null || range->high_null)
		return false;
	out->low = (struct side){ &range->low, range->low.type == FEEL_NULL,
		range->low_closed };
	out->high = (struct side){ &range->high, range->high.type == FEEL_NULL,
		range->high_closed };
	return true;
}

/* Two relations at work and what they may not compare. */
struct relating {
	struct extent a;
	struct extent b;
	bool broken;
};

/* `high`: the end lies at the upper side of its range. */
static int compare(struct relating *relating, const struct side *a, bool a_high,
	const struct side *b, bool b_high)
{
	int order = 0;

	if (a->endless || b->endless) {
		int left = a->endless ? (a_high ? 1 : -1) : 0;
		int right = b->endless ? (b_high ? 1 : -1) : 0;

		return left - right;
	}
	if (!feel_order(a->value, b->value, &order))
		relating->broken = true;
	return order;
}

static int low_low(struct relating *r)
{
	return compare(r, &r->a.low, false, &r->b.low, false);
}

static int high_high(struct relating *r)
{
	return compare(r, &r->a.high, true, &r->b.high, true);
}

static int high_low(struct relating *r)
{
	return compare(r, &r->a.high, true, &r->b.low, false);
}

static int low_high(struct relating *r)
{
	return compare(r, &r->a.low, false, &r->b.high, true);
}

static bool is_before(struct relating *r)
{
	int order = high_low(r);

	return order < 0 ||
	       (order == 0 && !(r->a.high.closed && r->b.low.closed));
}

static bool is_meeting(struct relating *r)
{
	return high_low(r) == 0 && r->a.high.closed && r->b.low.closed;
}

static bool ends_after_begin(struct relating *r)
{
	int order = high_low(r);

	return order > 0 || (order == 0 && r->a.high.closed && r->b.low.closed);
}

static bool begins_before_end(struct relating *r)
{
	int order = low_high(r);

	return order < 0 || (order == 0 && r->a.low.closed && r->b.high.closed);
}

static bool is_overlapping(struct relating *r)
{
	return ends_after_begin(r) && begins_before_end(r);
}

static bool is_overlapping_before(struct relating *r)
{
	int low = low_low(r);
	int high = high_high(r);

	return (low < 0 || (low == 0 && r->a.low.closed && !r->b.low.closed)) &&
	       ends_after_begin(r) &&
	       (high < 0 ||
		       (high == 0 && (!r->a.high.closed || r->b.high.closed)));
}

static bool is_finishing(struct relating *r)
{
	int low = low_low(r);

	return r->a.high.closed == r->b.high.closed && high_high(r) == 0 &&
	       (low > 0 || (low == 0 && (!r->a.low.closed || r->b.low.closed)));
}

static bool is_starting(struct relating *r)
{
	int high = high_high(r);

	return r->a.low.closed == r->b.low.closed && low_low(r) == 0 &&
	       (high < 0 ||
		       (high == 0 && (!r->a.high.closed || r->b.high.closed)));
}

static bool is_including(struct relating *r)
{
	int low = low_low(r);
	int high = high_high(r);

	return (low < 0 ||
		       (low == 0 && (r->a.low.closed || !r->b.low.closed))) &&
	       (high > 0 ||
		       (high == 0 && (r->a.high.closed || !r->b.high.closed)));
}

static bool is_coinciding(struct relating *r)
{
	return low_low(r) == 0 && high_high(r) == 0 &&
	       r->a.low.closed == r->b.low.closed &&
	       r->a.high.closed == r->b.high.closed;
}

/* Which of the two sides may be a point. */
enum { POINT_LEFT = 1, POINT_RIGHT = 2, POINT_BOTH = 4 };

static const struct {
	bool (*holds)(struct relating *relating);
	bool swapped;
	int points; /* of the arguments as they are given */
} relations[] = {
	[FEEL_R_BEFORE] = { is_before, false, 7 },
	[FEEL_R_AFTER] = { is_before, true, 7 },
	[FEEL_R_MEETS] = { is_meeting, false, 0 },
	[FEEL_R_MET_BY] = { is_meeting, true, 0 },
	[FEEL_R_OVERLAPS] = { is_overlapping, false, 0 },
	[FEEL_R_OVERLAPS_BEFORE] = { is_overlapping_before, false, 0 },
	[FEEL_R_OVERLAPS_AFTER] = { is_overlapping_before, true, 0 },
	[FEEL_R_FINISHES] = { is_finishing, false, POINT_LEFT },
	[FEEL_R_FINISHED_BY] = { is_finishing, true, POINT_RIGHT },
	[FEEL_R_INCLUDES] = { is_including, false, POINT_RIGHT },
	[FEEL_R_DURING] = { is_including, true, POINT_LEFT },
	[FEEL_R_STARTS] = { is_starting, false, POINT_LEFT },
	[FEEL_R_STARTED_BY] = { is_starting, true, POINT_RIGHT },
	[FEEL_R_COINCIDES] = { is_coinciding, false, POINT_BOTH },
};

void feel_b_relation(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	bool swapped = relations[builtin->detail].swapped;
	int points = relations[builtin->detail].points;
	struct relating relating = { .broken = false };
	int given;
	bool holds;

	(void)env;
	(void)count;
	if (!extent_of(&args[swapped], &relating.a) ||
		!extent_of(&args[!swapped], &relating.b))
		return;
	given = (args[0].type != FEEL_RANGE ? POINT_LEFT : 0) |
		(args[1].type != FEEL_RANGE ? POINT_RIGHT : 0);
	if (given == (POINT_LEFT | POINT_RIGHT))
		given = POINT_BOTH;
	if (given != 0 && (points & given) == 0)
		return;
	holds = relations[builtin->detail].holds(&relating);
	if (!relating.broken)
		*out = feel_boolean(holds);
}

/* A literal end: a value, or date("..."), duration("...") and the like. */
static bool end_of(struct feel_env *env, const struct feel_node *node,
	struct feel_value *out)
{
	static const char *const makers[] = { "date", "time", "date and time",
		"duration", "@" };
	const struct feel_value null = FEEL_NULL_VALUE;

	*out = null;
	if (node->kind == FEEL_NODE_LITERAL) {
		*out = node->value;
		return true;
	}
	if (node->kind != FEEL_NODE_CALL || node->count != 2 ||
		node->kids[0]->kind != FEEL_NODE_NAME ||
		node->kids[1]->kind != FEEL_NODE_LITERAL)
		return false;
	for (size_t i = 0; i < sizeof(makers) / sizeof(makers[0]); i++) {
		int index = feel_builtin_find(node->kids[0]->name);

		if (index < 0 || !text_is(node->kids[0]->name, makers[i]))
			continue;
		feel_builtin_call(env, feel_builtin_at((uint32_t)index),
			&node->kids[1]->value, 1, out);
		return out->type != FEEL_NULL;
	}
	return false;
}

void feel_b_range(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	const struct feel_node *node = NULL;
	struct feel_value ends[2];
	shk_diag diag = { 0 };
	enum shk_code code;
	int order;

	(void)builtin;
	(void)count;
	if (args[0].type != FEEL_STRING)
		return;
	code = feel_parse(env->arena,
		(struct text){ args[0].u.string, args[0].size },
		(struct feel_place){ "", 1, 1 }, NULL, &node, &diag);
	if (code == SHK_E_MEMORY)
		feel_fail(env, code, NULL);
	if (code != SHK_OK || node->kind != FEEL_NODE_RANGE || !node->kids[0] ||
		!node->kids[1] || !end_of(env, node->kids[0], &ends[0]) ||
		!end_of(env, node->kids[1], &ends[1]))
		return;
	if (ends[0].type != FEEL_NULL && ends[1].type != FEEL_NULL &&
		(!feel_order(&ends[0], &ends[1], &order) || order > 0))
		return;
	feel_make_range(env,
		(node->low_closed ? FEEL_RANGE_LOW : 0) |
			(node->high_closed ? FEEL_RANGE_HIGH : 0),
		ends, out);
}

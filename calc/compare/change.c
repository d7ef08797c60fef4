/*
 * From two lines to the parts that differ. An output that one side does not
 * have is absent there; numbers have an exact difference. Everything is text
 * of the snapshots: nothing is computed here but that difference.
 */
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "compare/approved.h"
#include "compare/change.h"
#include "num/num.h"

/* Parts beside the outputs: status, reason, missing, outcomes, evidence. */
#define CHANGE_OTHERS 5

struct change_work {
	struct arena *arena;
	struct shk_change *change;
	struct shk_change_part *parts;
	size_t count;
	bool failed;
};

bool change_same(const struct shk_snapshot_line *before,
	const struct shk_snapshot_line *after, bool evidence)
{
	static const int columns[] = { SHK_COLUMN_STATUS, SHK_COLUMN_REASON,
		SHK_COLUMN_VALUES, SHK_COLUMN_MISSING, SHK_COLUMN_OUTCOMES };

	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		if (strcmp(before->cells[columns[i]],
			    after->cells[columns[i]]) != 0)
			return false;
	return !evidence || strcmp(before->cells[SHK_COLUMN_EVIDENCE],
				    after->cells[SHK_COLUMN_EVIDENCE]) == 0;
}

/* `after` - `before` when both are numbers and it fits exactly; else "". */
static const char *change_difference(
	struct arena *arena, const char *before, const char *after)
{
	char text[NUM_TEXT_MAX];
	unsigned status = 0;
	num left, right, result;

	if (num_parse(before, strlen(before), false, &left) != NUM_PARSED ||
		num_parse(after, strlen(after), false, &right) != NUM_PARSED)
		return "";
	result = num_subtract(right, left, &status);
	if (status || num_format(result, text, sizeof(text)) == 0)
		return "";
	return arena_text(arena, text, strlen(text));
}

static const char *or_absent(const char *text)
{
	return text && *text ? text : SHK_ABSENT;
}

/* One part, if the sides differ. An empty text is absent. */
static void part_add(struct change_work *work, const char *name,
	const char *before, const char *after)
{
	struct shk_change_part *part = &work->parts[work->count];
	struct buffer line;

	before = or_absent(before);
	after = or_absent(after);
	if (strcmp(before, after) == 0)
		return;
	part->name = name;
	part->before = before;
	part->after = after;
	part->difference = change_difference(work->arena, before, after);
	buffer_init(&line);
	approved_line(&line, work->change->id, work->change->decision, part);
	part->line = line.failed
			     ? NULL
			     : arena_text(work->arena, line.data, line.size);
	buffer_release(&line);
	work->failed = work->failed || !part->difference || !part->line;
	work->count++;
}

static const char *cell_of(const struct shk_snapshot_line *line, int column)
{
	return line ? line->cells[column] : "";
}

static void parts_outputs(struct change_work *work, const struct pairs *before,
	const struct pairs *after)
{
	for (size_t i = 0; i < before->count; i++)
		part_add(work, before->items[i].name, before->items[i].value,
			pairs_find(after, before->items[i].name));
	for (size_t i = 0; i < after->count; i++)
		if (!pairs_find(before, after->items[i].name))
			part_add(work, after->items[i].name, NULL,
				after->items[i].value);
}

static void part_column(
	struct change_work *work, const char *name, enum shk_column column)
{
	part_add(work, name, cell_of(work->change->before, column),
		cell_of(work->change->after, column));
}

/*
 * What is missing follows from the status where that changed, and the outcomes
 * stand in the lead output; each is a part of its own only without that.
 */
static bool change_parts(struct change_work *work, bool evidence)
{
	struct shk_change *change = work->change;
	struct pairs before, after;
	size_t outputs;

	if (!pairs_split(work->arena,
		    cell_of(change->before, SHK_COLUMN_VALUES), false,
		    &before) ||
		!pairs_split(work->arena,
			cell_of(change->after, SHK_COLUMN_VALUES), false,
			&after))
		return false;
	work->parts = arena_zeroed(work->arena,
		before.count + after.count + CHANGE_OTHERS,
		sizeof(*work->parts));
	if (!work->parts)
		return false;
	part_column(work, "status", SHK_COLUMN_STATUS);
	part_column(work, "reason", SHK_COLUMN_REASON);
	outputs = work->count;
	parts_outputs(work, &before, &after);
	if (work->count == outputs)
		part_column(work, "outcomes", SHK_COLUMN_OUTCOMES);
	if (change->kind == SHK_CHANGED &&
		strcmp(change->before->cells[SHK_COLUMN_STATUS],
			change->after->cells[SHK_COLUMN_STATUS]) == 0)
		part_column(work, "missing", SHK_COLUMN_MISSING);
	if (evidence && change->kind == SHK_CHANGED)
		part_column(work, "evidence", SHK_COLUMN_EVIDENCE);
	change->parts = work->parts;
	change->part_count = work->count;
	return !work->failed;
}

/* Pieces of `cell` between `|` that `other` does not have. */
static bool citations_only(struct arena *arena, const char *cell,
	const char *other, const char *const **out, size_t *count)
{
	size_t pieces = 1;
	const char **list;

	for (const char *at = cell; *at; at++)
		pieces += *at == '|';
	list = arena_zeroed(arena, pieces, sizeof(*list));
	*out = list;
	*count = 0;
	if (!list)
		return false;
	while (*cell) {
		struct text piece = { cell, strcspn(cell, "|") };
		const char *at = other;
		bool there = false;

		while (*at && !there) {
			struct text mine = { at, strcspn(at, "|") };

			there = text_equal(piece, mine);
			at += mine.size + (at[mine.size] == '|');
		}
		if (!there && piece.size) {
			list[*count] =
				arena_text(arena, piece.data, piece.size);
			if (!list[(*count)++])
				return false;
		}
		cell += piece.size + (cell[piece.size] == '|');
	}
	return true;
}

static bool change_citations(struct arena *arena, struct shk_change *change)
{
	const char *before = cell_of(change->before, SHK_COLUMN_CITATIONS);
	const char *after = cell_of(change->after, SHK_COLUMN_CITATIONS);

	return citations_only(arena, before, after, &change->left,
		       &change->left_count) &&
	       citations_only(arena, after, before, &change->right,
		       &change->right_count);
}

static void cause_set(struct shk_cause *cause, enum shk_cause_kind kind,
	const char *name, const char *before, const char *after)
{
	*cause = (struct shk_cause){ .kind = kind,
		.name = name,
		.before = before ? before : SHK_ABSENT,
		.after = after ? after : SHK_ABSENT,
		.effect = SHK_EFFECT_UNTESTED };
}

/* Facts of both sides, merged by name. */
static size_t causes_facts(struct shk_cause *causes, const struct pairs *before,
	const struct pairs *after)
{
	size_t count = 0;

	for (size_t i = 0, k = 0; i < before->count || k < after->count;) {
		int order = i == before->count	? 1
			    : k == after->count ? -1
						: strcmp(before->items[i].name,
							  after->items[k].name);
		struct pair left = { 0 };
		struct pair right = { 0 };

		if (order <= 0)
			left = before->items[i++];
		if (order >= 0)
			right = after->items[k++];
		if (order != 0 || strcmp(left.value, right.value) != 0)
			cause_set(&causes[count++], SHK_CAUSE_FACT,
				order > 0 ? right.name : left.name, left.value,
				right.value);
	}
	return count;
}

/* Revision, else rulebook, else day: they are one cause, named once. */
static size_t cause_rules(struct shk_cause *cause,
	const struct header_causes *headers, const struct shk_change *change)
{
	const char *const *before = change->before->cells;
	const char *const *after = change->after->cells;

	if (strcmp(before[SHK_COLUMN_REVISION], after[SHK_COLUMN_REVISION]) !=
		0)
		cause_set(cause, SHK_CAUSE_RULES, "revision",
			or_absent(before[SHK_COLUMN_REVISION]),
			or_absent(after[SHK_COLUMN_REVISION]));
	else if (headers->rulebook)
		cause_set(cause, SHK_CAUSE_RULES, "rulebook", headers->hash[0],
			headers->hash[1]);
	else if (strcmp(before[SHK_COLUMN_AS_OF], after[SHK_COLUMN_AS_OF]) != 0)
		cause_set(cause, SHK_CAUSE_RULES, "as_of",
			or_absent(before[SHK_COLUMN_AS_OF]),
			or_absent(after[SHK_COLUMN_AS_OF]));
	else
		return 0;
	return 1;
}

static bool change_causes(struct arena *arena,
	const struct header_causes *headers, struct shk_change *change)
{
	struct pairs before, after;
	struct shk_cause *causes;

	if (change->kind != SHK_CHANGED)
		return true;
	if (!pairs_split(arena, change->before->cells[SHK_COLUMN_FACTS], true,
		    &before) ||
		!pairs_split(arena, change->after->cells[SHK_COLUMN_FACTS],
			true, &after))
		return false;
	pairs_sort(&before);
	pairs_sort(&after);
	causes = arena_zeroed(arena,
		before.count + after.count + headers->count + 1,
		sizeof(*causes));
	if (!causes)
		return false;
	change->causes = causes;
	change->cause_count = causes_facts(causes, &before, &after);
	change->cause_count +=
		cause_rules(&causes[change->cause_count], headers, change);
	for (size_t i = 0; i < headers->count; i++)
		if (headers->items[i].kind != SHK_CAUSE_RULES)
			causes[change->cause_count++] = headers->items[i];
	return true;
}

bool change_fill(struct arena *arena, const struct header_causes *headers,
	bool evidence, struct shk_change *change)
{
	struct change_work work = { .arena = arena, .change = change };

	return change_parts(&work, evidence) &&
	       change_citations(arena, change) &&
	       change_causes(arena, headers, change);
}

static bool header_texts(struct arena *arena, struct header_causes *causes,
	enum shk_cause_kind kind, const char *name, const char *before,
	const char *after)
{
	char *left = arena_text(arena, before, strlen(before));
	char *right = arena_text(arena, after, strlen(after));

	if (strcmp(before, after) == 0)
		return true;
	cause_set(&causes->items[causes->count++], kind, name,
		left ? or_absent(left) : NULL, right ? or_absent(right) : NULL);
	return left && right;
}

/* Parameters whose values differ; a policy that is no canonical JSON counts
   as one parameter. */
static bool header_policy(struct arena *arena,
	const struct shk_snapshot_header *before,
	const struct shk_snapshot_header *after, struct header_causes *causes)
{
	bool good[2];
	size_t first = causes->count;

	if (!pairs_of_policy(
		    arena, before->policy, &causes->policy[0], &good[0]) ||
		!pairs_of_policy(
			arena, after->policy, &causes->policy[1], &good[1]))
		return false;
	causes->opaque = !good[0] || !good[1];
	if (causes->opaque)
		return header_texts(arena, causes, SHK_CAUSE_PARAMETER,
			"policy", before->policy, after->policy);
	causes->count += causes_facts(
		&causes->items[first], &causes->policy[0], &causes->policy[1]);
	for (size_t i = first; i < causes->count; i++)
		causes->items[i].kind = SHK_CAUSE_PARAMETER;
	return true;
}

bool header_causes_make(struct arena *arena,
	const struct shk_snapshot_header *before,
	const struct shk_snapshot_header *after, struct header_causes *causes)
{
	size_t most = (strlen(before->policy) + strlen(after->policy)) / 4 + 8;

	*causes = (struct header_causes){
		.hash = { before->rulebook, after->rulebook },
		.rulebook = strcmp(before->rulebook, after->rulebook) != 0,
	};
	causes->items = arena_zeroed(arena, most, sizeof(*causes->items));
	return causes->items &&
	       header_texts(arena, causes, SHK_CAUSE_RULES, "revision",
		       before->revision, after->revision) &&
	       header_texts(arena, causes, SHK_CAUSE_RULES, "as_of",
		       before->as_of, after->as_of) &&
	       header_texts(arena, causes, SHK_CAUSE_RULES, "rulebook",
		       before->rulebook, after->rulebook) &&
	       header_texts(arena, causes, SHK_CAUSE_RULES, "decisions",
		       before->decisions, after->decisions) &&
	       header_policy(arena, before, after, causes) &&
	       header_texts(arena, causes, SHK_CAUSE_EVIDENCE, "min_evidence",
		       before->min_evidence, after->min_evidence) &&
	       header_texts(arena, causes, SHK_CAUSE_ENGINE, "engine",
		       before->engine, after->engine);
}

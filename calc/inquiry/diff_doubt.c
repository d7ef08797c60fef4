/*
 * What stands against a proof. That a UNIQUE table has neither gaps nor rows
 * that overlap is not taken on trust: the check of the law's tables is run over
 * both revisions, once a comparison, and what it finds, or cannot decide, is a
 * doubt of each decision that reaches the table.
 */
#include "inquiry/diff_doubt.h"

#include <shokan/check.h>
#include <string.h>

#include "base/buffer.h"

static const char *doubt_text(
	struct diff_world *world, const char *format, struct text name)
{
	struct buffer text;
	const char *kept;

	buffer_init(&text);
	for (const char *p = format; *p; p++)
		if (*p == '%')
			buffer_add(&text, name.data, name.size);
		else
			buffer_byte(&text, *p);
	kept = text.failed ? NULL
			   : arena_text(&world->arena, text.data, text.size);
	buffer_release(&text);
	return kept;
}

enum shk_code diff_doubt_add(struct diff_world *world,
	struct diff_doubts *doubts, enum diff_doubt doubt, struct text name)
{
	/* of each two, the name stands for % */
	static const char *const words[][2] = {
		[DIFF_DOUBT_CELLS] = { "%: more cells, or deeper ones, than "
				       "are looked at",
			"%：調べる上限より多い、または深い区画がある" },
		[DIFF_DOUBT_GIVEN] = { "a value that is given for % is checked "
				       "by other rules",
			"% に与えられた値を別の規則が検査する" },
		[DIFF_DOUBT_NONE] = { "% may be known to be absent, which its "
				      "readers were not tried with",
			"% "
			"は「ない」と分かることがあり、その場合を試していな"
			"い" },
		[DIFF_DOUBT_DAYS] = { "% has several values inside of one "
				      "revision",
			"% は一つの改定の中で複数の値をとる" },
		[DIFF_DOUBT_VALUE] = { "% has no value for a random product",
			"% が値を持たない無作為の製品がある" },
		[DIFF_DOUBT_GAP] = { "the table of % has values that no row "
				     "takes; see shokan rules check",
			"% の表にどの行にも当たらない値がある（shokan rules "
			"check を参照）" },
		[DIFF_DOUBT_OVERLAP] = { "the table of % has rows that "
					 "overlap; see shokan rules check",
			"% の表に重なる行がある（shokan rules check "
			"を参照）" },
		[DIFF_DOUBT_UNCHECKED] = { "the table of % could not be "
					   "checked for gaps and overlaps; see "
					   "shokan rules check",
			"% の表の隙間と重なりを確かめられない（shokan rules "
			"check を参照）" },
	};
	enum shk_code code = diff_list_add(
		world, &doubts->en, doubt_text(world, words[doubt][0], name));

	return code ? code
		    : diff_list_add(world, &doubts->ja,
			      doubt_text(world, words[doubt][1], name));
}

struct tables_check {
	struct diff_world *world;
	int side;
};

/* Keeps what stands against the proof with the pair of the table. */
static bool table_keep(void *context, const shk_table_check *table)
{
	const struct tables_check *check = context;
	const struct diff_desk *desk = &check->world->desks[check->side];
	int slot =
		dmn_slot_find(desk->revision->graph, text_of(table->decision));

	if (slot < 0 || strcmp(table->policy, "UNIQUE") != 0)
		return true;
	for (size_t i = 0; i < table->finding_count; i++)
		check->world->pairs[desk->pairs[slot]].faults[check->side] |=
			1u << table->findings[i].fault;
	return true;
}

static enum shk_code tables_check(struct diff_world *world)
{
	enum shk_code code = SHK_OK;

	for (int side = 0; side < 2 && !code && !world->tables_checked;
		side++) {
		struct tables_check check = { world, side };
		const shk_check_options options = {
			.revision = world->desks[side].revision->id
		};

		code = shk_rulebook_check(
			world->book, &options, table_keep, &check, world->diag);
	}
	world->tables_checked = !code;
	return code;
}

/* `words [r2]` */
static enum shk_code table_doubt(struct diff_world *world,
	struct diff_doubts *doubts, enum diff_doubt doubt, uint32_t pair,
	int side)
{
	struct text name = diff_slot(world, pair)->name;
	struct buffer text;
	enum shk_code code;

	buffer_init(&text);
	buffer_format(&text, "%.*s [%s]", (int)name.size, name.data,
		world->desks[side].revision->id);
	if (text.failed)
		code = diag_memory(world->diag);
	else
		code = diff_doubt_add(world, doubts, doubt,
			(struct text){ text.data, text.size });
	buffer_release(&text);
	return code;
}

enum shk_code diff_doubt_tables(struct diff_world *world,
	const uint8_t *reached, struct diff_doubts *doubts)
{
	static const struct {
		enum shk_table_fault fault;
		enum diff_doubt doubt;
	} faults[] = { { SHK_TABLE_GAP, DIFF_DOUBT_GAP },
		{ SHK_TABLE_OVERLAP, DIFF_DOUBT_OVERLAP },
		{ SHK_TABLE_UNCHECKED, DIFF_DOUBT_UNCHECKED } };
	const size_t count = sizeof(faults) / sizeof(*faults);
	enum shk_code code = tables_check(world);

	for (uint32_t i = 0; i < world->pair_count && !code; i++)
		for (size_t k = 0; k < 2 * count && reached[i] && !code; k++)
			if (world->pairs[i].faults[k / count] >>
					faults[k % count].fault &
				1)
				code = table_doubt(world, doubts,
					faults[k % count].doubt, i,
					(int)(k / count));
	return code;
}

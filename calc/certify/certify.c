/*
 * From a certificate to a verdict: its tables must be those of the models of
 * the revisions that it names, all of them and in their order, and each must
 * be true.
 */
#include "certify/certify.h"

#include <stdio.h>
#include <string.h>

void verdict_init(struct verdict *verdict)
{
	memset(verdict, 0, sizeof(*verdict));
	buffer_init(&verdict->findings);
}

void verdict_release(struct verdict *verdict)
{
	buffer_release(&verdict->findings);
}

bool verdict_refuse(struct verdict *verdict, long line, const char *format, ...)
{
	va_list arguments;

	if (verdict->why[0])
		return false;
	verdict->line = line;
	va_start(arguments, format);
	claims_say(verdict->why, format, arguments);
	va_end(arguments);
	return false;
}

static bool refuse_claims(struct verdict *verdict, const struct claims *claims)
{
	return verdict_refuse(verdict, claims->number, "%s", claims->why);
}

/* Its revisions are some of the book's, in the book's order. */
static bool check_revisions(const struct models *models,
	const struct claims *claims, struct verdict *verdict)
{
	size_t at = 0;

	for (size_t i = 0; i < claims->revision_count; i++, at++) {
		while (at < models->revision_count &&
			!text_is(claims->revisions[i], models->revisions[at]))
			at++;
		if (at == models->revision_count)
			return verdict_refuse(verdict, 2,
				"revision %.*s is none of the rules, or out of "
				"order",
				(int)claims->revisions[i].size,
				claims->revisions[i].data);
	}
	return true;
}

static bool is_wanted(
	const struct claims *claims, const struct models_table *table)
{
	for (size_t i = 0; i < claims->revision_count; i++)
		if (text_is(claims->revisions[i], table->revision))
			return true;
	return false;
}

/* Is it the table that comes now? */
static bool check_place(const struct models_table *table,
	const struct claim_table *claim, struct verdict *verdict)
{
	if (!text_is(claim->revision, table->revision) ||
		!text_is(claim->id, table->id[0] ? table->id : "-") ||
		!text_is(claim->file, table->file))
		return verdict_refuse(verdict, claim->at,
			"expected table %s %s %s here", table->revision,
			table->id, table->file);
	if (claim->line != table->line)
		return verdict_refuse(verdict, claim->at + 1,
			"the table stands at line %ld of its file",
			table->line);
	return true;
}

static bool check_table(struct arena *arena, const struct models_table *table,
	const struct claim_table *claim, struct verdict *verdict)
{
	if (!check_place(table, claim, verdict))
		return false;
	if (claim->left_out && !table->unread[0])
		return verdict_refuse(verdict, claim->at,
			"%s is left out, and could have been certified",
			table->id);
	if (claim->left_out) {
		verdict->left_out++;
		buffer_format(&verdict->findings,
			"%s:%ld: %s: not certified: %s\n", table->file,
			table->line, table->id, table->unread);
		return true;
	}
	if (table->unread[0])
		return verdict_refuse(verdict, claim->at,
			"%s cannot be read here: %s", table->id, table->unread);
	verdict->tables++;
	verdict->cells += claim->cell_count;
	return prove_table(arena, table, claim, verdict);
}

static bool check_tables(const struct models *models, struct claims *claims,
	struct verdict *verdict)
{
	bool good = true;

	for (size_t i = 0; i < models->table_count && good; i++) {
		const struct models_table *table = &models->tables[i];
		struct arena_mark mark = arena_mark(claims->arena);
		struct claim_table claim;

		if (!is_wanted(claims, table))
			continue;
		if (!claims_more(claims))
			return verdict_refuse(verdict, claims->number + 1,
				"table %s %s %s is missing", table->revision,
				table->id, table->file);
		good = claims_next(claims, &claim)
			       ? check_table(
					 claims->arena, table, &claim, verdict)
			       : refuse_claims(verdict, claims);
		arena_rewind(claims->arena, mark);
	}
	if (good && claims_more(claims))
		good = verdict_refuse(verdict, claims->number + 2,
			"a table that the models do not have");
	return good;
}

void certify(
	const struct models *models, struct text bytes, struct verdict *verdict)
{
	struct claims claims;
	struct arena arena;

	arena_init(&arena);
	if (!claims_open(&claims, &arena, bytes))
		refuse_claims(verdict, &claims);
	else if (check_revisions(models, &claims, verdict) &&
		 check_tables(models, &claims, verdict) &&
		 !claims_close(&claims))
		refuse_claims(verdict, &claims);
	if (verdict->findings.failed)
		verdict_refuse(verdict, 0, "memory ran out");
	verdict->accepted = !verdict->why[0];
	arena_release(&arena);
}

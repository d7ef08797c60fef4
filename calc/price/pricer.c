/*
 * A pricer: which revision, which decisions, and then record by record.
 */
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/memory.h"
#include "price/recall.h"

/* The decision that a field stands in place of, or the field itself. */
static const char *slot_name(const shk_rulebook *book, const char *field)
{
	for (size_t i = 0; i < book->given_count; i++)
		if (strcmp(book->givens[i].field, field) == 0)
			return book->givens[i].of;
	return field;
}

static enum shk_code desk_slots(struct shk_pricer *pricer, struct desk *desk)
{
	const struct record_schema *schema = pricer->schema;
	const struct rulebook_revision *revision = desk->revision;
	bool *integers = arena_zeroed(&pricer->arena,
		revision->graph->slot_count + 1, sizeof(*integers));

	desk->field_slots = arena_zeroed(&pricer->arena,
		schema->field_count + 1, sizeof(*desk->field_slots));
	if (!desk->field_slots || !integers)
		return SHK_E_MEMORY;
	desk->explorer.integers = integers;
	for (size_t i = 0; i < schema->field_count; i++) {
		int slot = dmn_slot_find(
			revision->graph, text_of(slot_name(pricer->book,
						 schema->fields[i].name)));

		desk->field_slots[i] = RULEBOOK_NONE;
		if (slot < 0 || (revision->slots[slot].role != RULEBOOK_FACT &&
					!revision->slots[slot].given))
			continue;
		desk->field_slots[i] = (uint32_t)slot;
		integers[slot] = schema->fields[i].type == RECORD_INT;
	}
	return SHK_OK;
}

/* The domain over which an unset parameter is open. */
static void parameter_domain(const struct rulebook_parameter *parameter,
	struct feel_value *choices, struct dmn_domain *domain)
{
	*domain = parameter->domain;
	if (parameter->type != RULEBOOK_WORD)
		return;
	domain->choices = choices;
	domain->choice_count = 0;
	for (size_t i = 0; i < parameter->word_count; i++)
		if (parameter->words[i].possible)
			choices[domain->choice_count++] =
				parameter->domain.choices[i];
}

static enum shk_code desk_unknowns(
	struct shk_pricer *pricer, struct desk *desk, shk_diag *diag)
{
	const struct rulebook_revision *revision = desk->revision;
	size_t count = revision->graph->slot_count;
	struct feel_value *unknowns =
		arena_zeroed(&pricer->arena, count + 1, sizeof(*unknowns));

	desk->unknowns = unknowns;
	desk->facts =
		arena_zeroed(&pricer->arena, count + 1, sizeof(*desk->facts));
	if (!unknowns || !desk->facts)
		return diag_memory(diag);
	for (uint32_t i = 0; i < count; i++) {
		const struct rulebook_slot *slot = &revision->slots[i];
		struct dmn_domain domain = revision->graph->slots[i].domain;
		struct feel_value *choices;
		enum shk_code code;

		if (slot->role == RULEBOOK_PARAMETER) {
			const struct rulebook_parameter *parameter =
				&pricer->book->parameters[slot->index];

			choices = arena_zeroed(&pricer->arena,
				parameter->word_count + 1, sizeof(*choices));
			if (!choices)
				return diag_memory(diag);
			parameter_domain(parameter, choices, &domain);
		}
		code = dmn_unknown(&pricer->arena, i, &domain, &unknowns[i]);
		if (code)
			return diag_set(diag, code, "out of memory");
	}
	return SHK_OK;
}

static enum shk_code desk_open(
	struct shk_pricer *pricer, size_t at, shk_diag *diag)
{
	struct desk *desk = &pricer->desks[at];
	enum shk_code code;

	desk->revision = &pricer->book->revisions[at];
	code = dmn_evaluator_new(&desk->evaluator, desk->revision->graph, diag);
	if (!code)
		dmn_until(desk->evaluator, pricer->until);
	if (!code && desk_slots(pricer, desk))
		code = diag_memory(diag);
	if (!code)
		code = desk_unknowns(pricer, desk, diag);
	desk->explorer.evaluator = desk->evaluator;
	desk->explorer.book = pricer->book;
	desk->explorer.revision = desk->revision;
	desk->explorer.facts = desk->facts;
	desk->explorer.min_evidence = pricer->min_evidence;
	return code;
}

static enum shk_code when_set(struct shk_pricer *pricer,
	const shk_price_options *options, shk_diag *diag)
{
	const shk_rulebook *book = pricer->book;

	pricer->revision = -1;
	if (options->revision) {
		pricer->revision =
			rulebook_revision_find(book, options->revision);
		if (pricer->revision < 0)
			return diag_set(diag, SHK_E_USAGE,
				"there is no revision \"%s\"",
				options->revision);
	}
	if (!options->as_of)
		return SHK_OK;
	pricer->dated = true;
	if (!date_parse(options->as_of, strlen(options->as_of), &pricer->day))
		return diag_set(diag, SHK_E_USAGE,
			"\"%s\" is not a date written YYYY-MM-DD",
			options->as_of);
	if (pricer->revision >= 0 &&
		pricer->revision != rulebook_revision_at(book, pricer->day))
		return diag_set(diag, SHK_E_USAGE,
			"revision %s is not in force on %s", options->revision,
			options->as_of);
	return SHK_OK;
}

static enum shk_code asked_set(struct shk_pricer *pricer,
	const shk_price_options *options, shk_diag *diag)
{
	pricer->end = pricer->book->decision_count;
	if (options->decision_count == 0)
		return SHK_OK;
	pricer->first = pricer->end;
	pricer->end = 0;
	pricer->asked = arena_zeroed(&pricer->arena,
		pricer->book->decision_count, sizeof(*pricer->asked));
	if (!pricer->asked)
		return diag_memory(diag);
	for (size_t i = 0; i < options->decision_count; i++) {
		const char *name = options->decisions[i];
		int at = rulebook_decision_find(pricer->book, name);
		const char *near = at < 0 ? shk_rulebook_nearest_decision(
						    pricer->book, name)
					  : NULL;

		if (at < 0 && near)
			return diag_set(diag, SHK_E_USAGE,
				"there is no decision \"%s\"; did you mean "
				"\"%s\"?",
				name, near);
		if (at < 0)
			return diag_set(diag, SHK_E_USAGE,
				"there is no decision \"%s\"", name);
		pricer->asked[at] = true;
		if ((size_t)at < pricer->first)
			pricer->first = (size_t)at;
		if ((size_t)at >= pricer->end)
			pricer->end = (size_t)at + 1;
	}
	return SHK_OK;
}

static bool may_ask(const struct shk_pricer *pricer, size_t revision)
{
	const struct rulebook_bound *bound =
		pricer->book->revisions[revision].bound;

	if (!pricer->book->revisions[revision].graph || !pricer->asked)
		return false;
	for (size_t i = 0; i < pricer->book->decision_count; i++)
		if (pricer->asked[i] && bound[i].present && !bound[i].ready)
			return false;
	return true;
}

/* A book that was opened for other questions cannot answer these. */
static enum shk_code part_check(const struct shk_pricer *pricer, shk_diag *diag)
{
	const shk_rulebook *book = pricer->book;
	int only = pricer->revision;
	bool may = true;

	if (!book->partial)
		return SHK_OK;
	if (pricer->facts) /* they are told of any revision */
		only = -1;
	else if (only < 0 && pricer->dated)
		only = rulebook_revision_at(book, pricer->day);
	for (size_t i = 0; i < book->revision_count; i++)
		if (only < 0 || (size_t)only == i)
			may = may && may_ask(pricer, i);
	return may ? SHK_OK
		   : diag_set(diag, SHK_E_USAGE,
			     "the rulebook was opened for other decisions or "
			     "another revision");
}

static enum shk_code evidence_set(
	struct shk_pricer *pricer, const char *level, shk_diag *diag)
{
	pricer->min_evidence = EVIDENCE_WEAKEST;
	if (!level)
		return SHK_OK;
	if (level[0] != 'E' || level[1] < '0' || level[1] > '5' || level[2])
		return diag_set(diag, SHK_E_USAGE,
			"\"%s\" is not an evidence level E0 to E5", level);
	pricer->min_evidence = level[1] - '0';
	return SHK_OK;
}

static enum shk_code policy_text(struct shk_pricer *pricer, shk_diag *diag)
{
	struct buffer text;

	buffer_init(&text);
	policy_print(pricer->policy, &text);
	if (!text.failed)
		pricer->policy_text =
			arena_text(&pricer->arena, text.data, text.size);
	buffer_release(&text);
	return pricer->policy_text ? SHK_OK : diag_memory(diag);
}

static enum shk_code prepare(struct shk_pricer *pricer,
	const shk_price_options *options, shk_diag *diag)
{
	const shk_rulebook *book = pricer->book;
	enum shk_code code = when_set(pricer, options, diag);

	if (!code)
		code = asked_set(pricer, options, diag);
	if (!code)
		code = part_check(pricer, diag);
	if (!code)
		code = evidence_set(pricer, options->min_evidence, diag);
	if (!code)
		code = policy_text(pricer, diag);
	pricer->until = clock_ahead(options->milliseconds);
	pricer->desks = arena_zeroed(
		&pricer->arena, book->revision_count, sizeof(*pricer->desks));
	if (!pricer->desks)
		return diag_memory(diag);
	for (size_t i = 0; i < book->revision_count && !code; i++)
		if (book->revisions[i].graph)
			code = desk_open(pricer, i, diag);
	pricer->as_of_field =
		record_field_find(pricer->schema, text_of("as_of"));
	pricer->name_field = record_field_find(pricer->schema, text_of("name"));
	pricer->gate_field =
		record_field_find(pricer->schema, text_of(book->gate.field));
	if (!code && given_prepare(pricer))
		code = diag_memory(diag);
	if (!code && pricer->facts && known_prepare(pricer))
		code = diag_memory(diag);
	if (!code && !options->anew && !options->roundings) {
		pricer->recall = recall_new(pricer);
		code = pricer->recall ? SHK_OK : diag_memory(diag);
	}
	return code;
}

enum shk_code shk_pricer_new(shk_pricer **out, const shk_rulebook *rulebook,
	const shk_schema *schema, const shk_price_options *options,
	shk_diag *diag)
{
	shk_pricer *pricer = memory_zeroed(1, sizeof(*pricer));
	enum shk_code code;

	*out = NULL;
	if (!pricer)
		return diag_memory(diag);
	arena_init(&pricer->arena);
	arena_init(&pricer->results);
	pricer->book = rulebook;
	pricer->schema = record_schema_of(schema);
	pricer->policy = options->policy;
	pricer->steps = options->steps;
	pricer->flips = options->flips;
	pricer->every_flip = options->every_flip;
	pricer->lead_only = options->lead_only;
	pricer->bare = options->lead_only || options->values_only;
	pricer->roundings = options->roundings;
	pricer->facts = options->facts;
	buffer_init(&pricer->text);
	code = prepare(pricer, options, diag);
	if (code)
		shk_pricer_free(pricer);
	else
		*out = pricer;
	return code;
}

void shk_pricer_free(shk_pricer *pricer)
{
	if (!pricer)
		return;
	for (size_t i = 0; pricer->desks && i < pricer->book->revision_count;
		i++) {
		dmn_evaluator_free(pricer->desks[i].evaluator);
		arena_release(&pricer->desks[i].explorer.kept);
	}
	buffer_release(&pricer->text);
	recall_free(pricer->recall);
	arena_release(&pricer->results);
	arena_release(&pricer->arena);
	memory_free(pricer);
}

/* The day for which the record asks: stated, its own, or none. */
static bool job_day(const struct job *job, int32_t *day, bool *clash)
{
	const struct shk_pricer *pricer = job->pricer;
	const struct record_value *own = NULL;

	*clash = false;
	if (pricer->as_of_field >= 0 && job->record)
		own = &job->record->values[pricer->as_of_field];
	if (own && own->state == RECORD_KNOWN) {
		*day = own->u.days;
		*clash = pricer->dated && pricer->day != *day;
		return true;
	}
	*day = pricer->day;
	return pricer->dated;
}

static enum shk_code job_refuse(
	struct job *job, shk_diag *why, const char *reason, const char *message)
{
	(void)job;
	diag_clear(why);
	diag_set(why, SHK_E_INPUT, "%s", message);
	diag_field(why, "as_of");
	diag_reason(why, reason);
	return SHK_E_INPUT;
}

/* Text of a day; until the next one is asked for. */
static const char *day_text(struct shk_pricer *pricer, int32_t day)
{
	if (!pricer->said_text[0] || pricer->said_day != day)
		date_format(day, pricer->said_text);
	pricer->said_day = day;
	return pricer->said_text;
}

/*
 * Revision and day of a record. SHK_E_INPUT and `why` when they contradict
 * each other or no revision is in force.
 */
static enum shk_code job_when(struct job *job, shk_diag *why)
{
	struct shk_pricer *pricer = job->pricer;
	const shk_rulebook *book = pricer->book;
	int revision = pricer->revision;
	bool clash, dated = job_day(job, &job->day, &clash);

	job->as_of = "";
	job->revision = book->revision_count - 1;
	if (dated)
		job->as_of = day_text(pricer, job->day);
	if (clash)
		return job_refuse(job, why, "inconsistent",
			"as_of differs from the day that was asked for");
	if (dated && revision < 0) {
		revision = rulebook_revision_at(book, job->day);
		if (revision < 0)
			return job_refuse(job, why, "no_revision",
				"no revision is in force on that day");
	}
	if (dated && revision != rulebook_revision_at(book, job->day))
		return job_refuse(job, why, "inconsistent",
			"the revision that was asked for is not in force on "
			"that day");
	job->assumed_newest = revision < 0;
	if (revision >= 0)
		job->revision = (size_t)revision;
	if (!dated) {
		job->day = book->revisions[job->revision].from;
		job->as_of = day_text(pricer, job->day);
	}
	job->desk = &pricer->desks[job->revision];
	return SHK_OK;
}

/* A fact of the record is an input of the decision in any revision. */
static bool has_fact(const struct job *job, size_t decision)
{
	const struct shk_pricer *pricer = job->pricer;

	for (size_t r = 0; r < pricer->book->revision_count; r++) {
		const struct desk *desk = &pricer->desks[r];
		const struct rulebook_bound *bound =
			&desk->revision->bound[decision];

		for (size_t i = 0; i < pricer->schema->field_count; i++)
			if (bound->present &&
				job->record->values[i].state !=
					RECORD_UNKNOWN &&
				desk->field_slots[i] != RULEBOOK_NONE &&
				feel_set_has(
					&bound->inputs, desk->field_slots[i]))
				return true;
	}
	return false;
}

/* The facts that ask for a decision where it names them, else any fact. */
static bool is_wanted(const struct job *job, size_t decision)
{
	const struct field_list *asks = &job->pricer->decision_asks[decision];

	return asks->count > 0 ? given_any(job->record, asks)
			       : has_fact(job, decision);
}

/*
 * Which decisions are asked of a record when none is named: those that its
 * facts ask for; if there is none, those that it has a fact for; a record
 * without any fact is asked everything, to say what would be needed.
 */
void decisions_choose(const struct job *job, bool *chosen)
{
	const struct shk_pricer *pricer = job->pricer;
	size_t count = pricer->book->decision_count;
	bool any = false;

	for (int pass = 0; pass < 3 && !any; pass++)
		for (size_t i = 0; i < count; i++) {
			chosen[i] = pass == 0	? is_wanted(job, i)
				    : pass == 1 ? has_fact(job, i)
						: !*pricer->book->decisions[i]
							    .not_encoded;
			any = any || chosen[i];
		}
}

/* The error result of a record, into `room`. */
static enum shk_code refuse_one(struct job *job, int decision,
	const shk_diag *why, struct shk_result *room)
{
	struct arena *arena = &job->pricer->results;
	enum shk_code code = result_begin(job, decision, room);

	if (code)
		return code;
	/* Whatever desk another decision found, this one has none. */
	room->revision = "";
	room->reason = arena_text(arena, why->reason, strlen(why->reason));
	room->field = arena_text(arena, why->field, strlen(why->field));
	room->message = arena_text(arena, why->message, strlen(why->message));
	return room->reason && room->field && room->message
		       ? SHK_OK
		       : diag_memory(job->diag);
}

enum shk_code price_one(struct job *job, size_t decision, const shk_diag *why,
	struct shk_result *room, struct shk_result **result)
{
	bool own = job->pricer->book->decisions[decision].own_dates;
	enum shk_code code;

	*result = room;
	if (why->code && !own)
		return refuse_one(job, (int)decision, why, room);
	if (!job->desk)
		job->desk = &job->pricer->desks[job->revision];
	code = recall_answer(job, decision, room, result);
	if (!code && job->pricer->facts)
		code = known_keep(job, decision, *result);
	return code;
}

void job_told(struct job *job, shk_diag *own)
{
	if (job->diag)
		return;
	diag_clear(own);
	job->diag = own;
}

void job_begin(struct job *job, shk_diag *why)
{
	diag_clear(why);
	arena_clear(&job->pricer->results);
	/* decisions with dates of their own still answer */
	if (job_when(job, why))
		job->desk = NULL;
}

enum shk_code shk_pricer_price(shk_pricer *pricer, const shk_record *record,
	shk_result_callback callback, void *context, shk_diag *diag)
{
	struct job job = { .pricer = pricer,
		.record = record_of_const(record),
		.as_of = "",
		.diag = diag };
	struct shk_result room, *result;
	bool chosen[RULEBOOK_LIST_MAX];
	shk_diag why, own;
	enum shk_code code = SHK_OK;

	job_told(&job, &own);
	job_begin(&job, &why);
	if (!pricer->asked)
		decisions_choose(&job, chosen);
	for (size_t i = pricer->first; i < pricer->end && !code; i++) {
		if (!(pricer->asked ? pricer->asked : chosen)[i])
			continue;
		code = price_one(&job, i, &why, &room, &result);
		if (!code)
			code = callback(context, result);
	}
	return code;
}

void shk_pricer_limit(shk_pricer *pricer, unsigned milliseconds)
{
	pricer->until = clock_ahead(milliseconds);
	for (size_t i = 0; i < pricer->book->revision_count; i++) {
		if (pricer->desks[i].evaluator)
			dmn_until(pricer->desks[i].evaluator, pricer->until);
	}
}

const char *shk_pricer_policy(const shk_pricer *pricer)
{
	return pricer->policy_text;
}

enum shk_code shk_pricer_refuse(shk_pricer *pricer, const shk_record *record,
	const shk_diag *why, shk_result_callback callback, void *context,
	shk_diag *diag)
{
	struct job job = { .pricer = pricer,
		.record = record ? record_of_const(record) : NULL,
		.as_of = "",
		.diag = diag };
	struct shk_result room;
	enum shk_code code = SHK_OK;
	bool any = false;

	arena_clear(&pricer->results);
	for (size_t i = pricer->first;
		pricer->asked && !code && i < pricer->end; i++) {
		if (!pricer->asked[i])
			continue;
		any = true;
		code = refuse_one(&job, (int)i, why, &room);
		if (!code)
			code = callback(context, &room);
	}
	if (any || code)
		return code;
	code = refuse_one(&job, -1, why, &room);
	return code ? code : callback(context, &room);
}

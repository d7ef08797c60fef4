/*
 * Asking. The facts are loaded anew for each look, so that what hangs on a
 * fact being given at all (presence, bounds of auxiliaries) is as it would be;
 * then the variable's value stands in its slot and the explorer splits every
 * other unknown. A listener notes where comparisons with the variable turn and
 * which stay open although nothing else is left to split: where none does, one
 * look at a stretch speaks for every value in it.
 */
#include "inquiry/question.h"

#include <string.h>

static void on_cut(void *context, unsigned slot, const struct feel_value *at)
{
	struct question *question = context;
	struct explorer *explorer = &question->job.desk->explorer;
	struct look *look = question->look;

	explorer->listener.cut(explorer->listener.context, slot, at);
	if (!look || slot != question->slot)
		return;
	for (size_t i = 0; i < look->cut_count; i++)
		if (look->cuts[i].owner == dmn_running(explorer->evaluator) &&
			feel_same(&look->cuts[i].at, at))
			return;
	if (look->cut_count == QUESTION_CUTS_MAX) {
		look->stopped = true;
		return;
	}
	look->cuts[look->cut_count++] = (struct cut){ .at = *at,
		.owner = dmn_running(explorer->evaluator) };
}

/* A number that another one behind it makes another number. */
static uint64_t mixed(uint64_t before, uint64_t next)
{
	return (before ^ (next + 1)) * 0x9e3779b97f4a7c15u + 1;
}

static void on_compared(
	void *context, const struct feel_set *reasons, int truth, bool shaped)
{
	struct question *question = context;
	const struct desk *desk = question->job.desk;

	if (question->pending.evaluation != desk->explorer.evaluations) {
		memset(&question->pending, 0, sizeof(question->pending));
		question->pending.evaluation = desk->explorer.evaluations;
	}
	if (question->slot == RULEBOOK_NONE ||
		!feel_set_has(reasons, question->slot))
		return;
	question->pending.signature =
		mixed(question->pending.signature, (uint64_t)truth + 1);
	if (truth >= 0)
		return;
	question->pending.open = true;
	question->pending.shapeless |= !shaped;
	question->pending.owner = dmn_running(desk->evaluator);
	FOR_SLOTS(i, reasons)
	question->pending.foreign |= desk->facts[i].open;
}

static void on_leaf(void *context, const struct outcome_set *set,
	const struct feel_set *reasons)
{
	struct question *question = context;
	const struct desk *desk = question->job.desk;
	struct look *look = question->look;

	(void)set;
	if (!look || question->slot == RULEBOOK_NONE)
		return;
	look->reads |= feel_set_has(reasons, question->slot);
	if (question->pending.evaluation != desk->explorer.evaluations)
		return;
	look->signature = mixed(look->signature, question->pending.signature);
	if (!question->pending.open)
		return;
	look->open = true;
	look->foreign |= question->pending.foreign;
	look->shapeless |= question->pending.shapeless;
	look->owner = question->pending.owner;
}

/* The first output whose fields the record gives, else the first. */
static size_t lead_of(const struct question *question)
{
	const struct rulebook_decision *decision =
		&question->pricer->book->decisions[question->decision];
	const struct field_list *asks =
		question->pricer->output_asks[question->decision];

	for (size_t i = 0; i < decision->output_count; i++)
		if (given_all(question->original, &asks[i]))
			return i;
	return 0;
}

static enum shk_code find_output(
	struct question *question, const char *name, shk_diag *diag)
{
	const struct rulebook_decision *decision =
		&question->pricer->book->decisions[question->decision];
	const char *names[RULEBOOK_LIST_MAX];
	const char *near;

	if (!name) {
		question->output = lead_of(question);
		return SHK_OK;
	}
	for (size_t i = 0; i < decision->output_count; i++) {
		names[i] = decision->outputs[i].name;
		question->output = i;
		if (strcmp(names[i], name) == 0 &&
			decision->outputs[i].hold_count == 0)
			return SHK_OK;
		if (strcmp(names[i], name) == 0)
			return diag_set(diag, SHK_E_USAGE,
				"\"%s\" is a list of what holds; ask for one "
				"value",
				name);
	}
	near = text_nearest(text_of(name), names, decision->output_count);
	if (near)
		return diag_set(diag, SHK_E_USAGE,
			"%s gives no \"%s\"; did you mean \"%s\"?",
			decision->name, name, near);
	return diag_set(
		diag, SHK_E_USAGE, "%s gives no \"%s\"", decision->name, name);
}

/* What the output asks of the graph. */
static void set_target(struct question *question)
{
	const struct rulebook_revision *revision = question->job.desk->revision;
	const struct rulebook_bound *bound =
		&revision->bound[question->decision];
	const struct rulebook_bound_output *output =
		&bound->outputs[question->output];

	question->target = (struct explore_target){
		.applicability = bound->applicability,
		.when = output->when,
		.slot = output->slot,
	};
	if (output->slot != RULEBOOK_NONE)
		question->target.domain =
			revision->graph->slots[output->slot].domain;
}

/* A record without a revision of its own is asked all the same if the
   decision has dates of its own. */
static enum shk_code begin_job(struct question *question, shk_diag *diag)
{
	shk_rulebook const *book = question->pricer->book;
	struct job *job = &question->job;
	shk_diag why;

	*job = (struct job){ .pricer = question->pricer,
		.record = &question->record,
		.as_of = "",
		.diag = diag };
	job_begin(job, &why);
	if (why.code && !book->decisions[question->decision].own_dates) {
		diag_set(diag, why.code, "%s", why.message);
		diag_place(
			diag, question->record.path, question->record.row, 0);
		diag_field(diag, why.field);
		diag_reason(diag, why.reason);
		return why.code;
	}
	if (!job->desk)
		job->desk = &question->pricer->desks[job->revision];
	return SHK_OK;
}

static enum shk_code copy_record(
	struct question *question, const shk_record *record, shk_diag *diag)
{
	size_t count = question->pricer->schema->field_count;
	struct record_value *values;

	question->original = record_of_const(record);
	question->record = *question->original;
	values = arena_zeroed(&question->arena, count + 1, sizeof(*values));
	if (!values)
		return diag_memory(diag);
	memcpy(values, question->original->values, count * sizeof(*values));
	question->record.values = values;
	return SHK_OK;
}

enum shk_code question_open(struct question *question, shk_pricer *pricer,
	const shk_record *record, const char *decision, const char *output,
	shk_diag *diag)
{
	const shk_rulebook *book = pricer->book;
	int at = rulebook_decision_find(book, decision);
	const struct rulebook_bound *bound;
	enum shk_code code;

	*question =
		(struct question){ .pricer = pricer, .slot = RULEBOOK_NONE };
	arena_init(&question->arena);
	if (at < 0)
		return rulebook_no_decision(book, decision, diag);
	question->decision = (size_t)at;
	code = copy_record(question, record, diag);
	if (!code)
		code = begin_job(question, diag);
	if (!code)
		code = find_output(question, output, diag);
	if (code)
		return code;
	bound = &question->job.desk->revision->bound[at];
	if (*book->decisions[at].not_encoded)
		question->closed = book->decisions[at].not_encoded;
	else if (!bound->present)
		question->closed = "no_rule_in_revision";
	else
		set_target(question);
	return SHK_OK;
}

void question_close(struct question *question)
{
	if (question->job.desk) {
		question->job.desk->explorer.leaf = NULL;
		explore_listen(&question->job.desk->explorer, false);
		dmn_forget(question->job.desk->evaluator);
	}
	arena_release(&question->arena);
}

/* The record's lane is known and not the one that these rules are for. */
static bool other_lane(const struct question *question)
{
	const struct shk_pricer *pricer = question->pricer;
	const struct record_value *value;

	if (pricer->gate_field < 0)
		return false;
	value = &question->record.values[pricer->gate_field];
	return value->state == RECORD_KNOWN &&
	       !text_is((struct text){ value->u.text, value->size },
		       pricer->book->gate.value);
}

static void give(struct question *question, uint32_t slot,
	const struct feel_value *value, uint32_t mark)
{
	struct desk *desk = question->job.desk;
	struct price_fact *fact = &desk->facts[slot];

	*fact = (struct price_fact){
		.given = true, .value = *value, .mark = mark
	};
	dmn_give(desk->evaluator, slot, &fact->value, mark);
}

/* Item of a list of records: its part `at` is another one. */
static enum shk_code put_part(struct question *question,
	const struct variable *variable, const struct feel_value *value,
	struct feel_value *item)
{
	struct feel_entry *entries = arena_zeroed(
		&question->arena, item->size + 1, sizeof(*entries));

	if (!entries)
		return diag_memory(question->job.diag);
	memcpy(entries, item->u.entries, item->size * sizeof(*entries));
	entries[variable->part].value = *value;
	item->u.entries = entries;
	return SHK_OK;
}

static enum shk_code put_item(struct question *question,
	const struct variable *variable, const struct feel_value *value,
	struct feel_value *list)
{
	struct feel_value *items =
		arena_zeroed(&question->arena, list->size + 1, sizeof(*items));
	enum shk_code code = SHK_OK;

	if (!items)
		return diag_memory(question->job.diag);
	memcpy(items, list->u.items, list->size * sizeof(*items));
	if (items[variable->item].type == FEEL_CONTEXT)
		code = put_part(
			question, variable, value, &items[variable->item]);
	else
		items[variable->item] = *value;
	list->u.items = items;
	return code;
}

/* The value of the variable's slot when the variable has `value`. */
static enum shk_code put(struct question *question,
	const struct variable *variable, const struct feel_value *value)
{
	const struct desk *desk = question->job.desk;
	struct feel_value whole = *value;
	uint32_t mark = variable->parameter
				? desk->revision->slots[variable->slot].mark
				: FEEL_NO_MARK;
	enum shk_code code = SHK_OK;

	/* a list that is known to be absent is empty */
	if (value->type == FEEL_NULL && variable->field >= 0 &&
		question->pricer->schema->fields[variable->field].type ==
			RECORD_LIST)
		whole = (struct feel_value){ .type = FEEL_LIST };
	if (variable->inside) {
		whole = desk->facts[variable->slot].value;
		code = put_item(question, variable, value, &whole);
	}
	if (!code)
		give(question, variable->slot, &whole, mark);
	return code;
}

/* The field is given, whatever its value: its slot is set afterwards. */
static void put_presence(struct question *question,
	const struct variable *variable, const struct feel_value *value)
{
	struct record_value *field;

	if (variable->field < 0 || variable->inside)
		return;
	field = &question->record.values[variable->field];
	field->state = value->type == FEEL_NULL ? RECORD_NONE : RECORD_KNOWN;
	if (value->type == FEEL_STRING) {
		field->size = value->size;
		field->u.text = value->u.string;
	}
}

static void take_presence(
	struct question *question, const struct variable *variable)
{
	if (variable && variable->field >= 0)
		question->record.values[variable->field] =
			question->original->values[variable->field];
}

static enum shk_code load(struct question *question,
	const struct variable *variable, const struct feel_value *value,
	struct look *look)
{
	struct job *job = &question->job;
	enum shk_code code = facts_load(job);
	int field;

	if (!code && variable)
		code = put(question, variable, value);
	if (!code)
		code = facts_open(job, question->decision);
	if (!code)
		code = facts_check(job, question->decision, &field);
	if (!code)
		look->refused = field >= 0;
	return code;
}

/* A bound that is not known because of the variable. */
static enum shk_code is_tied(
	struct question *question, uint32_t bound, bool *tied)
{
	struct job *job = &question->job;
	struct feel_set reasons = { { 0 } };
	struct feel_value value;
	enum shk_code code;

	if (bound == RULEBOOK_NONE)
		return SHK_OK;
	code = dmn_evaluate(
		job->desk->evaluator, bound, &value, NULL, job->diag);
	if (code || value.type != FEEL_UNKNOWN)
		return code;
	feel_reasons(&value, &reasons);
	*tied |= feel_set_has(&reasons, question->slot);
	return SHK_OK;
}

/*
 * Auxiliaries whose bounds move with the variable: over a stretch of it they
 * have more values than at any one of its values, so what hangs on them is not
 * proved to be possible everywhere.
 */
static enum shk_code find_tied(struct question *question, struct feel_set *tied)
{
	const struct rulebook_revision *revision = question->job.desk->revision;
	const struct feel_set *reached =
		&revision->bound[question->decision].reached;
	enum shk_code code = SHK_OK;

	FOR_SLOTS(i, reached)
	{
		bool is = false;

		if (code || revision->slots[i].role != RULEBOOK_AUXILIARY)
			continue;
		code = is_tied(question, revision->slots[i].low_of, &is);
		if (!code)
			code = is_tied(
				question, revision->slots[i].high_of, &is);
		if (is)
			feel_set_add(tied, i);
	}
	dmn_forget(question->job.desk->evaluator);
	return code;
}

/* What the explorer found, where it lasts. */
static enum shk_code keep(struct question *question,
	const struct outcome_set *from, struct look *look)
{
	outcome_clear(&look->set);
	if (!outcome_keep(&question->arena, &look->set, from))
		return diag_memory(question->job.diag);
	return SHK_OK;
}

static enum shk_code explore(struct question *question, struct look *look)
{
	struct explorer *explorer = &question->job.desk->explorer;
	struct feel_set tied = { { 0 } };
	struct outcome_set set;
	enum shk_code code = SHK_OK;

	if (question->slot != RULEBOOK_NONE)
		code = find_tied(question, &tied);
	if (code)
		return code;
	explore_begin(explorer, question->job.diag);
	explore_listen(explorer, true);
	question->listener = (struct dmn_listener){
		.context = question, .cut = on_cut, .compared = on_compared
	};
	dmn_listen(explorer->evaluator, &question->listener);
	explorer->leaf = on_leaf;
	explorer->leaf_context = question;
	memset(&question->pending, 0, sizeof(question->pending));
	code = explore_outcomes(explorer, &question->target, &set);
	explorer->leaf = NULL;
	explore_listen(explorer, false);
	question->evaluations += explorer->evaluations;
	look->stopped |= explorer->exhausted;
	look->marks = explorer->marks;
	FOR_SLOTS(i, &tied)
	if (feel_set_has(&explorer->seen, i))
		look->open = look->foreign = true;
	return code ? code : keep(question, &set, look);
}

static void gated(struct question *question, struct look *look)
{
	outcome_add_status(&look->set, SHK_NOT_APPLICABLE,
		question->pricer->book->gate.reason);
	dmn_marks_add(&look->marks, question->job.desk->revision->gate_mark);
}

static enum shk_code ask(struct question *question,
	const struct variable *variable, const struct feel_value *value,
	struct look *look)
{
	enum shk_code code = SHK_OK;

	look->cut_count = 0;
	look->marks = (struct dmn_marks){ { 0 } };
	look->open = look->foreign = look->shapeless = false;
	look->reads = look->stopped = look->refused = false;
	look->owner = RULEBOOK_NONE;
	look->signature = 0;
	outcome_clear(&look->set);
	if (variable)
		put_presence(question, variable, value);
	if (other_lane(question)) {
		gated(question, look);
	} else {
		question->look = look;
		question->slot = variable ? variable->slot : RULEBOOK_NONE;
		code = load(question,
			variable && variable->slot != RULEBOOK_NONE ? variable
								    : NULL,
			value, look);
		if (!code && !look->refused)
			code = explore(question, look);
		question->look = NULL;
		question->slot = RULEBOOK_NONE;
	}
	take_presence(question, variable);
	return code;
}

static bool is_point(const struct feel_range *range)
{
	return range->low_closed && range->high_closed &&
	       range->low.type != FEEL_NULL &&
	       feel_same(&range->low, &range->high);
}

enum shk_code question_look(struct question *question,
	const struct variable *variable, const struct feel_range *range,
	struct look *look)
{
	struct dmn_domain domain = { .bounded = true };
	struct feel_value value;

	if (!variable)
		return ask(question, NULL, NULL, look);
	if (is_point(range))
		return ask(question, variable, &range->low, look);
	domain.type = variable->date ? FEEL_DATE : FEEL_NUMBER;
	domain.range = *range;
	if (dmn_unknown(&question->arena, variable->slot, &domain, &value))
		return diag_memory(question->job.diag);
	return ask(question, variable, &value, look);
}

enum shk_code question_choose(struct question *question,
	const struct variable *variable, const struct feel_value *choice,
	struct look *look)
{
	return ask(question, variable, choice, look);
}

enum shk_code question_about(
	const struct question *question, struct inquiry_about *about)
{
	const struct rulebook_decision *decision =
		&question->pricer->book->decisions[question->decision];
	const struct rulebook_output *output =
		&decision->outputs[question->output];
	struct shk_result result;
	enum shk_code code =
		result_begin(&question->job, (int)question->decision, &result);

	*about = (struct inquiry_about){
		.id = result.id,
		.name = result.name,
		.decision = result.decision,
		.label_ja = result.label_ja,
		.label_en = result.label_en,
		.output = output->name,
		.output_ja = output->label.ja,
		.output_en = output->label.en,
		.unit = output->unit,
		.revision = result.revision,
		.as_of = result.as_of,
		.rulebook = result.rulebook,
		.policy = result.policy,
		.reason = question->closed ? question->closed : "",
	};
	return code;
}

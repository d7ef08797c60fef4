/*
 * rulebook.xml: gate, revisions, dated constants, policy parameters,
 * auxiliaries, candidates and givens. Decisions are read in decisions.c.
 */
#include <string.h>

#include "base/date.h"
#include "rulebook/loader.h"

/* A zeroed array for the children named `name`, under the ceiling. */
static enum shk_code children(struct loader *loader,
	const struct xml_element *root, const char *name, size_t size,
	size_t *count, void **items)
{
	size_t found = loader_count(root, name);

	*count = 0;
	if (found > RULEBOOK_LIST_MAX) {
		diag_set(loader->diag, SHK_E_LIMIT,
			"more than %d <%s> elements", RULEBOOK_LIST_MAX, name);
		xml_place(loader->diag, loader->path, root);
		return SHK_E_LIMIT;
	}
	*items = arena_zeroed(loader->arena, found + 1, size);
	if (!*items)
		return diag_memory(loader->diag);
	*count = found;
	return SHK_OK;
}

static enum shk_code gate_read(
	struct loader *loader, const struct xml_element *root)
{
	struct rulebook_gate *gate = &loader->book->gate;
	const struct xml_element *element = xml_child(root, "gate");
	enum shk_code code;

	gate->field = "";
	if (!element)
		return SHK_OK;
	code = loader_required(loader, element, "field", &gate->field);
	if (!code)
		code = loader_required(loader, element, "value", &gate->value);
	if (!code)
		code = loader_required(
			loader, element, "reason", &gate->reason);
	if (!code)
		code = loader_cites(
			loader, element, &gate->cite_count, &gate->cites);
	return code;
}

static enum shk_code revision_read(struct loader *loader,
	const struct xml_element *element, struct rulebook_revision *revision)
{
	const shk_rulebook *book = loader->book;
	const char *from;
	enum shk_code code;

	code = loader_required(loader, element, "id", &revision->id);
	if (!code)
		code = loader_required(loader, element, "from", &from);
	if (!code)
		code = loader_date(loader, element, "from", &revision->from);
	if (!code)
		code = loader_cites(loader, element, &revision->cite_count,
			&revision->cites);
	if (code)
		return code;
	loader_words(element, "label", &revision->label);
	if (rulebook_revision_find(book, revision->id) >= 0)
		return loader_fail(loader, element,
			"the revision \"%s\" stands here twice", revision->id);
	if (book->revision_count > 0 &&
		revision->from <=
			book->revisions[book->revision_count - 1].from)
		return loader_fail(loader, element,
			"revisions go from the oldest to the newest");
	return SHK_OK;
}

static enum shk_code revisions_read(
	struct loader *loader, const struct xml_element *root)
{
	shk_rulebook *book = loader->book;
	const struct xml_element *element = xml_child(root, "revision");
	enum shk_code code;
	size_t count;
	void *items;

	code = children(loader, root, "revision", sizeof(*book->revisions),
		&count, &items);
	if (code)
		return code;
	if (!element || count > RULEBOOK_REVISIONS_MAX)
		return loader_fail(loader, root,
			"a rulebook has 1 to %d <revision> elements",
			RULEBOOK_REVISIONS_MAX);
	book->revisions = items;
	for (; element; element = xml_sibling(element, "revision")) {
		code = revision_read(loader, element,
			&book->revisions[book->revision_count]);
		if (code)
			return code;
		book->revision_count++;
	}
	return SHK_OK;
}

static enum shk_code value_read(struct loader *loader,
	const struct xml_element *element, bool date,
	struct rulebook_value *value)
{
	const char *text = element->text;
	size_t size;
	num number = NUM_ZERO;
	int32_t days = 0;
	enum shk_code code = loader_date(loader, element, "from", &value->from);

	if (code)
		return code;
	text += strspn(text, " \t\r\n");
	size = strcspn(text, " \t\r\n");

	if (date ? !date_parse(text, size, &days)
		 : num_parse(text, size, false, &number) != NUM_PARSED)
		return loader_fail(loader, element, "\"%.*s\" is not a %s",
			(int)size, text,
			date ? "date written YYYY-MM-DD" : "decimal number");
	value->value = date ? feel_date(days) : feel_number(number);
	code = loader_cites(loader, element, &value->cite_count, &value->cites);
	if (!code && value->cite_count == 0)
		code = loader_fail(
			loader, element, "a value of the law needs a <cite>");
	return code;
}

static enum shk_code constant_read(struct loader *loader,
	const struct xml_element *element, struct rulebook_constant *constant)
{
	const struct xml_element *child = xml_child(element, "value");
	struct rulebook_value *values;
	enum shk_code code;
	const char *type;
	void *items;

	code = loader_required(loader, element, "name", &constant->name);
	if (!code)
		code = loader_required(loader, element, "type", &type);
	if (!code && strcmp(type, "number") != 0 && strcmp(type, "date") != 0)
		code = loader_fail(loader, element,
			"type=\"%s\" must be number or date", type);
	if (!code)
		code = children(loader, element, "value", sizeof(*values),
			&constant->value_count, &items);
	if (!code && constant->value_count == 0)
		code = loader_fail(loader, element,
			"the constant \"%s\" has no <value>", constant->name);
	if (code)
		return code;
	values = items;
	constant->values = values;
	constant->unit = loader_optional(element, "unit");
	loader_words(element, "label", &constant->label);
	for (size_t i = 0; i < constant->value_count; i++) {
		code = value_read(
			loader, child, strcmp(type, "date") == 0, &values[i]);
		if (code)
			return code;
		if (i > 0 && values[i].from <= values[i - 1].from)
			return loader_fail(loader, child,
				"values go from the oldest to the newest");
		child = xml_sibling(child, "value");
	}
	return SHK_OK;
}

static enum shk_code constants_read(
	struct loader *loader, const struct xml_element *root)
{
	shk_rulebook *book = loader->book;
	const struct xml_element *element = xml_child(root, "constant");
	struct rulebook_constant *constants;
	enum shk_code code;
	void *items;

	code = children(loader, root, "constant", sizeof(*constants),
		&book->constant_count, &items);
	if (code)
		return code;
	constants = items;
	book->constants = constants;
	for (size_t i = 0; i < book->constant_count; i++) {
		code = constant_read(loader, element, &constants[i]);
		if (code)
			return code;
		element = xml_sibling(element, "constant");
	}
	return SHK_OK;
}

static enum shk_code words_read(struct loader *loader,
	const struct xml_element *element, struct rulebook_parameter *parameter)
{
	const struct xml_element *child = xml_child(element, "word");
	struct feel_value *choices;
	struct rulebook_word *words;
	enum shk_code code;
	void *items;

	code = children(loader, element, "word", sizeof(*words),
		&parameter->word_count, &items);
	if (code)
		return code;
	words = items;
	parameter->words = words;
	choices = arena_zeroed(
		loader->arena, parameter->word_count + 1, sizeof(*choices));
	if (!choices)
		return diag_memory(loader->diag);
	for (size_t i = 0; i < parameter->word_count; i++) {
		words[i].text = child->text;
		words[i].possible = strcmp(loader_optional(child, "possible"),
					    "false") != 0;
		choices[i] = feel_string(child->text, strlen(child->text));
		child = xml_sibling(child, "word");
	}
	parameter->domain.choices = choices;
	parameter->domain.choice_count = parameter->word_count;
	return SHK_OK;
}

static enum shk_code bounds_read(struct loader *loader,
	const struct xml_element *element, struct dmn_domain *domain)
{
	struct feel_range *range = &domain->range;
	bool low, high, low_open, high_open;
	num low_value, high_value;
	enum shk_code code;

	code = loader_number(loader, element, "low", &low, &low_value);
	if (!code)
		code = loader_number(
			loader, element, "high", &high, &high_value);
	if (!code)
		code = loader_flag(loader, element, "low-open", &low_open);
	if (!code)
		code = loader_flag(loader, element, "high-open", &high_open);
	if (code)
		return code;
	domain->bounded = low || high;
	range->low = low ? feel_number(low_value) : FEEL_NULL_VALUE;
	range->high = high ? feel_number(high_value) : FEEL_NULL_VALUE;
	range->low_closed = low && !low_open;
	range->high_closed = high && !high_open;
	return SHK_OK;
}

static enum shk_code parameter_type(struct loader *loader,
	const struct xml_element *element, struct rulebook_parameter *parameter)
{
	const char *type = loader_optional(element, "type");

	if (strcmp(type, "number") == 0) {
		parameter->type = RULEBOOK_NUMBER;
		parameter->domain.type = FEEL_NUMBER;
		return bounds_read(loader, element, &parameter->domain);
	}
	if (strcmp(type, "boolean") == 0) {
		parameter->type = RULEBOOK_BOOLEAN;
		parameter->domain.type = FEEL_BOOLEAN;
		return SHK_OK;
	}
	if (strcmp(type, "word") != 0)
		return loader_fail(loader, element,
			"type=\"%s\" must be number, word or boolean", type);
	parameter->type = RULEBOOK_WORD;
	parameter->domain.type = FEEL_STRING;
	return words_read(loader, element, parameter);
}

static enum shk_code parameters_read(
	struct loader *loader, const struct xml_element *root)
{
	shk_rulebook *book = loader->book;
	const struct xml_element *element = xml_child(root, "parameter");
	struct rulebook_parameter *parameters;
	enum shk_code code;
	void *items;

	code = children(loader, root, "parameter", sizeof(*parameters),
		&book->parameter_count, &items);
	if (code)
		return code;
	parameters = items;
	book->parameters = parameters;
	for (size_t i = 0; i < book->parameter_count; i++) {
		code = loader_required(
			loader, element, "name", &parameters[i].name);
		if (!code)
			code = parameter_type(loader, element, &parameters[i]);
		if (code)
			return code;
		parameters[i].unit = loader_optional(element, "unit");
		parameters[i].unset = loader_optional(element, "unset");
		loader_words(element, "label", &parameters[i].label);
		loader_words(element, "meaning", &parameters[i].meaning);
		element = xml_sibling(element, "parameter");
	}
	return SHK_OK;
}

static enum shk_code auxiliary_read(struct loader *loader,
	const struct xml_element *element, struct rulebook_auxiliary *auxiliary)
{
	const char *type = loader_optional(element, "type");
	enum shk_code code;

	auxiliary->line = element->line;
	auxiliary->presence = strcmp(type, "given") == 0;
	auxiliary->boolean =
		auxiliary->presence || strcmp(type, "boolean") == 0;
	code = loader_required(loader, element, "name", &auxiliary->name);
	if (!code && !auxiliary->boolean && strcmp(type, "number") != 0)
		code = loader_fail(loader, element,
			"type=\"%s\" must be number, boolean or given", type);
	if (!code && !auxiliary->presence)
		code = loader_required(loader, element, "reported-as",
			&auxiliary->reported_as);
	if (!code)
		code = loader_list(loader, element, "fields",
			&auxiliary->field_count, &auxiliary->fields);
	if (!code && auxiliary->presence != (auxiliary->field_count > 0))
		code = loader_fail(loader, element,
			"fields=\"...\" goes with type=\"given\"");
	if (!code)
		code = loader_number(loader, element, "low",
			&auxiliary->has_low, &auxiliary->low);
	if (!code)
		code = loader_number(loader, element, "high",
			&auxiliary->has_high, &auxiliary->high);
	if (!code)
		code = loader_flag(
			loader, element, "low-open", &auxiliary->low_open);
	if (!code)
		code = loader_flag(
			loader, element, "high-open", &auxiliary->high_open);
	auxiliary->low_of = loader_optional(element, "low-of");
	auxiliary->high_of = loader_optional(element, "high-of");
	return code;
}

static enum shk_code auxiliaries_read(
	struct loader *loader, const struct xml_element *root)
{
	shk_rulebook *book = loader->book;
	const struct xml_element *element = xml_child(root, "auxiliary");
	struct rulebook_auxiliary *auxiliaries;
	enum shk_code code;
	void *items;

	code = children(loader, root, "auxiliary", sizeof(*auxiliaries),
		&book->auxiliary_count, &items);
	if (code)
		return code;
	auxiliaries = items;
	book->auxiliaries = auxiliaries;
	for (size_t i = 0; i < book->auxiliary_count && !code; i++) {
		code = auxiliary_read(loader, element, &auxiliaries[i]);
		element = xml_sibling(element, "auxiliary");
	}
	return code;
}

static enum shk_code bar_read(struct loader *loader,
	const struct xml_element *element, struct rulebook_bar *bar)
{
	static const char *const names[] = { [RULEBOOK_AS_START] = "start",
		[RULEBOOK_AS_ADD] = "add",
		[RULEBOOK_AS_TOTAL] = "total",
		[RULEBOOK_AS_LIMIT] = "limit" };
	const char *as = loader_optional(element, "as");

	for (int i = 0; i <= RULEBOOK_AS_LIMIT; i++) {
		if (strcmp(as, names[i]) != 0)
			continue;
		bar->as = (enum rulebook_as)i;
		loader_words(element, "label", &bar->label);
		return loader_required(loader, element, "of", &bar->of);
	}
	return loader_fail(loader, element,
		"a bar is as=\"start\", \"add\", \"total\" or \"limit\"");
}

static enum shk_code bars_read(
	struct loader *loader, const struct xml_element *root)
{
	shk_rulebook *book = loader->book;
	const struct xml_element *element = xml_child(root, "bar");
	struct rulebook_bar *bars;
	enum shk_code code;
	void *items;

	code = children(
		loader, root, "bar", sizeof(*bars), &book->bar_count, &items);
	if (code)
		return code;
	bars = items;
	book->bars = bars;
	for (size_t i = 0; i < book->bar_count && !code; i++) {
		code = bar_read(loader, element, &bars[i]);
		element = xml_sibling(element, "bar");
	}
	return code;
}

static enum shk_code candidates_read(
	struct loader *loader, const struct xml_element *root)
{
	shk_rulebook *book = loader->book;
	const struct xml_element *element = xml_child(root, "candidates");
	struct rulebook_candidates *candidates;
	enum shk_code code;
	void *items;

	code = children(loader, root, "candidates", sizeof(*candidates),
		&book->candidates_count, &items);
	if (code)
		return code;
	candidates = items;
	book->candidates = candidates;
	for (size_t i = 0; i < book->candidates_count && !code; i++) {
		candidates[i].line = element->line;
		code = loader_required(
			loader, element, "field", &candidates[i].field);
		if (!code)
			code = loader_required(
				loader, element, "of", &candidates[i].of);
		element = xml_sibling(element, "candidates");
	}
	return code;
}

static enum shk_code given_read(struct loader *loader,
	const struct xml_element *element, struct rulebook_given *given)
{
	const char *ask = loader_optional(element, "ask");

	if (strcmp(ask, "self") == 0)
		given->ask = RULEBOOK_ASK_SELF;
	else if (strcmp(ask, "inputs") == 0)
		given->ask = RULEBOOK_ASK_INPUTS;
	else if (strcmp(ask, "both") == 0)
		given->ask = RULEBOOK_ASK_BOTH;
	else
		return loader_fail(loader, element,
			"ask=\"%s\" must be self, inputs or both", ask);
	given->line = element->line;
	given->of = loader_optional(element, "of");
	return loader_required(loader, element, "field", &given->field);
}

static enum shk_code givens_read(
	struct loader *loader, const struct xml_element *root)
{
	shk_rulebook *book = loader->book;
	const struct xml_element *element = xml_child(root, "given");
	struct rulebook_given *givens;
	enum shk_code code;
	void *items;

	code = children(loader, root, "given", sizeof(*givens),
		&book->given_count, &items);
	if (code)
		return code;
	givens = items;
	book->givens = givens;
	for (size_t i = 0; i < book->given_count && !code; i++) {
		code = given_read(loader, element, &givens[i]);
		if (!code && !*givens[i].of)
			givens[i].of = givens[i].field;
		element = xml_sibling(element, "given");
	}
	return code;
}

static bool names_input(const struct xml_element *element)
{
	return strcmp(element->name, "constant") == 0 ||
	       strcmp(element->name, "parameter") == 0 ||
	       strcmp(element->name, "auxiliary") == 0;
}

/* What names input data of the models: each name once. */
static enum shk_code names_check(
	struct loader *loader, const struct xml_element *root)
{
	const struct xml_element *a, *b;

	for (a = root->first; a; a = a->next)
		for (b = root->first; names_input(a) && b != a; b = b->next)
			if (names_input(b) &&
				strcmp(loader_optional(a, "name"),
					loader_optional(b, "name")) == 0)
				return loader_fail(loader, a,
					"the name \"%s\" stands here twice",
					loader_optional(a, "name"));
	return SHK_OK;
}

enum shk_code rulebook_read(struct loader *loader)
{
	static enum shk_code (*const readers[])(struct loader *,
		const struct xml_element *) = { gate_read, revisions_read,
		constants_read, parameters_read, auxiliaries_read, bars_read,
		candidates_read, givens_read, names_check, decisions_read };
	static const char *const known[] = { "gate", "revision", "constant",
		"parameter", "auxiliary", "bar", "candidates", "given",
		"decision", NULL };
	struct xml_element *root;
	enum shk_code code = loader_open(loader, "rulebook.xml", "rulebook",
		RULEBOOK_SPACE, known, &root);

	for (size_t i = 0; i < sizeof(readers) / sizeof(*readers) && !code; i++)
		code = readers[i](loader, root);
	return code;
}

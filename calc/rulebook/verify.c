/*
 * The numbers of a rule against the quotes that it cites. An element that can
 * cite (a decision, a row of its table, a knowledge model, a type, an entry of
 * rulebook.xml) is looked at alone: its numbers, the passages it cites (a row
 * without citations: those of its decision), and the numbers that it says are
 * none of the law's, which it must use as often as it says. `basis` cites a
 * passage for its numbers: only="1 5" for these alone, and otherwise="true"
 * with their bounds turned round, for the row of all that the passage leaves.
 */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/memory.h"
#include "rulebook/quote.h"

/* One element and what was gathered of it. */
struct check {
	struct quotes *quotes;
	const char *path;
	const struct xml_element *element;
	char name[SHK_DIAG_FIELD];
	struct match_number *numbers; /* heap, MATCH_MAX */
	size_t number_count;
	struct match_answer *answers; /* heap, MATCH_MAX */
	size_t answer_count;
	char looked[QUOTE_LOOKED_MAX];
	enum shk_code code;
};

static bool is_one_of(
	const struct xml_element *element, const char *const *names)
{
	for (; *names; names++)
		if (strcmp(element->name, *names) == 0)
			return true;
	return false;
}

/* Elements that are looked at alone. */
static bool is_scope(const struct xml_element *element)
{
	static const char *const names[] = { "decision", "rule",
		"businessKnowledgeModel", "inputData", "decisionService",
		"revision", "value", "parameter", "auxiliary", "gate", NULL };

	if (strcmp(element->name, "itemDefinition") == 0)
		return element->parent && !element->parent->parent;
	return is_one_of(element, names);
}

/* Where its citations and exemptions are. */
static const struct xml_element *marks_of(const struct xml_element *element)
{
	const struct xml_element *extensions =
		xml_child(element, "extensionElements");

	return extensions ? extensions : element;
}

static bool has_cites(const struct xml_element *element)
{
	const struct xml_element *marks = marks_of(element);

	return xml_child(marks, "cite") || xml_child(marks, "basis");
}

/* Its id or name; of a value that of its constant. */
static void name_check(struct check *check)
{
	const struct xml_element *element = check->element;
	const char *name = NULL;

	for (; element && !name; element = element->parent) {
		name = xml_attribute(element, "id");
		if (!name)
			name = xml_attribute(element, "name");
	}
	snprintf(check->name, sizeof(check->name), "%s",
		name ? name : check->element->name);
}

/* ---- telling ---- */

static void check_tell(struct check *check, enum shk_quote_kind kind,
	const struct match_number *number, const char *written,
	const char *nearest, const char *message)
{
	quote_tell(check->quotes,
		&(shk_quote_finding){ .kind = kind,
			.path = check->path,
			.line = number ? number->line : check->element->line,
			.column = number ? number->column
					 : check->element->column,
			.element = check->name,
			.number = written,
			.looked = check->looked,
			.nearest = nearest,
			.message = message });
}

static void format_numeral(const struct numeral *numeral, char *out)
{
	char day[DATE_TEXT];
	char text[NUM_TEXT_MAX];
	const char *sign = numeral_sign(numeral->bound);

	if (numeral->is_date) {
		date_format(numeral->day, day);
		snprintf(out, QUOTE_NUMBER_MAX, "%s%s%s", sign,
			*sign ? " " : "", day);
		return;
	}
	num_format(numeral->value, text, sizeof(text));
	snprintf(out, QUOTE_NUMBER_MAX, "%s%s%.40s", sign, *sign ? " " : "",
		text);
}

static num distance(const struct numeral *a, const struct numeral *b)
{
	unsigned status = 0;

	if (a->is_date)
		return num_from_int(
			a->day > b->day ? a->day - b->day : b->day - a->day);
	return num_absolute(num_subtract(a->value, b->value, &status));
}

/* The nearest number of the quotes, or NULL. */
static const struct match_answer *nearest_of(
	const struct check *check, const struct numeral *numeral)
{
	const struct match_answer *best = NULL;
	num least = NUM_ZERO;

	for (size_t i = 0; i < check->answer_count; i++) {
		const struct match_answer *answer = &check->answers[i];
		num away;

		if (answer->is_exemption ||
			answer->numeral.is_date != numeral->is_date)
			continue;
		away = distance(numeral, &answer->numeral);
		if (!best || num_compare(away, least) < 0) {
			best = answer;
			least = away;
		}
	}
	return best;
}

static void tell_number(struct check *check, const struct match_number *number)
{
	const struct match_answer *nearest =
		nearest_of(check, &number->numeral);
	char near[QUOTE_NUMBER_MAX] = "";
	char written[QUOTE_NUMBER_MAX];
	char message[QUOTE_MESSAGE_MAX];
	bool same =
		nearest && numeral_same(&number->numeral, &nearest->numeral);
	bool bound = same && !numeral_agrees(number->numeral.bound,
				     nearest->numeral.bound);

	snprintf(written, sizeof(written), "%.*s",
		number->written.size < 60 ? (int)number->written.size : 60,
		number->written.data);
	if (nearest)
		format_numeral(&nearest->numeral, near);
	if (!check->looked[0])
		snprintf(message, sizeof(message),
			"%s: %s has no source: the element cites none",
			check->name, written);
	else if (bound)
		snprintf(message, sizeof(message),
			"%s: the rule says %s %s, %s says %s", check->name,
			numeral_sign(number->numeral.bound), written,
			check->looked, near);
	else if (same)
		snprintf(message, sizeof(message),
			"%s: %s stands in %s less often than in the rule",
			check->name, written, check->looked);
	else
		snprintf(message, sizeof(message), "%s: %s is not in %s%s%s",
			check->name, written, check->looked,
			nearest ? "; nearest there: " : "", near);
	check_tell(check, bound ? SHK_QUOTE_BOUND : SHK_QUOTE_NUMBER, number,
		written, near, message);
}

static void tell_exemption(
	struct check *check, const struct numeral *numeral, const char *what)
{
	char written[QUOTE_NUMBER_MAX] = "";
	char message[QUOTE_MESSAGE_MAX];

	if (numeral)
		format_numeral(numeral, written);
	snprintf(message, sizeof(message), "%s: %s%s", check->name, what,
		written);
	check_tell(check, SHK_QUOTE_EXEMPT, NULL, written, "", message);
}

/* ---- gathering ---- */

static void too_many(struct check *check, const char *what)
{
	if (check->code)
		return;
	check->code = diag_set(check->quotes->diag, SHK_E_LIMIT,
		"%s has more than %d %s", check->name, MATCH_MAX, what);
	diag_place(check->quotes->diag, check->path, check->element->line,
		check->element->column);
}

/* Place of byte `at` of the text of `element`, which begins behind its tag. */
static void number_place(struct match_number *number,
	const struct xml_element *element, size_t at)
{
	number->line = element->line;
	number->column = element->column;
	for (size_t i = 0; i < at; i++)
		if (element->text[i] == '\n') {
			number->line++;
			number->column = 0;
		}
}

static void add_numerals(struct check *check, const struct xml_element *element,
	const char *text)
{
	struct numeral found[MATCH_MAX];
	size_t count = numeral_read_feel(text_of(text), found, MATCH_MAX);

	if (count > MATCH_MAX - check->number_count) {
		too_many(check, "numbers");
		return;
	}
	for (size_t i = 0; i < count; i++) {
		struct match_number *number =
			&check->numbers[check->number_count++];

		*number = (struct match_number){ .numeral = found[i],
			.written = { text + found[i].at, found[i].size } };
		if (text == element->text)
			number_place(number, element, found[i].at);
		else
			number->line = element->line,
			number->column = element->column;
	}
}

/* A day stands alone: 2024-06-01 is no subtraction. */
static void add_value(struct check *check, const struct xml_element *element,
	const char *text, enum numeral_bound bound)
{
	size_t before = check->number_count;
	size_t lead = strspn(text, " \t\r\n");
	int32_t day;

	if (strlen(text + lead) < DATE_TEXT - 1 ||
		!date_parse(text + lead, DATE_TEXT - 1, &day)) {
		add_numerals(check, element, text);
	} else if (before == MATCH_MAX) {
		too_many(check, "numbers");
	} else {
		check->numbers[check->number_count++] = (struct match_number){
			.numeral = { .is_date = true, .day = day },
			.written = { text + lead, DATE_TEXT - 1 },
			.line = element->line,
			.column = element->column
		};
	}
	for (size_t i = before; i < check->number_count; i++)
		check->numbers[i].numeral.bound = bound;
}

/* Bounds and days of rulebook.xml are attributes. */
static void add_attributes(struct check *check)
{
	static const struct {
		const char *element;
		const char *attribute;
		const char *open; /* attribute that opens the bound */
		enum numeral_bound closed_bound, open_bound;
	} known[] = {
		{ "revision", "from", "", NUMERAL_FREE, NUMERAL_FREE },
		{ "value", "from", "", NUMERAL_FREE, NUMERAL_FREE },
		{ "parameter", "low", "low-open", NUMERAL_LEAST,
			NUMERAL_ABOVE },
		{ "parameter", "high", "high-open", NUMERAL_MOST,
			NUMERAL_BELOW },
		{ "auxiliary", "low", "low-open", NUMERAL_LEAST,
			NUMERAL_ABOVE },
		{ "auxiliary", "high", "high-open", NUMERAL_MOST,
			NUMERAL_BELOW },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		const char *value =
			xml_attribute(check->element, known[i].attribute);
		const char *open = xml_attribute(check->element, known[i].open);

		if (value &&
			strcmp(check->element->name, known[i].element) == 0)
			add_value(check, check->element, value,
				open && strcmp(open, "true") == 0
					? known[i].open_bound
					: known[i].closed_bound);
	}
	if (strcmp(check->element->name, "value") == 0)
		add_value(check, check->element, check->element->text,
			NUMERAL_FREE);
}

/* Every <text> below that belongs to no element within. */
static void add_texts(struct check *check, const struct xml_element *element)
{
	for (element = element->first; element; element = element->next) {
		if (is_scope(element))
			continue;
		if (strcmp(element->name, "text") == 0)
			add_numerals(check, element, element->text);
		else
			add_texts(check, element);
	}
}

static void add_answer(struct check *check, const struct numeral *numeral,
	bool is_exemption, bool in_reading)
{
	if (check->answer_count == MATCH_MAX) {
		too_many(check, "numbers in its quotes");
		return;
	}
	check->answers[check->answer_count++] =
		(struct match_answer){ .numeral = *numeral,
			.is_exemption = is_exemption,
			.in_reading = in_reading };
}

/* Does the list of numbers, separated by blanks, have it? NULL has all. */
static bool lists(const char *only, const struct numeral *numeral)
{
	while (only && *only) {
		size_t size = strcspn(only, " ");
		struct numeral listed = { .is_date = true };

		if (date_parse(only, size, &listed.day) ||
			numeral_read_feel(
				(struct text){ only, size }, &listed, 1) == 1)
			if (numeral_same(&listed, numeral))
				return true;
		only += size + (only[size] == ' ');
	}
	return !only;
}

static void add_quote(struct check *check, const struct quote *quote,
	const struct xml_element *cite)
{
	const char *only = xml_attribute(cite, "only");
	const char *otherwise = xml_attribute(cite, "otherwise");
	bool turned = otherwise && strcmp(otherwise, "true") == 0;

	for (size_t i = 0; i < quote->numeral_count; i++) {
		struct numeral numeral = quote->numerals[i];

		if (!lists(only, &numeral))
			continue;
		if (turned)
			numeral.bound = numeral_complement(numeral.bound);
		add_answer(check, &numeral, false, quote->is_reading);
	}
}

/* " S001 L1393" joins the list of places that are looked in. */
static void add_looked(
	struct check *check, const char *source, const char *place)
{
	size_t size = strlen(check->looked);

	snprintf(check->looked + size, sizeof(check->looked) - size, "%s%s %s",
		size ? "; " : "", source, place);
}

static bool is_text(
	const struct xml_element *element, const char *name, const char *wanted)
{
	const char *value = xml_attribute(element, name);

	return strcmp(value ? value : "", wanted) == 0;
}

/* A basis says what of the place is meant; then a cite of it does not. */
static bool is_narrowed(
	const struct xml_element *cite, const char *source, const char *place)
{
	const struct xml_element *basis = xml_child(cite->parent, "basis");

	for (; basis; basis = xml_sibling(basis, "basis"))
		if (basis != cite && is_text(basis, "source", source) &&
			is_text(basis, "place", place))
			return strcmp(cite->name, "cite") == 0;
	return false;
}

/* `only` lists numbers that the passage has. */
static void check_only(
	struct check *check, const char *only, const struct quote *quote)
{
	while (only && *only) {
		size_t size = strcspn(only, " ");
		struct numeral listed = { .is_date = true };
		bool found = false;

		if (!date_parse(only, size, &listed.day))
			numeral_read_feel(
				(struct text){ only, size }, &listed, 1);
		for (size_t i = 0; i < quote->numeral_count; i++)
			found = found ||
				numeral_same(&listed, &quote->numerals[i]);
		if (!found)
			tell_exemption(check, &listed,
				"`only` lists what the passage lacks: ");
		only += size + (only[size] == ' ');
	}
}

static void add_cite(struct check *check, const struct xml_element *cite)
{
	const char *source = xml_attribute(cite, "source");
	const char *place = xml_attribute(cite, "place");
	struct quotes *quotes = check->quotes;
	char message[QUOTE_MESSAGE_MAX];
	bool found = false;

	source = source ? source : "";
	place = place ? place : "";
	if (is_narrowed(cite, source, place))
		return;
	add_looked(check, source, place);
	for (size_t i = 0; i < quotes->count; i++) {
		const struct quote *quote = &quotes->list[i];

		if (strcmp(quote->source, source) != 0 ||
			strcmp(quote->place, place) != 0)
			continue;
		found = true;
		check_only(check, xml_attribute(cite, "only"), quote);
		add_quote(check, quote, cite);
	}
	if (found || (strcmp(cite->name, "cite") == 0 &&
			     !quotes_at_hand(quotes, source)))
		return;
	snprintf(message, sizeof(message),
		"%s: %s %s is cited and sources.xml does not quote it",
		check->name, source, place);
	check_tell(check, SHK_QUOTE_PLACE, NULL, "", "", message);
}

/* The element's own citations, or those of the nearest one around it. */
static void add_cites(struct check *check)
{
	const struct xml_element *holder = check->element;
	const struct xml_element *child;

	while (holder && !(is_scope(holder) && has_cites(holder)))
		holder = holder->parent;
	if (!holder)
		return;
	for (child = marks_of(holder)->first; child; child = child->next)
		if (strcmp(child->name, "cite") == 0 ||
			strcmp(child->name, "basis") == 0)
			add_cite(check, child);
}

/* One of the numbers of an exemption, or a day. */
static void add_exempt(struct check *check, struct text written)
{
	struct numeral numeral = { .is_date = true };

	if (!date_parse(written.data, written.size, &numeral.day) &&
		numeral_read_feel(written, &numeral, 1) != 1)
		tell_exemption(check, NULL,
			"an exemption lists something that is no number");
	else
		add_answer(check, &numeral, true, false);
}

static void add_exemption(
	struct check *check, const struct xml_element *exemption)
{
	const char *text = xml_attribute(exemption, "numbers");
	const char *reason = xml_attribute(exemption, "reason");

	check->quotes->counts->exemptions++;
	if (!text || !*text)
		tell_exemption(check, NULL, "an exemption names no numbers");
	if (!reason || !*reason)
		tell_exemption(check, NULL, "an exemption gives no reason");
	while (text && *text) {
		size_t size = strcspn(text, " ");

		if (size > 0)
			add_exempt(check, (struct text){ text, size });
		text += size + (text[size] == ' ');
	}
}

static void add_exemptions(struct check *check)
{
	const struct xml_element *child = marks_of(check->element)->first;

	for (; child; child = child->next)
		if (strcmp(child->name, "unquoted") == 0)
			add_exemption(check, child);
}

/* ---- checking ---- */

static void count_number(
	shk_quote_counts *counts, const struct match_number *number)
{
	counts->numbers++;
	if (!number->found)
		return;
	if (number->exempt)
		counts->exempt++;
	else if (number->in_reading)
		counts->in_readings++;
	else
		counts->in_quotes++;
}

static void check_scope(struct check *check, const struct xml_element *element)
{
	check->element = element;
	check->number_count = check->answer_count = 0;
	check->looked[0] = '\0';
	name_check(check);
	add_attributes(check);
	add_texts(check, element);
	if (check->number_count > 0 || has_cites(element))
		add_cites(check);
	add_exemptions(check);
	if (check->code)
		return;
	check->code = match_numbers(check->numbers, check->number_count,
		check->answers, check->answer_count, check->quotes->diag);
	if (check->code)
		return;
	for (size_t i = 0; i < check->number_count; i++) {
		count_number(check->quotes->counts, &check->numbers[i]);
		if (!check->numbers[i].found)
			tell_number(check, &check->numbers[i]);
	}
	for (size_t i = 0; i < check->answer_count; i++)
		if (check->answers[i].is_exemption && !check->answers[i].taken)
			tell_exemption(check, &check->answers[i].numeral,
				"exempt, but not among its numbers: ");
}

static void check_tree(struct check *check, const struct xml_element *element)
{
	if (is_scope(element))
		check_scope(check, element);
	for (element = element->first;
		element && !check->code && !check->quotes->stopped;
		element = element->next)
		check_tree(check, element);
}

enum shk_code quotes_check_tree(
	struct quotes *quotes, const char *path, const struct xml_element *root)
{
	struct check check = { .quotes = quotes, .path = path };

	check.numbers = memory_zeroed(MATCH_MAX, sizeof(*check.numbers));
	check.answers = memory_zeroed(MATCH_MAX, sizeof(*check.answers));
	if (check.numbers && check.answers)
		check_tree(&check, root);
	else
		check.code = diag_memory(quotes->diag);
	memory_free(check.numbers);
	memory_free(check.answers);
	return check.code;
}

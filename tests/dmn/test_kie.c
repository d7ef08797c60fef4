/*
 * What Apache KIE, another engine, answered to the tables of our rules and to
 * generated tables (tests/rules/kie, made by tests/rules/optional): our
 * answers are the same, with an unknown input our outcomes are those of KIE
 * over the samples of that input, and the check of tables finds gaps and
 * overlaps where KIE finds them.
 */
#include <criterion/criterion.h>

#include <glob.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "dmn/helper.h"
#include "dmn/session.h"

#define GOLDEN	    SOURCE_FOLDER "/tests/rules/kie/"
#define NEEDS_MAX   8
#define SAMPLES_MAX 1024
#define EVERY	    ((size_t)-1)

/* One table of a golden file: samples of its inputs, the answer last. */
struct golden {
	char file[64];
	char name[64];
	size_t need_count;
	char needs[NEEDS_MAX][64];
	size_t sample_count;
	size_t only[SAMPLES_MAX]; /* for this input's sake, or EVERY */
	char *cells[SAMPLES_MAX][NEEDS_MAX + 1];
	char text[256 * 1024]; /* what the cells point into */
	size_t used;
};

struct counts {
	size_t tables, samples, groups, known, equal, inside;
};

/* Split at tabs into at most `most` pieces, in place. */
static size_t split(char *line, char **out, size_t most)
{
	size_t count = 0;

	line[strcspn(line, "\n")] = '\0';
	for (char *at = line; at; count++) {
		char *tab = strchr(at, '\t');

		cr_assert_lt(count, most, "%s", line);
		if (tab)
			*tab++ = '\0';
		out[count] = at;
		at = tab;
	}
	return count;
}

static void open_table(struct golden *golden, char *line)
{
	char *words[NEEDS_MAX + 3];
	size_t count = split(line, words, NEEDS_MAX + 3);

	cr_assert_gt(count, 3u);
	memset(golden, 0, sizeof(*golden));
	snprintf(golden->file, sizeof(golden->file), "%s", words[1]);
	snprintf(golden->name, sizeof(golden->name), "%s", words[2]);
	golden->need_count = count - 3;
	for (size_t i = 3; i < count; i++)
		snprintf(golden->needs[i - 3], sizeof(golden->needs[0]), "%s",
			words[i]);
}

static void add_sample(struct golden *golden, const char *line)
{
	size_t size = strlen(line) + 1;
	char *kept = golden->text + golden->used;
	size_t at = golden->sample_count++;
	size_t count;

	cr_assert_lt(at, SAMPLES_MAX, "%s", golden->name);
	cr_assert_lt(golden->used + size, sizeof(golden->text));
	memcpy(kept, line, size);
	golden->used += size;
	golden->only[at] = EVERY;
	if (line[0] == '+') {
		golden->only[at] = (size_t)(line[1] - '1');
		kept += 3;
	}
	count = split(kept, golden->cells[at], NEEDS_MAX + 1);
	cr_assert_eq(
		count, golden->need_count + 1, "%s: %s", golden->name, line);
}

/* The next table of the file; false past the last. */
static bool read_table(FILE *file, struct golden *golden, char *line, int most)
{
	bool open = false;

	while (fgets(line, most, file)) {
		if (strncmp(line, "table\t", 6) == 0) {
			open_table(golden, line);
			open = true;
		} else if (open && line[0] == '\n') {
			break;
		} else if (open) {
			add_sample(golden, line);
		}
	}
	return open;
}

static struct feel_value value_of(
	struct dmn_evaluator *evaluator, const char *text)
{
	struct feel_value out;
	shk_diag diag = { 0 };

	cr_assert_eq(dmn_value_of_text(dmn_arena(evaluator), text, &out, &diag),
		SHK_OK, "%s: %s", text, diag.message);
	return out;
}

/* Our value for a sample, with the need `unknown` (or -1) unknown. */
static struct feel_value ours(struct dmn_evaluator *evaluator,
	const struct dmn_graph *graph, const struct golden *golden,
	size_t sample, int unknown)
{
	struct feel_value out;
	shk_diag diag = { 0 };

	dmn_clear(evaluator);
	for (size_t i = 0; i < golden->need_count; i++) {
		unsigned slot = slot_of(graph, golden->needs[i]);
		struct feel_value value;

		if ((int)i == unknown)
			cr_assert_eq(
				dmn_unknown(dmn_arena(evaluator), slot,
					&graph->slots[slot].domain, &value),
				SHK_OK);
		else
			value = value_of(evaluator, golden->cells[sample][i]);
		dmn_give(evaluator, slot, &value, FEEL_NO_MARK);
	}
	cr_assert_eq(dmn_evaluate(evaluator, slot_of(graph, golden->name), &out,
			     NULL, &diag),
		SHK_OK, "%s: %s", golden->name, diag.message);
	return out;
}

static void check_known(struct dmn_evaluator *evaluator,
	const struct dmn_graph *graph, const struct golden *golden,
	struct counts *counts)
{
	for (size_t i = 0; i < golden->sample_count; i++) {
		const char *answer = golden->cells[i][golden->need_count];
		struct feel_value value = ours(evaluator, graph, golden, i, -1);
		struct feel_value kie = value_of(evaluator, answer);

		cr_expect(feel_same(&value, &kie),
			"%s, sample %zu: ours %s, KIE %s", golden->name, i + 1,
			printed(&value), answer);
		counts->samples++;
	}
}

static bool above_low(
	const struct feel_range *range, const struct feel_value *value)
{
	int order;

	return range->low.type == FEEL_NULL ||
	       (feel_order(&range->low, value, &order) &&
		       (order < 0 || (order == 0 && range->low_closed)));
}

static bool below_high(
	const struct feel_range *range, const struct feel_value *value)
{
	int order;

	return range->high.type == FEEL_NULL ||
	       (feel_order(value, &range->high, &order) &&
		       (order < 0 || (order == 0 && range->high_closed)));
}

/* Whether `value`, known, may be what `wide` turns out to be. */
static bool admits(
	const struct feel_value *wide, const struct feel_value *value)
{
	const struct feel_unknown *unknown = wide->u.unknown;

	if (wide->type == FEEL_LIST && value->type == FEEL_LIST) {
		for (size_t i = 0; i < wide->size && i < value->size; i++)
			if (!admits(&wide->u.items[i], &value->u.items[i]))
				return false;
		return wide->size == value->size;
	}
	if (wide->type != FEEL_UNKNOWN)
		return feel_same(wide, value);
	if (unknown->shape == FEEL_INTERVAL)
		return above_low(&unknown->interval, value) &&
		       below_high(&unknown->interval, value);
	for (size_t i = 0; i < unknown->choice_count; i++)
		if (feel_same(&unknown->choices[i], value))
			return true;
	return unknown->shape == FEEL_ANYTHING;
}

/* Whether two samples differ in the input `need` at most. */
static bool alike(const struct golden *golden, size_t a, size_t b, size_t need)
{
	for (size_t k = 0; k < golden->need_count; k++)
		if (k != need &&
			strcmp(golden->cells[a][k], golden->cells[b][k]) != 0)
			return false;
	return true;
}

/*
 * Samples like `first` but for the input `need`, and `first` itself; *plain:
 * how many of them are not for one input's sake.
 */
static size_t group_of(const struct golden *golden, size_t first, size_t need,
	size_t *out, size_t *plain)
{
	size_t count = 0;

	*plain = 0;
	for (size_t i = 0; i < golden->sample_count; i++) {
		size_t only = golden->only[i];

		if ((only == EVERY || only == need) &&
			alike(golden, first, i, need)) {
			out[count++] = i;
			*plain += only == EVERY;
		}
	}
	return count;
}

/* Whether a column has the text of this sample for the first time. */
static bool fresh(const struct golden *golden, const size_t *samples,
	size_t index, size_t column)
{
	const char *text = golden->cells[samples[index]][column];

	for (size_t k = 0; k < index; k++)
		if (strcmp(golden->cells[samples[k]][column], text) == 0)
			return false;
	return true;
}

/* How many values of the input `need` were sampled for every other input. */
static size_t value_count(const struct golden *golden, size_t need)
{
	size_t plain[SAMPLES_MAX];
	size_t plain_count = 0, count = 0;

	for (size_t i = 0; i < golden->sample_count; i++)
		if (golden->only[i] == EVERY)
			plain[plain_count++] = i;
	for (size_t i = 0; i < plain_count; i++)
		count += fresh(golden, plain, i, need);
	return count;
}

static bool is_choice(const struct feel_value *value)
{
	return value->type == FEEL_UNKNOWN &&
	       value->u.unknown->shape == FEEL_CHOICE;
}

/*
 * Where one input turns two cells at once, which we take for independent: our
 * choices are more than the answers of KIE. Nothing else may be wider.
 */
static const struct {
	const char *table, *need;
	size_t choices, answers;
} wider[] = {
	/* not disclosed: 0.6 would need a total cost of zero and above zero */
	{ "disclosure_factor", "total_cost", 3, 2 },
	/* no row: the row of none and the other row both, or neither */
	{ "review_rows", "review_split", 4, 2 },
	{ "review_rows", "review_rationalise", 4, 2 },
	{ "review_rows", "review_other", 4, 2 },
};

/* Our choices, all of KIE's answers among them, are no more than these. */
static void check_choices(const struct golden *golden, size_t need,
	size_t sample, size_t choices, size_t answers)
{
	for (size_t i = 0; i < COUNT(wider); i++)
		if (choices == wider[i].choices &&
			answers == wider[i].answers &&
			strcmp(golden->name, wider[i].table) == 0 &&
			strcmp(golden->needs[need], wider[i].need) == 0)
			return;
	cr_expect_eq(choices, answers,
		"%s without %s, sample %zu: %zu choices, KIE %zu answers",
		golden->name, golden->needs[need], sample + 1, choices,
		answers);
}

/*
 * Every answer of KIE is one of our outcomes; when ours are choices, each of
 * them is an answer of KIE.
 */
static void check_group(struct dmn_evaluator *evaluator,
	const struct dmn_graph *graph, const struct golden *golden, size_t need,
	const size_t *group, size_t count, struct counts *counts)
{
	struct feel_value value =
		ours(evaluator, graph, golden, group[0], (int)need);
	const struct dmn_slot *slot =
		&graph->slots[slot_of(graph, golden->needs[need])];
	bool finite = slot->domain.type == FEEL_BOOLEAN ||
		      slot->domain.choice_count > 0;
	size_t met = 0;

	for (size_t i = 0; i < count; i++) {
		const char *answer =
			golden->cells[group[i]][golden->need_count];
		struct feel_value kie = value_of(evaluator, answer);

		met += fresh(golden, group, i, golden->need_count);
		cr_expect(admits(&value, &kie),
			"%s without %s: ours %s, sample %zu: KIE %s",
			golden->name, golden->needs[need], printed(&value),
			group[i] + 1, answer);
	}
	counts->groups++;
	counts->known += !feel_is_open(&value);
	counts->equal += is_choice(&value);
	counts->inside += feel_is_open(&value) && !is_choice(&value);
	cr_expect(!finite || value.type != FEEL_UNKNOWN || is_choice(&value),
		"%s without %s: ours %s", golden->name, golden->needs[need],
		printed(&value));
	if (is_choice(&value))
		check_choices(golden, need, group[0],
			value.u.unknown->choice_count, met);
}

static void check_unknown(struct dmn_evaluator *evaluator,
	const struct dmn_graph *graph, const struct golden *golden,
	struct counts *counts)
{
	size_t group[SAMPLES_MAX];

	for (size_t need = 0; need < golden->need_count; need++) {
		size_t values = value_count(golden, need);

		for (size_t i = 0; i < golden->sample_count; i++) {
			size_t plain;
			size_t count = group_of(golden, i, need, group, &plain);

			/* each once, and only where all were sampled */
			if (golden->only[i] == EVERY && group[0] == i &&
				plain == values)
				check_group(evaluator, graph, golden, need,
					group, count, counts);
		}
	}
}

static void check_revision(const char *revision, struct counts *counts)
{
	static struct golden golden;
	static char line[4096];
	char path[512];
	const char *paths[] = { path };
	FILE *file;

	snprintf(path, sizeof(path), GOLDEN "%s.tsv", revision);
	file = fopen(path, "r");
	cr_assert_not_null(file, "%s", path);
	while (read_table(file, &golden, line, sizeof(line))) {
		struct dmn_graph *graph;
		struct dmn_evaluator *evaluator;

		snprintf(path, sizeof(path), SOURCE_FOLDER "/rules/%s/%s",
			revision, golden.file);
		graph = load_files(paths, 1);
		evaluator = evaluator_of(graph);
		check_known(evaluator, graph, &golden, counts);
		check_unknown(evaluator, graph, &golden, counts);
		counts->tables++;
		dmn_evaluator_free(evaluator);
		dmn_graph_free(graph);
	}
	fclose(file);
}

/* The decision tables of the rules of both revisions: none is left out. */
static size_t table_count(void)
{
	static char line[65536];
	size_t count = 0;
	glob_t found;

	cr_assert_eq(
		glob(SOURCE_FOLDER "/rules/r[68]/*.dmn", 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		FILE *file = fopen(found.gl_pathv[i], "r");

		cr_assert_not_null(file, "%s", found.gl_pathv[i]);
		while (fgets(line, sizeof(line), file))
			count += strstr(line, "<decisionTable ") != NULL;
		fclose(file);
	}
	globfree(&found);
	return count;
}

Test(kie, tables_of_our_rules, .timeout = 120)
{
	struct counts counts = { 0 };

	check_revision("r6", &counts);
	check_revision("r8", &counts);
	cr_assert_eq(counts.tables, table_count());
	cr_assert_gt(counts.samples, 3000u);
	/* outcomes that are known, choices, and intervals or wider */
	cr_assert_gt(counts.known, 2000u);
	cr_assert_gt(counts.equal, 1500u);
	cr_assert_lt(counts.inside, counts.equal);
}

/* Text into XML. */
static void put_text(struct buffer *out, const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (text[i] == '<')
			buffer_text(out, "&lt;");
		else if (text[i] == '>')
			buffer_text(out, "&gt;");
		else
			buffer_byte(out, text[i]);
	}
}

/* The next piece of a text up to " | " or " ; "; false past the last. */
static bool piece(const char **at, const char **out, size_t *size, char *end)
{
	const char *stop = *at;

	if (!*at)
		return false;
	while (*stop && !(stop[0] == ' ' && (stop[1] == '|' || stop[1] == ';')))
		stop++;
	*out = *at;
	*size = (size_t)(stop - *at);
	*end = *stop ? stop[1] : '\0';
	*at = *stop ? stop + 3 : NULL;
	return true;
}

/* "number [0..10] | boolean": types, inputs a, b, c and the table's head. */
static size_t put_columns(
	struct buffer *out, const char *columns, const char *policy)
{
	struct buffer inputs;
	const char *text;
	size_t size, count = 0;
	char end;

	buffer_init(&inputs);
	buffer_text(out, HEAD);
	for (; piece(&columns, &text, &size, &end); count++) {
		size_t base = strcspn(text, " ");
		char name = (char)('a' + count);

		base = base < size ? base : size;
		buffer_format(out,
			"<itemDefinition name='t%c'><typeRef>%.*s</typeRef>",
			name, (int)base, text);
		if (base < size)
			buffer_format(out,
				"<allowedValues><text>%.*s</text>"
				"</allowedValues>",
				(int)(size - base - 1), text + base + 1);
		buffer_format(out,
			"</itemDefinition>\n<inputData id='%c' name='%c'>"
			"<variable name='%c' typeRef='t%c'/></inputData>\n",
			name, name, name, name);
		buffer_format(&inputs,
			"<input><inputExpression typeRef='t%c'><text>%c</text>"
			"</inputExpression></input>",
			name, name);
	}
	buffer_text(out, "<decision id='d' name='d'><variable name='d' "
			 "typeRef='number'/>");
	for (size_t i = 0; i < count; i++)
		buffer_format(out,
			"<informationRequirement><requiredInput href='#%c'/>"
			"</informationRequirement>",
			(char)('a' + i));
	buffer_format(out, "<decisionTable hitPolicy='%s'>%s<output/>\n",
		policy, inputs.data);
	buffer_release(&inputs);
	return count;
}

/* "< 5 | true | 0 ; - | - | 1": rows of cells, the output last. */
static void put_rows(struct buffer *out, const char *rows, size_t columns)
{
	const char *text;
	size_t size, at = 0;
	char end;

	while (piece(&rows, &text, &size, &end)) {
		const char *tag = at < columns ? "input" : "output";

		if (at == 0)
			buffer_text(out, "<rule>");
		buffer_format(out, "<%sEntry><text>", tag);
		put_text(out, text, size);
		buffer_format(out, "</text></%sEntry>", tag);
		if (at++ < columns)
			continue;
		cr_assert_neq(end, '|');
		buffer_text(out, "</rule>\n");
		at = 0;
	}
	cr_assert_eq(at, 0u);
	buffer_text(out, "</decisionTable></decision>" TAIL);
}

static bool count_finding(void *context, const shk_dmn_finding *finding)
{
	size_t *counts = context;

	counts[finding->kind]++;
	return true;
}

/* Our verdict, in the words of the golden file. */
static const char *verdict(const char *text)
{
	static const char *const words[] = { "none", "gap", "overlap",
		"gap+overlap" };
	const char *path = folder_write("check.dmn", text);
	size_t counts[SHK_DMN_UNCHECKED + 1] = { 0 };
	shk_diag diag = { 0 };
	shk_dmn *model;

	cr_assert_eq(shk_dmn_load(&model, &path, 1, &diag), SHK_OK, "%s",
		diag.message);
	cr_assert_eq(
		shk_dmn_check(model, count_finding, counts, &diag), SHK_OK);
	shk_dmn_free(model);
	cr_expect_eq(counts[SHK_DMN_FAULT] + counts[SHK_DMN_UNCHECKED], 0u,
		"%s", text);
	return words[(counts[SHK_DMN_GAP] > 0) +
		     2 * (counts[SHK_DMN_OVERLAP] > 0)];
}

Test(kie, check_of_generated_tables, .timeout = 120, .init = folder_open,
	.fini = folder_close)
{
	static char line[4096];
	size_t tables = 0, wrong = 0;
	FILE *file = fopen(GOLDEN "checks.tsv", "r");
	struct buffer text;

	cr_assert_not_null(file);
	buffer_init(&text);
	while (fgets(line, sizeof(line), file)) {
		char *words[6];
		size_t count;

		if (line[0] == '#')
			continue;
		count = split(line, words, COUNT(words));
		cr_assert(count == 4 || count == 6, "%s", line);
		buffer_clear(&text);
		put_rows(&text, words[2],
			put_columns(&text, words[1], words[0]));
		cr_expect_str_eq(verdict(text.data),
			count == 4 ? words[3] : words[4], "%s\t%s\t%s",
			words[0], words[1], words[2]);
		tables++;
		wrong += count == 6;
	}
	cr_expect_eq(tables, 1000u);
	cr_expect_leq(wrong, 20u);
	buffer_release(&text);
	fclose(file);
}

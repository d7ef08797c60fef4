/*
 * Minimal sets of missing facts against brute force: every subset of the
 * missing facts, and in it every combination of values that stand for all
 * cells, is put into the record and priced in the ordinary way. A subset
 * decides when no combination leaves the answer open.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "inquiry/ask.h"
#include "price/pricing.h"

#define NAMES_MAX 6

static struct pricing pricing;

static void open_rules(void)
{
	pricing_open(&pricing, SOURCE_FOLDER "/rules");
	pricing.options.revision = "r8";
	pricing.parts = "s";
}

static void close_rules(void)
{
	pricing_close(&pricing);
}

TestSuite(ask, .init = open_rules, .fini = close_rules);

/* `names` with values that stand for all cells, separated by |. */
struct domain {
	const char *decision, *record, *policy;
	struct {
		const char *name, *values;
	} names[NAMES_MAX + 1];
	size_t sets;  /* how many minimal ones there must be */
	size_t lucky; /* and that may decide with luck */
};

/* The `at`th value of a list; NULL past the last. */
static const char *value_at(const char *values, size_t at, size_t *size)
{
	for (; at > 0; at--) {
		values = strchr(values, '|');
		if (!values)
			return NULL;
		values++;
	}
	*size = strcspn(values, "|");
	return values;
}

/*
 * With the names in `set` at values by `from` on, in all combinations: whether
 * each of them decides (`all`), or some does.
 */
static bool decides_from(shk_pricer *pricer, const struct domain *domain,
	unsigned set, bool all, size_t from, const char *record)
{
	const char *value;
	size_t size;

	for (; from < NAMES_MAX && domain->names[from].name; from++)
		if (set >> from & 1)
			break;
	if (from == NAMES_MAX || !domain->names[from].name) {
		const char *said = pricing_again(&pricing, pricer, record);

		cr_assert_null(strstr(said, "error"), "%s: %s", record, said);
		return strcmp(said, "undetermined") != 0;
	}
	for (size_t i = 0; (value = value_at(domain->names[from].values, i,
				    &size)) != NULL;
		i++) {
		char more[1024];

		snprintf(more, sizeof(more), "%s;%s=%.*s", record,
			domain->names[from].name, (int)size, value);
		if (decides_from(pricer, domain, set, all, from + 1, more) !=
			all)
			return !all;
	}
	return all;
}

static unsigned mask_of(const struct domain *domain, const struct ask_set *set)
{
	unsigned mask = 0;

	for (size_t i = 0; i < set->count; i++) {
		size_t k = 0;

		while (k < NAMES_MAX && domain->names[k].name &&
			strcmp(domain->names[k].name, set->facts[i]->name) != 0)
			k++;
		cr_assert(k < NAMES_MAX && domain->names[k].name,
			"%s of %s is not expected", set->facts[i]->name,
			domain->record);
		mask |= 1u << k;
	}
	return mask;
}

/* Which of the subsets decide, and the minimal ones of these. */
static void check_sets(const struct domain *domain, shk_pricer *pricer,
	const bool *told, size_t count, bool all)
{
	bool decides[1u << NAMES_MAX] = { false };
	size_t minimal = 0;

	for (unsigned set = 0; set < 1u << count; set++)
		decides[set] = decides_from(
			pricer, domain, set, all, 0, domain->record);
	for (unsigned set = 1; set < 1u << count; set++) {
		bool least = decides[set];

		for (size_t i = 0; i < count; i++)
			if (set >> i & 1)
				least = least && !decides[set & ~(1u << i)];
		minimal += least;
		cr_expect_eq(told[set], least,
			"set %x of %s of %s (%s): told %d, is %d", set,
			domain->decision, domain->record,
			all ? "always" : "with luck", told[set], least);
	}
	cr_expect_eq(minimal, all ? domain->sets : domain->lucky,
		"%s of %s: %zu minimal sets (%s)", domain->decision,
		domain->record, minimal, all ? "always" : "with luck");
}

static void check_domain(const struct domain *domain)
{
	bool always[1u << NAMES_MAX] = { false };
	bool lucky[1u << NAMES_MAX] = { false };
	const shk_ask *ask = NULL;
	shk_pricer *pricer;
	shk_diag diag = { 0 };
	size_t count = 0;

	pricing.decision = domain->decision;
	pricer = pricing_pricer(&pricing, domain->policy);
	while (count < NAMES_MAX && domain->names[count].name)
		count++;
	cr_assert_eq(shk_ask_find(&ask, pricer,
			     pricing_record(&pricing, domain->record),
			     domain->decision, NULL, &diag),
		SHK_OK, "%s", diag.message);
	cr_expect(ask->complete, "%s: %s", domain->record, ask->why);
	for (size_t i = 0; i < ask->set_count; i++) {
		unsigned mask = mask_of(domain, &ask->sets[i]);
		bool single = true;

		always[mask] = ask->sets[i].always;
		/* what always decides may do so with luck on less already */
		for (size_t k = 0; k < i; k++)
			single = single &&
				 (mask_of(domain, &ask->sets[k]) & ~mask);
		for (size_t k = i + 1; k < ask->set_count; k++)
			single = single &&
				 (mask_of(domain, &ask->sets[k]) & ~mask);
		lucky[mask] = single;
	}
	check_sets(domain, pricer, always, count, true);
	check_sets(domain, pricer, lucky, count, false);
	shk_pricer_free(pricer);
}

#define TESTS "0|199|200|399|400|599|600|799|800|999|1000|5000"
#define TRUTH "true|false"

Test(ask, minimal_sets_agree_with_brute_force)
{
	static const struct domain rows[] = {
		{ "rare_disease_coefficient", "base_points=1000", "",
			{ { "annual_tests", TESTS },
				{ "orphan_designated", TRUTH },
				{ "indication_aid", TRUTH } },
			1, 3 },
		{ "rare_disease_coefficient",
			"base_points=1000;annual_tests=150", "",
			{ { "orphan_designated", TRUTH },
				{ "indication_aid", TRUTH } },
			1, 2 },
		{ "rare_disease_coefficient",
			"base_points=1000;orphan_designated=true", "",
			{ { "annual_tests", TESTS },
				{ "indication_aid", TRUTH } },
			1, 1 },
		{ "category_review", "kind=category", "",
			{ { "same_category", TRUTH },
				{ "clinical_use_differs_greatly", TRUTH },
				{ "name_or_definition_change", TRUTH },
				{ "active_products", "0|1|5" } },
			1, 2 },
		{ "category_review", "same_category=true", "",
			{ { "clinical_use_differs_greatly", TRUTH },
				{ "name_or_definition_change", TRUTH },
				{ "active_products", "0|1|5" } },
			1, 1 },
		{ "special_depreciation",
			"acquisition_date=2026-09-10;acquisition_price=400000",
			"",
			{ { "asset_kind", "equipment|software|other" },
				{ "support_centre_plan", TRUTH },
				{ "prefecture_confirmed_before", TRUTH },
				{ "labour_saving_type", "1|2|3|4|5" } },
			1, 3 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_domain(&rows[i]);
}

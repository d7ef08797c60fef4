/*
 * Policy parameters: the numbers and readings that the law leaves open. A
 * parameter that was not set has no value; nothing here invents one.
 */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "rulebook/rulebook.h"

#define VALUE_SHOWN 40 /* bytes of a wrong value in a message */

enum shk_code shk_policy_new(
	shk_policy **out, const shk_rulebook *rulebook, shk_diag *diag)
{
	shk_policy *policy = memory_zeroed(1, sizeof(*policy));

	*out = NULL;
	if (!policy)
		return diag_memory(diag);
	arena_init(&policy->arena);
	policy->book = rulebook;
	policy->entries = arena_zeroed(&policy->arena,
		rulebook->parameter_count + 1, sizeof(*policy->entries));
	if (!policy->entries) {
		shk_policy_free(policy);
		return diag_memory(diag);
	}
	*out = policy;
	return SHK_OK;
}

void shk_policy_free(shk_policy *policy)
{
	if (!policy)
		return;
	arena_release(&policy->arena);
	memory_free(policy);
}

static enum shk_code unknown_name(
	const shk_policy *policy, struct text name, shk_diag *diag)
{
	const char *names[RULEBOOK_LIST_MAX];
	const char *near;

	for (size_t i = 0; i < policy->book->parameter_count; i++)
		names[i] = policy->book->parameters[i].name;
	near = text_nearest(name, names, policy->book->parameter_count);
	diag_set(diag, SHK_E_RULES,
		near ? "there is no policy parameter \"%.*s\"; did you mean "
		       "\"%s\"?"
		     : "there is no policy parameter \"%.*s\"%s",
		(int)name.size, name.data, near ? near : "");
	diag_reason(diag, "unknown_field");
	return SHK_E_RULES;
}

/* Below or above the range of a number's domain. */
static bool outside(const struct dmn_domain *domain, num number)
{
	const struct feel_range *range = &domain->range;
	int low = 1, high = -1;

	if (range->low.type == FEEL_NUMBER)
		low = num_compare(number, range->low.u.number);
	if (range->high.type == FEEL_NUMBER)
		high = num_compare(number, range->high.u.number);
	return low < 0 || (low == 0 && !range->low_closed) || high > 0 ||
	       (high == 0 && !range->high_closed);
}

static enum shk_code refuse(const struct rulebook_parameter *parameter,
	const char *reason, struct text value, const char *right,
	shk_diag *diag)
{
	size_t shown = 0;
	uint32_t letter;

	/* whole letters only */
	while (shown < value.size && shown < VALUE_SHOWN) {
		size_t size = utf8_decode(
			value.data + shown, value.size - shown, &letter);

		shown += size ? size : 1;
	}
	diag_set(diag, SHK_E_RULES, "policy parameter %s: \"%.*s\" %s",
		parameter->name, (int)shown, value.data, right);
	diag_field(diag, parameter->name);
	diag_reason(diag, reason);
	return SHK_E_RULES;
}

/* "low <= value < high" with the bounds that there are. */
static void say_bounds(const struct feel_range *range, struct buffer *out)
{
	if (range->low.type == FEEL_NUMBER) {
		feel_print(&range->low, out);
		buffer_text(out, range->low_closed ? " <= " : " < ");
	}
	buffer_text(out, "value");
	if (range->high.type == FEEL_NUMBER) {
		buffer_text(out, range->high_closed ? " <= " : " < ");
		feel_print(&range->high, out);
	}
}

static enum shk_code number_set(const struct rulebook_parameter *parameter,
	struct text value, struct policy_entry *entry, shk_diag *diag)
{
	char right[SHK_DIAG_FIELD * 2];
	struct buffer bounds;
	num number;

	if (num_parse(value.data, value.size, false, &number) != NUM_PARSED)
		return refuse(parameter, "bad_value", value,
			"is not a decimal number such as 60 or 12.5", diag);
	entry->value = feel_number(number);
	if (!parameter->domain.bounded || !outside(&parameter->domain, number))
		return SHK_OK;
	buffer_init(&bounds);
	say_bounds(&parameter->domain.range, &bounds);
	snprintf(right, sizeof(right), "is outside its domain: %s",
		bounds.failed ? "" : bounds.data);
	buffer_release(&bounds);
	return refuse(parameter, "bad_domain", value, right, diag);
}

static enum shk_code word_set(const struct rulebook_parameter *parameter,
	struct text value, struct policy_entry *entry, shk_diag *diag)
{
	char right[SHK_DIAG_MESSAGE / 2] = "is not one of";
	size_t used = strlen(right);

	for (size_t i = 0; i < parameter->word_count; i++) {
		const char *word = parameter->words[i].text;

		if (text_is(value, word)) {
			entry->value = feel_string(word, strlen(word));
			return SHK_OK;
		}
		used += (size_t)snprintf(right + used, sizeof(right) - used,
			"%s %s", i ? "," : "", word);
		if (used >= sizeof(right))
			used = sizeof(right) - 1;
	}
	return refuse(parameter, "bad_value", value, right, diag);
}

static enum shk_code boolean_set(const struct rulebook_parameter *parameter,
	struct text value, struct policy_entry *entry, shk_diag *diag)
{
	if (!text_is(value, "true") && !text_is(value, "false"))
		return refuse(parameter, "bad_value", value,
			"must be true or false", diag);
	entry->value = feel_boolean(text_is(value, "true"));
	return SHK_OK;
}

enum shk_code policy_set(shk_policy *policy, struct text name,
	struct text value, const char *note, shk_diag *diag)
{
	int at = rulebook_parameter_find(policy->book, name);
	const struct rulebook_parameter *parameter;
	struct policy_entry entry = { .given = true, .note = "" };
	enum shk_code code;

	if (at < 0)
		return unknown_name(policy, name, diag);
	parameter = &policy->book->parameters[at];
	if (parameter->type == RULEBOOK_NUMBER)
		code = number_set(parameter, value, &entry, diag);
	else if (parameter->type == RULEBOOK_WORD)
		code = word_set(parameter, value, &entry, diag);
	else
		code = boolean_set(parameter, value, &entry, diag);
	if (code)
		return code;
	if (note)
		entry.note = arena_text(&policy->arena, note, strlen(note));
	if (!entry.note)
		return diag_memory(diag);
	policy->entries[at] = entry;
	return SHK_OK;
}

enum shk_code shk_policy_set(
	shk_policy *policy, const char *name, const char *value, shk_diag *diag)
{
	return policy_set(policy, text_of(name), text_of(value), NULL, diag);
}

/* A JSON string: quotes, backslashes and control characters escaped. */
static void print_text(const char *text, struct buffer *out)
{
	buffer_byte(out, '"');
	for (; *text; text++) {
		unsigned char byte = (unsigned char)*text;

		if (byte == '"' || byte == '\\')
			buffer_format(out, "\\%c", byte);
		else if (byte < 0x20)
			buffer_format(out, "\\u%04x", byte);
		else
			buffer_byte(out, *text);
	}
	buffer_byte(out, '"');
}

void policy_print(const shk_policy *policy, struct buffer *out)
{
	const char *comma = "";

	buffer_byte(out, '{');
	for (size_t i = 0; policy && i < policy->book->parameter_count; i++) {
		const struct policy_entry *entry = &policy->entries[i];

		if (!entry->given)
			continue;
		buffer_format(out, "%s\"%s\":", comma,
			policy->book->parameters[i].name);
		comma = ",";
		if (*entry->note)
			buffer_text(out, "{\"value\":");
		feel_print(&entry->value, out);
		if (!*entry->note)
			continue;
		buffer_text(out, ",\"note\":");
		print_text(entry->note, out);
		buffer_byte(out, '}');
	}
	buffer_byte(out, '}');
}

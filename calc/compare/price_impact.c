/*
 * Yearly quantities beside changed prices. A master and the quantities have
 * the same codes and units; a price whose unit changed has no difference and
 * so no impact. What is held back of a quantity is told, not estimated.
 */
#include <string.h>

#include "base/diag.h"
#include "compare/price_changes.h"
#include "compare/volumes.h"

static const char *impact_text(shk_price_changes *changes, num value)
{
	char text[64];

	return num_format(value, text, sizeof(text))
		       ? price_changes_text(changes, text)
		       : NULL;
}

/* The impact of one change; adds it to `sum`. */
static enum shk_code impact_of(shk_price_changes *changes,
	shk_price_change *change, const struct volume *volume, num *sum,
	unsigned *status, shk_diag *diag)
{
	num yen;

	change->suppressed = volume->suppressed;
	if (volume->told == 0)
		return SHK_OK;
	change->quantity = impact_text(changes, volume->quantity);
	if (!change->quantity)
		return diag_memory(diag);
	if (!change->difference[0])
		return SHK_OK;
	yen = num_multiply(price_changes_number(change->difference),
		volume->quantity, status);
	*sum = num_add(*sum, yen, status);
	change->impact = impact_text(changes, yen);
	if (!change->impact)
		return diag_memory(diag);
	changes->weighed++;
	changes->partly += volume->suppressed > 0;
	return SHK_OK;
}

enum shk_code price_impacts(
	shk_price_changes *changes, const shk_volumes *volumes, shk_diag *diag)
{
	enum shk_code code = SHK_OK;
	unsigned status = 0;
	num sum = NUM_ZERO;

	for (size_t i = 0; i < changes->count && !code; i++) {
		shk_price_change *change = &changes->cases[i].change;
		const struct volume *volume =
			volumes_find(volumes, change->code);

		if (volume && change->cause <= SHK_PRICE_UNEXPLAINED)
			code = impact_of(
				changes, change, volume, &sum, &status, diag);
	}
	if (!code && status)
		code = diag_set(diag, SHK_E_INPUT,
			"the impact has more than 34 digits");
	if (code)
		return code;
	changes->impact = impact_text(changes, sum);
	return changes->impact ? SHK_OK : diag_memory(diag);
}

const char *shk_price_changes_impact(
	const shk_price_changes *changes, size_t *weighed, size_t *partly)
{
	*weighed = changes->weighed;
	*partly = changes->partly;
	return changes->impact;
}

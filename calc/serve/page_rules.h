/*
 * Which rules: a revision or a day, as fields of a form.
 */
#ifndef SERVE_PAGE_RULES_H
#define SERVE_PAGE_RULES_H

#include "serve/app.h"
#include "serve/page_shell.h"

/* The fieldset with both, as the request has them; `wrong`: they cannot be. */
void page_rules_fields(
	struct page_shell *shell, const struct serve_app *app, bool wrong);
/* Index of the revision that the request comes to; the newest in doubt. */
size_t page_rules_revision(
	const struct serve_app *app, const struct serve_request *request);

#endif

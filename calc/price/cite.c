/*
 * From marks on a path to citations and to the evidence of a result.
 */
#include <string.h>

#include "price/pricer.h"

int evidence_of(
	const struct rulebook_revision *revision, const struct dmn_marks *marks)
{
	int level = -1;

	FOR_MARKS(i, marks)
	if (revision->marks[i].evidence > level)
		level = revision->marks[i].evidence;
	return level;
}

const char *evidence_text(int level)
{
	static const char *const texts[] = { "", "E0", "E1", "E2", "E3", "E4",
		"E5" };

	return level < -1 || level > 5 ? "" : texts[level + 1];
}

static bool cited(const struct price_citation *list, size_t count,
	const struct dmn_cite *cite)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].source, cite->source) == 0 &&
			strcmp(list[i].place, cite->place) == 0)
			return true;
	return false;
}

static void citation(const shk_rulebook *book, const struct dmn_cite *cite,
	struct price_citation *out)
{
	const struct rulebook_source *source =
		rulebook_source_find(book, cite->source);

	out->source = cite->source;
	out->place = cite->place;
	out->evidence = cite->evidence;
	out->title = source ? source->title : "";
	out->quote = rulebook_quote_at(source, cite->place);
}

enum shk_code citations_of(const struct job *job, size_t count,
	const struct dmn_cite *cites, struct shk_result *result)
{
	struct price_citation *list =
		arena_zeroed(&job->pricer->results, count + 1, sizeof(*list));
	int level = -1;

	if (!list)
		return diag_memory(job->diag);
	for (size_t i = 0; i < count; i++) {
		int own = cites[i].evidence[1] - '0';

		citation(job->pricer->book, &cites[i], &list[i]);
		level = own > level ? own : level;
	}
	result->citations = list;
	result->citation_count = count;
	result->evidence = evidence_text(level);
	return SHK_OK;
}

enum shk_code citations_make(const struct job *job,
	const struct dmn_marks *marks, size_t *count,
	const struct price_citation **out)
{
	const struct rulebook_revision *revision = job->desk->revision;
	struct price_citation *list;
	size_t total = 0;

	FOR_MARKS(i, marks)
	total += revision->marks[i].cite_count;
	list = arena_zeroed(&job->pricer->results, total + 1, sizeof(*list));
	*out = list;
	*count = 0;
	if (!list)
		return diag_memory(job->diag);
	FOR_MARKS(i, marks)
	{
		const struct rulebook_mark *mark = &revision->marks[i];

		for (size_t k = 0; k < mark->cite_count; k++)
			if (!cited(list, *count, &mark->cites[k]))
				citation(job->pricer->book, &mark->cites[k],
					&list[(*count)++]);
	}
	return SHK_OK;
}

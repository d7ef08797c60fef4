/*
 * The domains that models declare (allowed values of types, values of columns)
 * beside a list that was made from the specification by hand: no price comes
 * from them, but the proof that a table is complete does.
 */
#include "mutation/domains.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "mutation/tags.h"

#define LIST_MAX (1u << 20)

bool domains_read(struct domains *domains, const char *path)
{
	shk_diag diag = { 0 };

	buffer_init(&domains->list);
	return file_read(path, LIST_MAX, &domains->list, &diag) == SHK_OK;
}

void domains_release(struct domains *domains)
{
	buffer_release(&domains->list);
}

/* The domain of the list behind "\nKEY\t", or nothing. */
static struct text listed(const struct domains *domains, const char *key)
{
	const char *at = strstr(domains->list.data, key);

	if (!at)
		return (struct text){ "", 0 };
	at += strlen(key);
	return (struct text){ at, strcspn(at, "\t\n") };
}

static bool agrees(const struct domains *domains, const char *file,
	struct text id, struct text raw, struct buffer *said)
{
	size_t *map = memory_alloc((raw.size + 1) * sizeof(*map));
	size_t size = id.size - strlen("_values");
	char key[256];
	struct text want;
	struct buffer plain;
	bool same;

	if (!map)
		abort();
	buffer_init(&plain);
	text_plain(raw, &plain, map);
	snprintf(key, sizeof(key), "\n%s:%.*s\t", file, (int)size, id.data);
	want = listed(domains, key);
	if (!want.size) {
		snprintf(key, sizeof(key), "\n%.*s\t", (int)size, id.data);
		want = listed(domains, key);
	}
	same = text_equal(want, (struct text){ plain.data, plain.size });
	if (!same)
		buffer_format(said, "%.*s is %s, want %.*s", (int)size, id.data,
			plain.data, (int)want.size, want.data);
	buffer_release(&plain);
	memory_free(map);
	return same;
}

bool domains_agree(const struct domains *domains, const char *file,
	struct text raw, struct buffer *said)
{
	struct text id = { "", 0 };
	struct tag tag;
	size_t offset = 0, begin = 0;
	bool same = true;

	while (same && tag_next(raw, &offset, &tag)) {
		if (text_is(tag.name, "allowedValues") ||
			text_is(tag.name, "inputValues") ||
			text_is(tag.name, "outputValues"))
			id = tag.closes ? (struct text){ "", 0 }
					: tag_value(&tag, "id");
		else if (text_is(tag.name, "text") && !tag.closes)
			begin = tag.end;
		else if (text_is(tag.name, "text") && id.size)
			same = agrees(domains, file, id,
				(struct text){
					raw.data + begin, tag.at - begin },
				said);
	}
	return same;
}

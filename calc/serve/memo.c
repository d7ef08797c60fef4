/*
 * A ring of texts behind a lock: the next one takes the place of the oldest.
 */
#include <pthread.h>
#include <string.h>

#include "base/diag.h"
#include "base/memory.h"
#include "serve/memo.h"

struct serve_memo {
	pthread_mutex_t lock;
	size_t next; /* place of the oldest */
	struct {
		char *key;
		char *text;
		size_t size;
	} kept[MEMO_MAX];
};

enum shk_code serve_memo_new(struct serve_memo **out, shk_diag *diag)
{
	struct serve_memo *memo = memory_zeroed(1, sizeof(*memo));

	*out = memo;
	if (!memo)
		return diag_memory(diag);
	pthread_mutex_init(&memo->lock, NULL);
	return SHK_OK;
}

void serve_memo_free(struct serve_memo *memo)
{
	if (!memo)
		return;
	for (size_t i = 0; i < MEMO_MAX; i++) {
		memory_free(memo->kept[i].key);
		memory_free(memo->kept[i].text);
	}
	pthread_mutex_destroy(&memo->lock);
	memory_free(memo);
}

bool serve_memo_find(
	struct serve_memo *memo, const char *key, struct buffer *out)
{
	bool found = false;

	pthread_mutex_lock(&memo->lock);
	for (size_t i = 0; i < MEMO_MAX && !found; i++) {
		if (!memo->kept[i].key || strcmp(memo->kept[i].key, key) != 0)
			continue;
		buffer_add(out, memo->kept[i].text, memo->kept[i].size);
		found = true;
	}
	pthread_mutex_unlock(&memo->lock);
	return found;
}

void serve_memo_keep(
	struct serve_memo *memo, const char *key, const char *text, size_t size)
{
	char *name = memory_copy_text(key, strlen(key));
	char *copy =
		size <= MEMO_BYTES_MAX ? memory_copy_text(text, size) : NULL;

	if (!name || !copy) {
		memory_free(name);
		memory_free(copy);
		return;
	}
	pthread_mutex_lock(&memo->lock);
	memory_free(memo->kept[memo->next].key);
	memory_free(memo->kept[memo->next].text);
	memo->kept[memo->next].key = name;
	memo->kept[memo->next].text = copy;
	memo->kept[memo->next].size = size;
	memo->next = (memo->next + 1) % MEMO_MAX;
	pthread_mutex_unlock(&memo->lock);
}
